import { purposeTable, type PassUseResult, type VerifiedPass } from '../../../protocol';
import { statusAsOf, tellOfflineFault, tellReport, toldPassFacts } from '../../../miniprogram/presenters/offline';
import type { OfflineFault } from '../../../miniprogram/services/offline-check';
import { createPassMaker, PASS_ISSUED_AT, shownText } from '../../support/passes';
import { verifyPass } from '../../../protocol';
import { foreignTexts, languages } from './languages';

const ISSUED = Date.parse('2026-11-22T14:03:00+08:00');
const HOUR = 3_600_000;

const faults: readonly OfflineFault[] = [
  'malformed',
  'unknown_key',
  'key_not_valid',
  'bad_signature',
  'bad_binding',
  'foreign_claim',
  'wrong_claims',
  'not_yet_valid',
  'expired',
  'stale',
  'from_future',
  'other_purpose',
  'not_offline',
  'tier_too_low',
  'terminal_not_ready',
  'not_registered',
  'used_here',
  'too_many_unsent',
  'storage_failed',
];

const pass = (): VerifiedPass => {
  const maker = createPassMaker();
  const verified = verifyPass(shownText(maker.make(), 10), maker.expecting(12));
  if (!verified.ok) throw new Error(verified.fault);
  return verified.pass;
};

describe('the status of a pass', () => {
  it('is told as of its issue, with an age that is never too small', () => {
    expect(statusAsOf(ISSUED, ISSUED + 1, 'en')).toBe('Checked offline: status as of 14:03, not more than 1 min old');
    expect(statusAsOf(ISSUED, ISSUED + 59 * 60_000, 'en')).toContain('not more than 59 min old');
    expect(statusAsOf(ISSUED, ISSUED + HOUR, 'en')).toContain('not more than 1 h old');
    expect(statusAsOf(ISSUED, ISSUED + HOUR + 1, 'en')).toContain('not more than 2 h old');
    expect(statusAsOf(ISSUED, ISSUED + 23.5 * HOUR, 'en')).toContain('as of 22 Nov 2026 14:03, not more than 24 h');
    expect(statusAsOf(ISSUED, ISSUED + 5 * HOUR, 'zh')).toBe('离线查验，状态截至 14:03，距今不超过 5 小时');
    // A clock that was corrected meanwhile.
    expect(statusAsOf(ISSUED, ISSUED - HOUR, 'en')).toContain('not more than 0 min old');
  });

  it('stands among the facts, and none of them says valid now', () => {
    const facts = toldPassFacts(pass(), (PASS_ISSUED_AT + 12) * 1000, (PASS_ISSUED_AT + 3612) * 1000, 'en');
    expect(facts.map(({ name, age }) => [name, age])).toEqual([
      ['Signature', '60 min ago'],
      ['Pass', '60 min ago'],
      ['Single use', ''],
      ['Card status', 'at most 2 h'],
      ['Card', ''],
      ['Purpose', ''],
    ]);
    expect(facts[3]?.value).toMatch(/^valid at \d\d:\d\d$/);
    expect(facts[5]?.value).toBe(purposeTable['parcel-pickup'].names.en);
  });
});

describe('a pass that is not accepted', () => {
  it.each(languages)('is told with what to do, in %s', (language) => {
    for (const fault of faults) {
      const { title, text, todo, canAskAgain } = tellOfflineFault(fault, language);
      expect([title, text, todo].every((said) => said.length > 1)).toBe(true);
      expect(foreignTexts([title, text, todo], language)).toEqual([]);
      expect(canAskAgain).toBe(false);
    }
  });

  it('is refused in red where it is forged or used, and in yellow where somebody can mend it', () => {
    const toneOf = (fault: OfflineFault): string => tellOfflineFault(fault, 'en').tone;
    expect(faults.filter((fault) => toneOf(fault) === 'warn')).toEqual([
      'not_yet_valid',
      'expired',
      'stale',
      'from_future',
      'other_purpose',
      'terminal_not_ready',
      'too_many_unsent',
      'storage_failed',
    ]);
  });
});

describe('a report about a pass that was handed in', () => {
  const requestId = 'a'.repeat(32);
  const results: readonly PassUseResult[] = [
    { requestId, outcome: 'used_before', firstUsedAt: ISSUED, notValidSince: null },
    { requestId, outcome: 'first_use', notValidSince: ISSUED },
    { requestId, outcome: 'refused', reason: 'code_expired' },
  ];
  const told = (result: PassUseResult, language: 'zh' | 'en') =>
    tellReport({ result, acceptedAt: ISSUED + HOUR, purpose: 'parcel-pickup' }, ISSUED + 2 * HOUR, language);

  it('says which check it was and what came of it', () => {
    expect(results.map((result) => told(result, 'en'))).toEqual([
      {
        id: requestId,
        title: 'Parcel pickup · 15:03',
        text: 'The same pass had been used at 14:03. Its holder sees it too.',
      },
      { id: requestId, title: 'Parcel pickup · 15:03', text: 'The card had not been valid any more since 14:03.' },
      { id: requestId, title: 'Parcel pickup · 15:03', text: 'The service did not recognise this pass.' },
    ]);
  });

  it.each(languages)('speaks %s', (language) => {
    const texts = results.flatMap((result) => [told(result, language).title, told(result, language).text]);
    expect(foreignTexts(texts, language)).toEqual([]);
  });
});
