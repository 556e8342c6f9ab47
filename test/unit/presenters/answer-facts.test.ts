import fc from 'fast-check';
import { purposeIds, validators, type VerificationAnswer } from '../../../protocol';
import { toldFacts } from '../../../miniprogram/presenters/answer-facts';
import { foreignTexts, languages } from './languages';

const REDEEMED = 1_795_000_000_000;
const answer: VerificationAnswer = {
  eventId: '0'.repeat(32),
  purpose: 'parcel-pickup',
  mode: 'shown',
  tier: 'light',
  stepUp: [],
  facts: {
    signatureValidAt: REDEEMED,
    codeMadeAt: REDEEMED - 12_000,
    redeemedAt: REDEEMED,
    status: 'valid',
    statusAsOf: REDEEMED - 61_000,
  },
  claims: {},
  portrait: null,
  matchMark: { word: 0, colour: 0 },
  receipt: 'a.receipt.signed',
};

describe('the facts of a check', () => {
  it('are of an answer as the service gives it', () => {
    expect(validators.VerificationAnswer(answer)).toBe(true);
  });

  it.each(languages)('are told in %s, each by another name', (language) => {
    for (const purpose of purposeIds)
      for (const tier of ['light', 'full'] as const) {
        const facts = toldFacts({ ...answer, purpose, tier }, 0, language);
        const texts = facts.flatMap(({ name, value, age }) => [name, value.replace('é', 'e'), ...(age ? [age] : [])]);
        expect(foreignTexts(texts, language)).toEqual([]);
        expect(new Set(facts.map(({ name }) => name)).size).toBe(facts.length);
      }
    const [light, full] = (['light', 'full'] as const).map((tier) => toldFacts({ ...answer, tier }, 0, language));
    expect(light?.find(({ value }) => value === full?.[4]?.value)).toBeUndefined();
  });

  it('are as old as the service says when the answer comes, and grow older by what has elapsed since', () => {
    const ages = (elapsed: number) => toldFacts(answer, elapsed, 'en').map(({ age }) => age);
    expect(ages(0)).toEqual(['just now', '12 s ago', 'just now', '1 min ago', '', '']);
    expect(ages(50_000)).toEqual(['50 s ago', '1 min ago', '50 s ago', '1 min ago', '', '']);
  });

  it('of a code that seems to be made ahead of time is told as new', () => {
    const facts = { ...answer.facts, codeMadeAt: REDEEMED + 2000 };
    expect(toldFacts({ ...answer, facts }, 0, 'en')[1]?.age).toBe('just now');
  });

  it('do not depend on what time it is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -REDEEMED, max: 2_000_000_000_000 }),
        fc.nat({ max: 600_000 }),
        (shift, elapsed) => {
          const { facts } = answer;
          const shifted = {
            ...facts,
            signatureValidAt: facts.signatureValidAt + shift,
            codeMadeAt: facts.codeMadeAt + shift,
            redeemedAt: facts.redeemedAt + shift,
            statusAsOf: facts.statusAsOf + shift,
          };
          expect(toldFacts({ ...answer, facts: shifted }, elapsed, 'zh')).toEqual(toldFacts(answer, elapsed, 'zh'));
        },
      ),
    );
  });
});
