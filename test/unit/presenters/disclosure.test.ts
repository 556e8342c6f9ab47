import fc from 'fast-check';
import { purposeIds, purposeTable, type DisclosedClaims } from '../../../protocol';
import { toldByPurpose, toldClaims } from '../../../miniprogram/presenters/disclosure';
import { listPurposes } from '../../../miniprogram/presenters/purposes';
import { foreignTexts, languages } from './languages';

const all = {
  age_over_18: true,
  masked_name: '林**',
  masked_number: '3****************0',
  name: '林志远',
  number: '110101199001011237',
  sex: 'male',
  birthdate: '1990-01-01',
  ethnicity: '汉',
  address: '某地',
  document_issuing_authority: '某局',
  document_expires_on: '2030-01-01',
} as const;
const claimsOf = fc.record(
  {
    masked_name: fc.constant(all.masked_name),
    masked_number: fc.constant(all.masked_number),
    age_over_18: fc.boolean(),
  },
  { requiredKeys: [] },
);

describe('the claims on the merchant’s screen', () => {
  it('are at most those of the purpose’s row, in its order, whatever the answer carries', () => {
    fc.assert(
      fc.property(
        claimsOf,
        fc.constantFrom('age-check' as const, 'parcel-pickup' as const, 'internet-cafe' as const),
        (claims: DisclosedClaims, purpose) => {
          const allowed = purposeTable[purpose].claims.filter((claim) => claims[claim] !== undefined);
          const told = toldClaims(claims, purpose, 'en');
          expect(told.map(({ value }) => value)).toEqual(
            allowed.map((claim) => ({ ...claims, age_over_18: claims.age_over_18 ? 'Yes' : 'No' })[claim]),
          );
        },
      ),
    );
  });

  it('say no number at an internet café and no age at a parcel pickup', () => {
    expect(toldClaims(all, 'internet-cafe', 'en').map(({ name }) => name)).toEqual(['Over 18', 'Masked name']);
    expect(toldClaims(all, 'parcel-pickup', 'en').map(({ name }) => name)).toEqual([
      'Masked name',
      'Masked identity number',
    ]);
  });

  it('say the sex in words', () => {
    expect(toldClaims({ number: all.number }, 'hotel-check-in', 'en')).toEqual([
      { name: 'Identity number', value: '110101 19900101 1237' },
    ]);
    expect(toldClaims({ sex: 'female' }, 'hotel-check-in', 'zh')).toEqual([{ name: '性别', value: '女' }]);
    expect(toldClaims({ sex: 'male' }, 'hotel-check-in', 'en')).toEqual([{ name: 'Sex', value: 'Male' }]);
  });

  it.each(languages)('say no to whoever is too young, in %s', (language) => {
    const [young, grown] = [false, true].map(
      (age) => toldClaims({ age_over_18: age }, 'internet-cafe', language)[0]?.value ?? '',
    );
    expect([young, grown]).toEqual(language === 'zh' ? ['否', '是'] : ['No', 'Yes']);
  });
});

describe('what the holder is told that a purpose tells', () => {
  it.each(languages)('is what the merchant then sees, and the portrait, in %s', (language) => {
    for (const purpose of purposeIds) {
      const told = toldByPurpose(purpose, language);
      const seen = toldClaims(all, purpose, language).map(({ name }) => name);
      expect(told).toEqual(purposeTable[purpose].look ? [language === 'zh' ? '证件照' : 'Portrait', ...seen] : seen);
      expect(foreignTexts(told, language)).toEqual([]);
      expect(new Set(told).size).toBe(told.length);
    }
  });
});

describe('the purposes', () => {
  it('are listed all, or those of a shop in its own order, by their names', () => {
    expect(listPurposes('en').map(({ id }) => id)).toEqual(purposeIds);
    expect(listPurposes('zh', ['internet-cafe'])).toEqual([{ id: 'internet-cafe', name: '上网登记' }]);
    for (const language of languages)
      expect(
        foreignTexts(
          listPurposes(language).map(({ name }) => name.replace('é', 'e')),
          language,
        ),
      ).toEqual([]);
  });
});
