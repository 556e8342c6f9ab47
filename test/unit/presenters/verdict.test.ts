import { guidance } from '../../../miniprogram/presenters/guidance';
import { tellVerdict, type ToldVerdict } from '../../../miniprogram/presenters/verdict';
import { allCodes, foreignTexts, languages } from './languages';

/** What staff read of a refusal that a check can hear. */
const heard: readonly (readonly [(typeof allCodes)[number], ToldVerdict['title'], ToldVerdict['tone'], boolean])[] = [
  ['suspended', 'Do not accept it', 'bad', false],
  ['revoked', 'Do not accept it', 'bad', false],
  ['expired', 'Do not accept it', 'bad', false],
  ['code_not_recognised', 'This code does not serve', 'warn', false],
  ['code_expired', 'This code does not serve', 'warn', false],
  ['code_already_used', 'This code does not serve', 'warn', false],
  ['purpose_mismatch', 'This code does not serve', 'warn', false],
  ['other_terminal', 'This code does not serve', 'warn', false],
  ['counter_needed', 'This code does not serve', 'warn', false],
  ['tier_too_low', 'Do not accept it', 'bad', false],
  ['quota_used', 'Your shop cannot check this', 'bad', false],
  ['claims_not_granted', 'Your shop cannot check this', 'bad', false],
  ['purpose_not_registered', 'Your shop cannot check this', 'bad', false],
  ['not_permitted', 'Your shop cannot check this', 'bad', false],
  ['caller_unknown', 'Your shop cannot check this', 'bad', false],
  ['request_invalid', 'Your shop cannot check this', 'bad', false],
  ['too_many_requests', 'Too many wrong numbers', 'warn', false],
  ['internal', 'Not determined', 'warn', true],
  ['unreachable', 'Not determined', 'warn', true],
];

const verdictOf = (code: (typeof allCodes)[number], language: 'zh' | 'en'): ToldVerdict =>
  tellVerdict(
    code === 'unreachable' || code === 'storage_failed' || code === 'no_passes' ? { code } : { code },
    language,
  );

describe('the verdict of a check without an answer', () => {
  it.each(heard)('of %s is “%s”', (code, title, tone, canAskAgain) => {
    expect(verdictOf(code, 'en')).toMatchObject({ title, tone, canAskAgain, text: guidance(code, 'en') });
  });

  it.each(languages)('is told whole in %s, for every refusal there is', (language) => {
    for (const code of allCodes) {
      const { title, text, todo } = verdictOf(code, language);
      expect({ code, foreign: foreignTexts([title, text, todo], language) }).toEqual({ code, foreign: [] });
    }
  });

  it('of any refusal that no check should hear is not determined: neither accepted nor refused', () => {
    const known = heard.map(([code]) => code);
    const strange = allCodes.filter((code) => !known.includes(code));
    expect(strange.length).toBeGreaterThan(20);
    for (const code of strange) expect(verdictOf(code, 'en').title).toBe('Not determined');
  });

  it('of a text that is spelled like no code speaks of the code, not of the shop', () => {
    expect(tellVerdict({ code: 'request_invalid', at: '/code' }, 'en')).toEqual(
      tellVerdict({ code: 'code_not_recognised' }, 'en'),
    );
    expect(tellVerdict({ code: 'request_invalid', at: '/purpose' }, 'en').title).toBe('Your shop cannot check this');
  });

  it('lets the same scan be asked again only where the code was not burnt by an answer', () => {
    const again = allCodes.filter((code) => verdictOf(code, 'zh').canAskAgain);
    for (const code of ['code_expired', 'code_already_used', 'suspended', 'revoked', 'expired'] as const)
      expect(again).not.toContain(code);
  });
});
