import { fieldNames, validators, type DocumentFields } from '../../../protocol';
import { readFields } from '../../../miniprogram/presenters/read-fields';
import { fieldName } from '../../../miniprogram/presenters/refusal';
import { foreignTexts, languages } from './languages';

const sure = <Value>(value: Value) => ({ value, confidence: 0.99 });
const fields: DocumentFields = {
  name: sure('林知远'),
  sex: { value: 'male', confidence: 0.99 },
  ethnicity: sure('汉'),
  birthDate: sure('1995-02-17'),
  address: sure('浙江省杭州市西湖区云栖里路218号3幢502室'),
  number: sure('33010619950217997X'),
  issuingAuthority: sure('杭州市公安局西湖分局'),
  validFrom: sure('2019-04-12'),
  validTo: sure('2029-04-12'),
};
const shown = (changed: Partial<DocumentFields>, language: 'zh' | 'en') => {
  const read = { ...fields, ...changed };
  expect(validators.ReadDocumentReply({ ok: true, fields: read })).toBe(true);
  return readFields(read, language);
};
const valueOf = (changed: Partial<DocumentFields>, field: keyof DocumentFields, language: 'zh' | 'en') => {
  const { front, back } = shown(changed, language);
  return [...front, ...back].find(({ name }) => name === fieldName(field, language));
};

describe('the fields for the holder to check', () => {
  it.each(languages)('are all of them, once, on the side where they stand, in %s', (language) => {
    const { front, back } = shown({}, language);
    expect([...front, ...back].map(({ name }) => name)).toEqual(fieldNames.map((field) => fieldName(field, language)));
    expect(back).toHaveLength(3);
    expect(foreignTexts([...front, ...back].map(({ name }) => name), language)).toEqual([]); // prettier-ignore
  });

  it('show words as they stand on the card, and dates, sex and number as people read them', () => {
    const { front, back } = shown({}, 'en');
    expect(front.map(({ value }) => value)).toEqual([
      '林知远',
      'Male',
      '汉',
      '17 Feb 1995',
      '浙江省杭州市西湖区云栖里路218号3幢502室',
      '330106 19950217 997X',
    ]);
    expect(back.map(({ value }) => value)).toEqual(['杭州市公安局西湖分局', '12 Apr 2019', '12 Apr 2029']);
    expect(valueOf({ sex: { value: 'female', confidence: 1 } }, 'sex', 'zh')?.value).toBe('女');
  });

  it.each(fieldNames)('are marked where the recogniser doubts: %s', (field) => {
    const at = (confidence: number) => valueOf({ [field]: { ...fields[field], confidence } }, field, 'en')?.isDoubtful;
    expect([0, 0.9499, 0.95, 1].map(at)).toEqual([true, true, false, false]);
    const { front, back } = shown({ [field]: { ...fields[field], confidence: 0 } }, 'en');
    const doubtful = [...front, ...back].filter(({ isDoubtful }) => isDoubtful);
    expect(doubtful.map(({ name }) => name)).toEqual([fieldName(field, 'en')]);
  });

  it.each(languages)(
    'tell a card without end, which is no doubt, and an ethnicity that was not read, in %s',
    (language) => {
      const endless = valueOf({ validTo: null }, 'validTo', language);
      const unread = valueOf({ ethnicity: null }, 'ethnicity', language);
      expect([endless?.isDoubtful, unread?.isDoubtful]).toEqual([false, true]);
      expect(foreignTexts([endless?.value ?? '', unread?.value ?? ''], language)).toEqual([]);
    },
  );
});
