import { instant, purposeIds, purposeTable, servesWhileLimited, type Card } from '../../../protocol';
import { tellLimit, tellPlace, tellRenewal } from '../../../miniprogram/presenters/card-news';
import { homeCard } from '../../../miniprogram/presenters/home-card';
import { counterTasks, obstacleOf, shownTasks } from '../../../miniprogram/presenters/tasks';
import { foreignTexts, languages, type Language } from './languages';

/** 26 November 2026, 18:00 in China. */
const NOW = Date.parse('2026-11-26T18:00:00+08:00');
const HOUR = 3_600_000;
const card: Card = {
  id: 'a'.repeat(32),
  status: 'valid',
  tier: 'light',
  maskedName: '林**',
  mintedAt: instant(NOW),
  validTo: '2029-04-12',
};
const full: Card = { ...card, tier: 'full', fingerprint: 'bound' };
const limited: Card = { ...full, limitedUntil: instant(NOW + 24 * HOUR) };
const moved = { at: 'moved', since: NOW } as const;

describe('a card that is on another phone', () => {
  it.each(languages)(
    'is told in %s with all that can be done, and by the kill code for the day in which it still works',
    (language) => {
      const told = tellPlace(moved, NOW + 24 * HOUR, language);
      expect(told?.title).toContain(language === 'zh' ? '2026年11月26日 18:00' : '26 Nov 2026 18:00');
      expect(told?.ways).toHaveLength(2);
      const withCode = tellPlace(moved, NOW + 24 * HOUR - 1, language);
      expect(withCode?.ways).toHaveLength(3);
      const texts = [told?.title ?? '', told?.text ?? '', ...(withCode?.ways ?? [])];
      expect(foreignTexts(texts, language)).toEqual([]);
    },
  );

  it('is told otherwise where it never was here, and not at all where it is', () => {
    expect(tellPlace({ at: 'elsewhere' }, NOW, 'en')).toMatchObject({ ways: [] });
    expect(tellPlace({ at: 'here' }, NOW, 'en')).toBeNull();
  });

  it('is no usable card on this one: it can be stopped and fetched, not shown', () => {
    const home = homeCard({ card: limited, place: moved }, NOW, 'en');
    expect(home.face).toMatchObject({ isUsable: false, statusName: 'On another phone' });
    expect([home.hasMoved, home.canSuspend, home.limit, home.renewal]).toEqual([true, true, null, null]);
    expect(home.away).not.toBeNull();
  });

  it('is not offered to be fetched where enrolling would be refused', () => {
    const stopped: Card = { ...card, status: 'suspended', ended: { reason: 'inquiry', at: instant(NOW) } };
    expect(homeCard({ card: stopped, place: moved }, NOW, 'en').away).toBeNull();
    expect(homeCard({ card: { ...card, status: 'revoked' }, place: moved }, NOW, 'en').away).toBeNull();
    const killed: Card = { ...card, status: 'suspended', ended: { reason: 'kill_code', at: instant(NOW) } };
    expect(homeCard({ card: killed, place: moved }, NOW, 'en').away).not.toBeNull();
  });
});

describe('a card that has just come to this phone', () => {
  it.each(languages)('says in %s until when it is limited, and all tasks that it serves meanwhile', (language) => {
    const told = tellLimit(limited, language);
    expect(told?.title).toContain(language === 'zh' ? '2026年11月27日 18:00' : '27 Nov 2026 18:00');
    for (const purpose of purposeIds)
      expect(told?.text.includes(purposeTable[purpose].names[language])).toBe(servesWhileLimited(purpose));
    expect(tellLimit(full, language)).toBeNull();
  });
});

describe('a card that ends', () => {
  it.each([
    ['2027-01-26', null],
    ['2027-01-25', 'The card ends in 60 days'],
    ['2026-11-27', 'The card ends in 1 day'],
    ['2026-11-26', 'The card ends today'],
    // The phone's clock is ahead of the service's.
    ['2026-11-25', 'The card ends today'],
  ])('on %s says: %s', (validTo, title) => {
    expect(tellRenewal({ ...card, validTo }, NOW, 'en')?.title ?? null).toBe(title);
  });

  it('counts days by the calendar of China, and is silent about a card that does not serve', () => {
    const lateEvening = Date.parse('2026-11-26T23:30:00+08:00');
    expect(tellRenewal({ ...card, validTo: '2026-11-27' }, lateEvening + HOUR, 'en')?.title).toBe(
      'The card ends today',
    );
    expect(tellRenewal({ ...card, status: 'suspended', validTo: '2026-11-27' }, NOW, 'en')).toBeNull();
  });

  it('says of a colour card that it will be a grey one', () => {
    expect(tellRenewal({ ...full, validTo: '2026-12-01' }, NOW, 'en')?.ways).toHaveLength(1);
    expect(tellRenewal({ ...card, validTo: '2026-12-01' }, NOW, 'en')?.ways).toEqual([]);
  });
});

describe('the tasks of a card', () => {
  it.each<[string, Card, readonly (string | null)[]]>([
    ['a grey card', card, [null, null, null, null, 'fingerprint', 'tier', 'tier', 'tier']],
    [
      'a grey card with a finger',
      { ...card, fingerprint: 'bound' },
      [null, null, null, null, null, 'tier', 'tier', 'tier'],
    ],
    [
      'a colour card without a finger',
      { ...card, tier: 'full' },
      [null, null, null, null, ...Array<string>(4).fill('fingerprint')],
    ],
    ['a colour card', full, Array<null>(8).fill(null)],
    ['one that has just come', limited, [null, null, null, ...Array<string>(5).fill('limited')]],
  ])('of %s are hindered by what it lacks and by nothing else', (_, of, obstacles) => {
    expect(purposeIds.map((purpose) => obstacleOf(of, purpose))).toEqual(obstacles);
  });

  it('are listed once each, and each that is hindered says by what', () => {
    for (const held of [card, full, limited]) {
      const listed = [...shownTasks(held, 'en'), ...counterTasks(held, 'en')];
      expect(listed.map(({ id }) => id).sort()).toEqual([...purposeIds].sort());
      for (const { obstacle, note, icon } of listed) {
        expect(icon === 'lock').toBe(obstacle !== '');
        if (obstacle !== '') expect(note).not.toBe('');
      }
    }
    const noteOf = (of: Card, id: string, language: Language) =>
      counterTasks(of, language).find((task) => task.id === id)?.note;
    expect(noteOf(full, 'bank-account-opening', 'en')).toBe('Asks for your fingerprint and face');
    expect(noteOf(full, 'exam-entry', 'zh')).toBe('需要当场验证面容');
    expect(noteOf(limited, 'exam-entry', 'en')).toBe('Not on its first day on this phone');
  });

  it.each(languages)('are told in %s and no other language', (language) => {
    for (const held of [card, full, limited])
      expect(
        foreignTexts(
          counterTasks(held, language).flatMap(({ name, note }) => [name, note]),
          language,
        ),
      ).toEqual([]);
  });
});
