import { entryFacts } from '../../../miniprogram/presenters/entry';
import { evidenceText } from '../../../miniprogram/presenters/evidence';
import { tellProof, type ProofOutcome } from '../../../miniprogram/presenters/proof';
import { checkedEntry } from '../phone-services/public-log';
import { languages } from './languages';

const { entry } = checkedEntry();
const tree = { size: 300, issuedAt: 1_795_000_000 };
const proven = { kind: 'proven', leaf: 2, checkpoint: tree, since: null, isKeyNew: false } as const;

describe('the facts of an entry', () => {
  it('name who, what for, where, how and what was told', () => {
    const facts = new Map(entryFacts(entry, 'en').map(({ name, value }) => [name, value]));
    expect(facts.get('Who')).toBe('Yunqi Road Parcel Station');
    expect(facts.get('What they were told')).toContain('Masked name');
    expect(facts.get('Counter')).toBe('counter-1');
    expect(facts.get('Entry')).toContain('4');
  });

  it('name no portrait where a server asked, since nobody saw it', () => {
    expect(entry.kind).toBe('card_checked');
    const told = (mode: 'shown' | 'asked') =>
      new Map(entryFacts({ ...entry, mode }, 'en').map(({ name, value }) => [name, value]));
    expect(told('shown').get('What they were told')).toMatch(/^Portrait, /);
    expect(told('asked').get('What they were told')).not.toContain('Portrait');
    expect([told('asked').get('Server'), told('asked').get('Counter')]).toEqual(['counter-1', undefined]);
  });

  it('of a missing entry are its number and nothing else', () => {
    expect(entryFacts({ kind: 'entry_missing', number: 7 }, 'en')).toEqual([
      { name: 'Entry', value: 'Number 7 of your history' },
    ]);
  });
});

describe('a proof', () => {
  it('tells what was checked: place, signature, and what it goes on from', () => {
    const { lines, tone, canAskAgain } = tellProof({ ...proven, since: { ...tree, size: 12 }, isKeyNew: true }, 'en');
    expect([tone, canAskAgain]).toEqual(['good', false]);
    expect(lines).toEqual([
      'Leaf 3 of 300 in the log',
      expect.stringContaining('Signed by the issuer on'),
      expect.stringContaining('12 leaves'),
      expect.stringContaining('new to this phone'),
    ]);
    expect(tellProof(proven, 'en').lines.join()).toContain('first time');
  });

  it.each<ProofOutcome>([
    proven,
    { kind: 'waiting' },
    { kind: 'late' },
    { kind: 'unchecked', because: 'unreachable' },
    { kind: 'unchecked', because: 'storage_failed' },
    { kind: 'unchecked', because: 'older' },
  ])('that came to %j is no alarm', (proof) => {
    for (const language of languages) expect(tellProof(proof, language).tone).not.toBe('bad');
  });

  it.each(['entry_differs', 'keys_changed', 'checkpoint_invalid', 'log_rewritten', 'proof_wrong'] as const)(
    'that contradicts (%s) is an alarm, says so in words, and is not asked away',
    (fault) => {
      for (const language of languages) {
        const told = tellProof({ kind: 'contradiction', fault }, language);
        expect(told).toMatchObject({ tone: 'bad', canAskAgain: false });
        expect(`${told.text}${told.lines.join('')}`.length).toBeGreaterThan(30);
      }
    },
  );
});

describe('evidence', () => {
  it('is words and JSON with both checkpoints and their keys', () => {
    const key = { kid: 'log-1' };
    const found = [{ fault: 'log_rewritten', before: { text: 'a.b.c', key }, now: { text: 'd.e.f', key }, foundAt: 0 }];
    for (const language of languages) {
      const text = evidenceText(found, language);
      expect(JSON.parse(text.slice(text.indexOf('\n\n')))).toEqual([
        { ...found[0], foundAt: '1970-01-01T00:00:00.000Z' },
      ]);
    }
  });
});
