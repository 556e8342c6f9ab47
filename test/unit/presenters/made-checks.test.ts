import { looks, type MadeCheck } from '../../../protocol';
import { listCheckDays, type ReceiptState } from '../../../miniprogram/presenters/made-checks';
import { foreignTexts, languages } from './languages';

const NOW = Date.parse('2026-11-22T23:34:00+08:00');
const shop = {
  id: 'yunqi-road',
  names: { zh: '云栖路店', en: 'Yunqi Road' },
  address: '云栖路218号',
  terminals: ['1'],
};
const check = (number: number, change: Partial<MadeCheck> = {}): MadeCheck => ({
  id: number.toString(16).padStart(32, '0'),
  at: NOW - number,
  purpose: 'parcel-pickup',
  mode: 'shown',
  tier: 'light',
  shop: 'yunqi-road',
  terminal: '1',
  claims: ['masked_name', 'masked_number'],
  stepUp: [],
  receipt: 'a.receipt.signed',
  look: 'same',
  ...change,
});
const only = (made: MadeCheck, state: ReceiptState | null, language: 'zh' | 'en') => {
  const receipts = new Map(state ? [[made.id, state]] : []);
  const line = listCheckDays([made], [shop], receipts, NOW, language)[0]?.checks[0];
  if (!line) throw new Error('expected a line');
  return line;
};

describe('the checks of a business', () => {
  it('stand under their days, in their order', () => {
    const midnight = Date.parse('2026-11-22T00:00:00+08:00');
    const made = [NOW, midnight, midnight - 1].map((at, index) => check(index, { at }));
    const days = listCheckDays(made, [shop], new Map(), NOW, 'en');
    expect(days.map(({ name, checks }) => [name, checks.map(({ id }) => Number(`0x${id}`))])).toEqual([
      ['Today', [0, 1]],
      ['21 Nov 2026', [2]],
    ]);
  });

  it('say for what, where, what was told and when', () => {
    expect(only(check(0), 'signed', 'en')).toMatchObject({
      title: 'Parcel pickup',
      place: 'Yunqi Road · 1',
      told: 'Told: Portrait, Masked name, Masked identity number',
      time: '23:34',
    });
    expect(only(check(0, { shop: 'gone' }), 'signed', 'zh').place).toBe('已关闭的店铺或贵方服务器 · 1');
  });

  it('are called verified where the receipt was, and never without', () => {
    for (const language of languages) {
      const told = ([null, 'unchecked', 'wrong', 'none', 'signed'] as const).map((state) =>
        only(check(0), state, language),
      );
      expect(told.map(({ receipt }) => receipt.tone)).toEqual(['soft', 'soft', 'bad', 'soft', 'good']);
      expect(told[0]?.receipt).toEqual(told[1]?.receipt);
      expect(new Set(told.map(({ receipt }) => receipt.text)).size).toBe(4);
      expect(
        foreignTexts(
          told.map(({ receipt }) => receipt.text),
          language,
        ),
      ).toEqual([]);
    }
  });

  it.each(languages)('say what the look came to, and nothing where there is none, in %s', (language) => {
    const told = [...looks, null].map((look) => only(check(0, { look }), 'signed', language));
    expect(
      foreignTexts(
        told.map(({ look }) => look),
        language,
      ),
    ).toEqual([]);
    expect(told.map(({ isLookBad }) => isLookBad)).toEqual([false, false, true, false]);
    expect(only(check(0, { purpose: 'age-check', claims: ['age_over_18'], look: null }), 'signed', language).look).toBe(
      '',
    );
  });
});
