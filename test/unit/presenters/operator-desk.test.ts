import { mayOperate, operatorActions, operatorRoles, type ListTasksReply } from '../../../protocol';
import { showWait } from '../../../miniprogram/presenters/days';
import {
  deskRows,
  roleName,
  waitingActs,
  waitingApplications,
  waitingCases,
} from '../../../miniprogram/presenters/desk';
import { tellFigures } from '../../../miniprogram/presenters/figures';
import { tellAlarm } from '../../../miniprogram/presenters/operator-alarms';
import { tellOperator } from '../../../miniprogram/presenters/operator-refusal';
import { foreignTexts, languages, serviceCodes } from './languages';

const NOW = Date.parse('2026-11-22T23:34:00+08:00');
const HOUR = 3_600_000;
const mayOf = (role: (typeof operatorRoles)[number]) => operatorActions.filter((action) => mayOperate(role, action));

describe('the desk', () => {
  it('leads each role to its own pages', () => {
    const pagesOf = operatorRoles.map((role) => [role, deskRows(mayOf(role), {}, 'en').map(({ page }) => page)]);
    expect(Object.fromEntries(pagesOf)).toEqual({
      reviewer: [],
      counter: ['visitor', 'acts'],
      partners: ['acts', 'alarms', 'servers'],
      security: ['lookup', 'acts', 'alarms', 'keys', 'servers', 'figures'],
      auditor: ['acts', 'alarms', 'keys', 'servers', 'figures', 'audit'],
    });
  });

  it('counts what waits, and says where that could not be read', () => {
    const rows = deskRows(mayOf('security'), { acts: 3, alarms: null }, 'en');
    expect(rows.map(({ page, count }) => [page, count])).toEqual([
      ['lookup', ''],
      ['acts', '3'],
      ['alarms', 'not read'],
      ['keys', ''],
      ['servers', ''],
      ['figures', ''],
    ]);
  });

  it('counts the proposals that this operator can decide; of a role that decides none, all', () => {
    const base = { proposal: '', target: '', reason: 'misuse', hash: '', proposedAt: NOW, proposedBy: '' } as const;
    const acts = [
      { ...base, kind: 'revoke_card', isOwn: true },
      { ...base, kind: 'revoke_card', isOwn: false },
      { ...base, kind: 'raise_tier', isOwn: false },
    ] as const;
    expect(waitingActs([...acts], ['revoke_card'])).toBe(1);
    expect(waitingActs([...acts], [])).toBe(2);
  });

  it('puts appeals first, then who has waited longest', () => {
    const cases = [
      { case: 'd'.repeat(32), since: NOW - 90 * HOUR, isAppeal: true, accepted: 'own' },
      { case: 'a'.repeat(32), since: NOW - HOUR, isAppeal: false, accepted: 'none' },
      { case: 'b'.repeat(32), since: NOW - 60 * HOUR, isAppeal: false, accepted: 'other' },
      { case: 'c'.repeat(32), since: NOW - 60_000, isAppeal: true, accepted: 'none' },
      { case: 'e'.repeat(32), since: NOW - 30_000, isAppeal: true, accepted: 'other' },
    ] satisfies ListTasksReply['cases'];
    const told = waitingCases(cases, NOW, 'en');
    expect(told.map(({ name, mark, isOwn, waits }) => [name, mark, isOwn, waits])).toEqual([
      ['cccccccc…', 'Appeal', false, '1 min'],
      ['eeeeeeee…', 'Appeal · 2nd look', false, 'just now'],
      ['bbbbbbbb…', '2nd look', false, '2 d'],
      ['aaaaaaaa…', '', false, '1 h'],
      // What the reviewer has accepted waits for others alone.
      ['dddddddd…', 'With a colleague', true, '3 d'],
    ]);
    expect(cases[1]?.since).toBe(NOW - HOUR);
  });

  it('tells who applies and for what', () => {
    const names = { zh: '听雨楼酒店', en: 'Tingyu Hotel' };
    const told = waitingApplications([{ partner: 'p', names, since: NOW, isRegistered: true }], NOW, 'zh');
    expect(told).toEqual([{ id: 'p', name: '听雨楼酒店', mark: '增加用途', waits: '刚刚' }]);
  });

  it.each(languages)('names roles in %s', (language) => {
    expect(
      foreignTexts(
        operatorRoles.map((role) => roleName(role, language)),
        language,
      ),
    ).toEqual([]);
  });
});

describe('how long something waits', () => {
  it.each([
    [0, 'just now'],
    [59_999, 'just now'],
    [60_000, '1 min'],
    [HOUR - 1, '59 min'],
    [HOUR, '1 h'],
    [48 * HOUR - 1, '47 h'],
    [48 * HOUR, '2 d'],
    [-5, 'just now'],
  ])('is told of %i ms in one unit', (passed, told) => {
    expect(showWait(passed, 'en')).toBe(told);
  });
});

describe('what an operator is told of a refusal', () => {
  it.each(languages)(
    'is written in %s for every code, and sends nobody to a counter to whom they are the counter',
    (language) => {
      const told = [
        ...serviceCodes.map((code) => tellOperator({ code }, language)),
        tellOperator({ code: 'unreachable' }, language),
      ];
      expect(
        foreignTexts(
          told.map(({ text }) => text),
          language,
        ),
      ).toEqual([]);
      expect(
        foreignTexts(
          told.map(({ title }) => title),
          language,
        ),
      ).toEqual([]);
      for (const code of ['fields_disagree', 'too_many_tries', 'card_not_active'] as const)
        expect(tellOperator({ code }, language).text).not.toMatch(/visit a counter|到柜台/);
    },
  );

  it('says how many tries are left', () => {
    expect(tellOperator({ code: 'fields_disagree', triesLeft: 2 }, 'en').text).toContain('2');
    expect(tellOperator({ code: 'unreachable' }, 'en').isOffline).toBe(true);
  });
});

describe('figures and alarms', () => {
  it('are grouped, and a state that is new is shown by its own name', () => {
    const told = tellFigures(
      {
        ok: true,
        cases: [
          { state: 'inReview', count: 7 },
          { state: 'awaitingMoon', count: 1_234_567 },
        ],
        cards: [{ status: 'valid', tier: 'full', count: 1000 }],
        storedFaces: 100_000,
        facesLevel: 'reached',
      },
      'en',
    );
    expect(told.faces).toBe('100,000');
    expect(told.level.tone).toBe('bad');
    expect(told.cases).toEqual([
      { name: 'In review', value: '7' },
      { name: 'awaitingMoon', value: '1,234,567' },
    ]);
    expect(told.cards[0]).toEqual({ status: 'Valid', light: '0', full: '1,000' });
  });

  it('tell which business, for what and how often', () => {
    const alarm = {
      alarm: 'a'.repeat(32),
      kind: 'unusual_rate',
      partner: 'sample-hotel',
      names: { zh: '平安旅馆', en: 'Peace Inn' },
      purpose: 'hotel-check-in',
    } as const;
    const told = tellAlarm({ ...alarm, count: 412, at: NOW - HOUR }, NOW, 'en');
    expect(told).toMatchObject({ partner: 'sample-hotel', waits: '1 h' });
    expect(told.text).toBe('Peace Inn · Hotel check-in · 412 checks');
    const gone = tellAlarm({ ...alarm, names: null, count: 412, at: NOW - HOUR }, NOW, 'zh');
    expect(gone.text).toBe('sample-hotel · 酒店入住 · 412 次');
  });

  it.each(languages)('tell of stored faces how many, and what follows, about no business, in %s', (language) => {
    const [near, reached] = (['near', 'reached'] as const).map((level) =>
      tellAlarm({ alarm: 'a'.repeat(32), kind: 'stored_faces', level, count: 99_000, at: NOW }, NOW, language),
    );
    expect(near?.title).not.toBe(reached?.title);
    expect(near).toMatchObject({ partner: '', text: expect.stringContaining('99000') as string });
    expect(foreignTexts([near?.title ?? '', reached?.title ?? '', near?.text ?? ''], language)).toEqual([]);
  });
});
