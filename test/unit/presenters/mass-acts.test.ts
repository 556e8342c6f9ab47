import { keyStandings, operatorRevocations, validators, type KeyStanding, type MassActEntry } from '../../../protocol';
import { criticalActOf } from '../../../cloudfunctions/_core/operators/critical-act';
import { tellKey, type ListedKey } from '../../../miniprogram/presenters/issuer-keys';
import {
  chooseAct,
  criteria,
  emptyDraft,
  massActKinds,
  readMassDraft,
  sumUp,
  tellMassForm,
  type MassDraft,
} from '../../../miniprogram/presenters/mass-act-form';
import { tellMassAct } from '../../../miniprogram/presenters/mass-acts';
import { tellMassTarget } from '../../../miniprogram/presenters/mass-target';
import { tellOperator } from '../../../miniprogram/presenters/operator-refusal';
import { massActs } from '../../support/journey/console-replies';
import { foreignTexts, languages } from './languages';

const NOW = Date.parse('2026-11-26T23:34:00+08:00');
const at = (instant: string): number => Date.parse(instant);
const key = (standing: KeyStanding, use: ListedKey['use'] = 'cards'): ListedKey => ({
  ...{ kid: `key-${standing}`, use, standing, queued: 1234 },
  ...{ from: at('2026-01-01T08:00:00+08:00'), to: at('2032-01-01T08:00:00+08:00') },
});
const keys = keyStandings.map((standing) => key(standing));

describe('a key', () => {
  it.each<[KeyStanding, boolean, boolean]>([
    ['coming', false, false],
    ['signing', true, false],
    ['overlap', true, true],
    ['over', true, true],
    ['refused', true, true],
  ])('that stands as “%s” has its cards revoked: %s, renewed: %s', (standing, canRevoke, canRenew) => {
    expect(tellKey(key(standing), massActKinds, 'en')).toMatchObject({ canRevoke, canRenew });
    expect(tellKey(key(standing), ['revoke_cards'], 'en')).toMatchObject({ canRevoke, canRenew: false });
    for (const told of [tellKey(key(standing), [], 'en'), tellKey(key(standing, 'receipts'), massActKinds, 'en')])
      expect(told).toMatchObject({ canRevoke: false, canRenew: false });
  });

  it('is told with its whole name, its time and the cards that wait; of a receipts’ key there are none', () => {
    expect(tellKey(key('refused'), [], 'en')).toMatchObject({
      kid: 'key-refused',
      standing: 'Not trusted',
      tone: 'bad',
      facts: [
        { name: 'From', value: '1 Jan 2026 08:00' },
        { name: 'Until', value: '1 Jan 2032 08:00' },
        { name: 'Cards to renew', value: '1,234' },
      ],
    });
    expect(tellKey(key('signing', 'receipts'), [], 'en').facts).toHaveLength(2);
    const facts = keyStandings.map((standing) => tellKey({ ...key(standing), queued: 0 }, [], 'en').facts.length);
    expect(facts).toEqual(keyStandings.map((standing) => (['signing', 'coming'].includes(standing) ? 2 : 3)));
  });

  it.each(languages)('is told in words of %s, other ones for each standing', (language) => {
    const told = keys.map((one) => tellKey(one, [], language));
    const texts = [...told, tellKey(key('signing', 'receipts'), [], language)].map(({ text }) => text);
    expect(new Set(texts).size).toBe(keyStandings.length + 1);
    expect(new Set(told.map(({ standing }) => standing)).size).toBe(keyStandings.length);
    const names = told.flatMap(({ standing, facts }) => [standing, ...facts.map(({ name }) => name)]);
    expect(foreignTexts([...texts, ...names], language)).toEqual([]);
  });
});

describe('a form for an act on many cards', () => {
  const filled: MassDraft = {
    kind: 'revoke_cards',
    by: 'minted',
    kid: 'key-refused',
    office: ' 西湖区 公安分局 ',
    first: '2026-10-01',
    last: '2026-10-03',
    reason: 'obtained_by_fraud',
  };
  const read = (change: Partial<MassDraft>) => readMassDraft({ ...filled, ...change }, keys, NOW);

  it('is read as the service takes it', () => {
    const drafts: Partial<MassDraft>[] = [
      {},
      { by: 'kid' },
      { by: 'kid', kid: 'key-signing' },
      { by: 'office' },
      { kind: 'renew_cards', by: 'kid' },
      ...operatorRevocations.map((reason) => ({ reason })),
    ];
    for (const draft of drafts) {
      const act = read(draft);
      if (typeof act === 'string') throw new Error(act);
      const request: unknown = { action: 'proposeAct', ...act };
      if (!validators.ProposeActRequest(request)) throw new Error('the service takes no such request');
      expect(criticalActOf(request, () => '')).toEqual(act);
    }
    expect(read({ by: 'office' })).toMatchObject({ target: { by: 'office', office: '西湖区公安分局' } });
    expect(read({ kind: 'renew_cards', by: 'kid' })).toEqual({
      kind: 'renew_cards',
      target: { by: 'kid', kid: 'key-refused' },
      reason: 'issuer_compromised',
    });
  });

  it('ends a period with the last day, and begins it with the first', () => {
    const [from, to] = [at('2026-10-01T00:00:00+08:00'), at('2026-10-04T00:00:00+08:00')];
    expect(read({})).toMatchObject({ target: { by: 'minted', from, to } });
    expect(read({ last: '2026-10-01' })).toMatchObject({ target: { to: at('2026-10-02T00:00:00+08:00') } });
  });

  it.each<[Partial<MassDraft>, string]>([
    [{ kind: '' }, 'act'],
    [{ by: '' }, 'cards'],
    [{ by: 'kid', kid: '' }, 'key'],
    [{ by: 'kid', kid: 'key-unknown' }, 'key'],
    [{ by: 'kid', kid: 'key-coming' }, 'key'],
    [{ kind: 'renew_cards', by: 'kid', kid: 'key-signing' }, 'key'],
    [{ kind: 'renew_cards', by: 'kid', kid: 'key-coming' }, 'key'],
    [{ kind: 'renew_cards', by: 'office' }, 'key'],
    [{ by: 'office', office: '  ' }, 'office'],
    [{ by: 'office', office: '字'.repeat(61) }, 'office'],
    [{ by: 'office', office: '{"$ne":""}' }, 'office'],
    [{ first: '2026-02-30' }, 'first'],
    [{ last: '' }, 'last'],
    [{ last: '2026-09-30' }, 'order'],
    [{ last: '2026-11-27' }, 'ahead'],
    [{ reason: '' }, 'reason'],
    [{ reason: 'inquiry' }, 'reason'],
  ])('says of %p what is missing: %s', (change, fault) => {
    expect(read(change)).toBe(fault);
  });

  it('takes the present day of China as a last one', () => {
    expect(read({ last: '2026-11-26' })).toMatchObject({ target: { to: at('2026-11-27T00:00:00+08:00') } });
    const early = at('2026-11-26T00:00:00+08:00');
    expect(readMassDraft({ ...filled, last: '2026-11-26' }, keys, early)).toMatchObject({ kind: 'revoke_cards' });
    expect(readMassDraft({ ...filled, last: '2026-11-26' }, keys, early - 1)).toBe('ahead');
  });

  it('forgets with another act the reason, and a key that does not serve it', () => {
    const renewal = chooseAct({ ...filled, kid: 'key-signing' }, 'renew_cards', keys);
    expect(renewal).toMatchObject({ by: 'kid', kid: '', reason: '' });
    expect(chooseAct(filled, 'renew_cards', keys)).toMatchObject({ by: 'kid', kid: 'key-refused' });
  });

  it('offers what this operator may, and of the keys those that serve', () => {
    const form = (kind: MassDraft['kind'], mine = massActKinds) =>
      tellMassForm({ ...emptyDraft, kind }, mine, [...keys, key('overlap', 'receipts')], 'en');
    expect(form('', ['renew_cards'])).toMatchObject({ acts: [{ id: 'renew_cards' }], keys: [], reasons: [] });
    expect(form('renew_cards').keys.map(({ id }) => id)).toEqual(['key-overlap', 'key-over', 'key-refused']);
    expect(form('revoke_cards').keys).toHaveLength(4);
    expect(form('revoke_cards').criteria.map(({ id }) => id)).toEqual([...criteria]);
    expect(form('renew_cards')).toMatchObject({ criteria: [], reasons: [] });
  });

  it('is summed up with what follows: of a key that signs, that it should not', () => {
    const summed = (change: Partial<MassDraft>) => {
      const act = read(change);
      if (typeof act === 'string') throw new Error(act);
      return sumUp(act, keys, 'en');
    };
    const { effect, facts } = summed({});
    expect(effect).toMatch(/end for good/);
    expect(facts.map(({ value }) => value)).toEqual([
      'Revoke many cards',
      '1 Oct 2026 to 3 Oct 2026, both included',
      'Obtained by fraud',
    ]);
    const lastNotes = criteria.map((by) => summed({ by }).notes);
    expect(new Set(lastNotes.map(([note]) => note)).size).toBe(3);
    expect(summed({ by: 'kid', kid: 'key-signing' }).notes[0]).toMatch(/Let another key sign first/);
    expect(summed({ by: 'kid' }).notes[0]).not.toMatch(/Let another key sign first/);
    for (const notes of lastNotes) expect(notes.at(-1)).toMatch(/cannot be stopped/);
  });

  it.each(languages)('speaks %s alone', (language) => {
    const texts = massActKinds.flatMap((kind) => {
      const form = tellMassForm({ ...filled, kind, by: 'kid' }, massActKinds, keys, language);
      const options = [...form.acts, ...form.criteria, ...form.reasons].map(({ name }) => name);
      const act = read({ kind, by: 'kid' });
      const { effect, notes, facts } =
        typeof act === 'string' ? { effect: '', notes: [], facts: [] } : sumUp(act, keys, language);
      return [form.effect, ...options, effect, ...notes, ...facts.map(({ name }) => name)];
    });
    expect(foreignTexts(texts, language)).toEqual([]);
  });
});

describe('the cards that an act is about', () => {
  const told = (from: string, to: string) => tellMassTarget({ by: 'minted', from: at(from), to: at(to) }, 'en').value;

  it('are told by days where they are whole ones, and by the minute otherwise', () => {
    expect(told('2026-10-01T00:00:00+08:00', '2026-10-02T00:00:00+08:00')).toBe('1 Oct 2026, all day');
    expect(told('2026-10-01T00:00:00Z', '2026-10-02T00:00:00+08:00')).toBe(
      '1 Oct 2026 08:00 until before 2 Oct 2026 00:00',
    );
  });
});

describe('an act on many cards', () => {
  const entry = (change: Partial<MassActEntry> = {}): MassActEntry =>
    ({
      ...{ kind: 'renew_cards', target: { by: 'kid', kid: 'key-refused' }, proposal: '7'.repeat(32) },
      ...{ count: 0, total: 0, startedAt: NOW, finishedAt: null },
      ...change,
    }) as MassActEntry;

  it.each<[Partial<MassActEntry>, number, string]>([
    [{}, 0, '0 of 0 cards'],
    [{ count: 400, total: 1234 }, 32, '400 of 1,234 cards'],
    [{ count: 1234, total: 1234 }, 99, '1,234 of 1,234 cards'],
    [{ count: 1300, total: 1234 }, 99, '1,300 of 1,300 cards'],
    [{ count: 1200, total: 1234, finishedAt: NOW }, 100, '1,200 of 1,234 cards'],
    [{ finishedAt: NOW }, 100, 'No card met it'],
  ])('%p is %i of a hundred: %s', (change, percent, progress) => {
    const isDone = change.finishedAt !== undefined;
    expect(tellMassAct(entry(change), 'en')).toMatchObject({ percent, progress, isDone });
  });

  it.each(languages)('is told in %s, whatever it does', (language) => {
    const told = massActs(NOW).acts.map((act) => tellMassAct(act, language));
    expect(told.map(({ isDone, facts }) => [isDone, facts.length])).toEqual([
      [false, 3],
      [true, 5],
      [true, 5],
    ]);
    const texts = told.flatMap(({ title, mark, progress, note, facts }) => [
      ...[title, mark, progress, ...(note ? [note] : [])],
      ...facts.map(({ name }) => name),
    ]);
    expect(foreignTexts(texts, language)).toEqual([]);
  });
});

describe('the refusal of a renewal by the same key', () => {
  it.each(languages)('says in %s what to do first, and not that somebody was quicker', (language) => {
    const { text } = tellOperator({ code: 'key_still_signing' }, language);
    expect(text).not.toBe(tellOperator({ code: 'wrong_step' }, language).text);
    expect(text).toMatch(/another key sign first|先启用新密钥/);
  });
});
