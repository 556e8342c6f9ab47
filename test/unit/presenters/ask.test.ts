import { purposeIds, purposeTable, type AskTold } from '../../../protocol';
import { tellAsk, tellLasts, tellUnanswered, tellUnsent } from '../../../miniprogram/presenters/ask';
import { showAskNumber, tellNoAskNumber } from '../../../miniprogram/presenters/ask-number';
import { answeringAt, answeringParts } from '../../../miniprogram/presenters/opening';
import { serviceCodes, foreignTexts, languages } from './languages';

/** Half past eleven in the evening in China, when it is still the same day's afternoon in London. */
const NOW = Date.parse('2026-11-22T23:30:00+08:00');
const ask: AskTold = {
  bindingMessage: '421 907',
  tier: 'full',
  presentation: { nonce: 'n'.repeat(16), audience: 'jiangnan-bank' },
  consentDays: 365,
  serverTime: NOW,
  expiresAt: NOW + 180_000,
};
const asked: Parameters<typeof tellAsk>[0] = {
  partner: { zh: '江南城市银行', en: 'Jiangnan City Bank' },
  purpose: 'bank-account-opening',
  claims: ['name', 'number'],
  portrait: false,
  stepUp: ['fingerprint', 'face'],
  ask,
};
const told = (change: Partial<AskTold>, language: 'zh' | 'en' = 'en') =>
  tellAsk({ ...asked, ask: { ...ask, ...change } }, NOW, language);

describe('what an institution asks', () => {
  it('is told with who, what for, which claims, how long, which card and which proofs', () => {
    expect(told({})).toEqual({
      partner: 'Jiangnan City Bank',
      purpose: 'Opening a bank account',
      tells: ['Name', 'Identity number'],
      lasts: '365 days, until 22 Nov 2027',
      lastsNote: expect.stringContaining('still valid') as unknown,
      tier: 'Colour card',
      stepUp: 'Fingerprint, Face',
      message: '421 907',
      isLong: false,
      isPresented: true,
    });
  });

  it('is for this once where the consent lasts no day, with a word of no other time', () => {
    expect(told({ consentDays: 0, presentation: null, tier: 'light' })).toMatchObject({
      lasts: 'This once',
      lastsNote: '',
      tier: 'Grey or colour',
      isPresented: false,
    });
  });

  it('ends on the day that it is in China', () => {
    expect(tellLasts(1, NOW, 'zh')).toBe('1 天，到 2026年11月23日');
    expect(tellLasts(1, NOW + 1_800_000, 'zh')).toBe('1 天，到 2026年11月24日');
    expect(tellLasts(1, NOW, 'en')).toBe('1 day, until 23 Nov 2026');
  });

  it.each(languages)('is told in %s, and its message as it is', (language) => {
    const { message, partner, ...rest } = told({}, language);
    expect([message, partner]).toEqual(['421 907', asked.partner[language]]);
    const texts = Object.values(rest)
      .flat()
      .filter((text) => typeof text === 'string');
    expect(foreignTexts(texts, language)).toEqual([]);
  });
});

describe('an ask that was not answered', () => {
  it.each(languages)('is told in %s and leads somewhere, whatever the reason', (language) => {
    for (const code of serviceCodes) {
      const { title, text, nextName } = tellUnanswered({ code }, language);
      expect({ code, foreign: foreignTexts([title, text, nextName], language) }).toEqual({ code, foreign: [] });
    }
    const { title, text } = tellUnsent(language);
    expect(foreignTexts([title, text], language)).toEqual([]);
  });

  it.each(['session_over', 'ask_over', 'code_already_used'] as const)(
    'is over by %s, and never said to have told nothing: the history knows',
    (code) => {
      expect(tellUnanswered({ code }, 'en')).toMatchObject({
        title: 'This request is over',
        text: expect.stringContaining('history') as unknown,
        next: 'home',
      });
    },
  );

  it.each([
    ['code_expired', 'Please confirm once more'],
    ['code_not_recognised', 'Please confirm once more'],
    ['presentation_invalid', 'Your credential needs renewal'],
  ] as const)('can be tried again after %s', (code, title) => {
    expect(tellUnanswered({ code }, 'en')).toMatchObject({ title, next: 'try-again' });
  });

  it('gives no holder an order that is for a shop’s staff', () => {
    const ordered = serviceCodes.filter((code) =>
      /your shop|do not accept|the holder has/i.test(tellUnanswered({ code }, 'en').text),
    );
    expect(ordered).toEqual([]);
  });
});

describe('a number for an institution', () => {
  it.each([
    [300_000, '5:00', false],
    [61_000, '1:01', false],
    [1, '0:01', false],
    [0, '0:00', true],
  ])('with %i ms left shows %s', (left, shown, isOver) => {
    expect(showAskNumber('004208153', left, 'en')).toMatchObject({ groups: '004 208 153', left: shown, isOver });
  });

  it('is read out digit by digit', () => {
    expect(showAskNumber('004208153', 1, 'en').label).toBe('Number to read out: 0 0 4 2 0 8 1 5 3');
    expect(showAskNumber('004208153', 1, 'zh').label).toMatch(/^要念的号码：0 0/);
  });

  it.each(languages)('that is not given is told why, in %s', (language) => {
    for (const code of serviceCodes) {
      const { title, text, nextName } = tellNoAskNumber({ code }, language);
      expect({ code, foreign: foreignTexts([title, text, nextName], language) }).toEqual({ code, foreign: [] });
    }
  });
});

describe('the parts of answering', () => {
  it.each(languages)('are in %s those of the showing and the sending, and none makes a code', (language) => {
    for (const purpose of purposeIds) {
      const parts = answeringParts(purpose, language);
      expect(parts).toHaveLength(3 + purposeTable[purpose].stepUp.length);
      expect(new Set(parts).size).toBe(parts.length);
      expect(foreignTexts(parts, language)).toEqual([]);
      expect(parts.join()).not.toMatch(/码|code/);
    }
  });

  it('come in order, the sending last', () => {
    const steps = ['preparing', 'finger', 'uploading', 'opening', 'sending'] as const;
    expect(steps.map((step) => answeringAt('bank-account-opening', step))).toEqual([0, 1, 2, 3, 4]);
    expect([answeringAt('parcel-pickup', 'opening'), answeringAt('parcel-pickup', 'sending')]).toEqual([1, 2]);
  });
});
