import fc from 'fast-check';
import { calendarDate, validators, type FieldName, type Refusal } from '../../../protocol';
import { checkDocument } from '../../../cloudfunctions/_core/proofing/check-document';
import { FIELD_CONFIDENCE_MIN } from '../../../cloudfunctions/_core/proofing/thresholds';
import { checkCharacterOf, idNumberOf } from '../../support/id-number';
import { readingWith, wellFormedReading, type Reading } from '../../support/readings';

const today = calendarDate('2026-03-10');
const check = ({ front, back }: Reading, on = today) => checkDocument(front, back, on);
const refusal = (reading: Reading, on = today): Refusal | null => {
  const result = check(reading, on);
  return result.ok ? null : result.error;
};

const front = ['name', 'sex', 'birthDate', 'address', 'number'] as const satisfies readonly FieldName[];
const back = ['issuingAuthority', 'validFrom', 'validTo'] as const satisfies readonly FieldName[];
const sides = [
  ...front.map((field) => ({ field, picture: 'front' as const })),
  ...back.map((field) => ({ field, picture: 'back' as const })),
];

describe('a document that cannot be read', () => {
  it.each(sides)('asks for the $picture again without $field', ({ field, picture }) => {
    const lost = { code: 'field_unreadable', picture, fields: [field] };
    expect(refusal(readingWith({ [field]: null }))).toEqual(lost);
    expect(refusal(readingWith({ [field]: '' }))).toEqual(lost);
  });

  it.each(sides)('takes no doubtful $field', ({ field, picture }) => {
    const doubted = (confidence: number): Reading => {
      const { front: onFront, back: onBack } = readingWith();
      const doubt = (fields: Reading['front']): Reading['front'] => {
        const found = fields[field];
        return found ? { ...fields, [field]: { ...found, confidence } } : fields;
      };
      return { front: doubt(onFront), back: doubt(onBack) };
    };
    const lost = { code: 'field_unreadable', picture, fields: [field] };
    expect(refusal(doubted(FIELD_CONFIDENCE_MIN - 0.001))).toEqual(lost);
    expect(refusal(doubted(Number.NaN))).toEqual(lost);
    expect(refusal(doubted(FIELD_CONFIDENCE_MIN))).toBeNull();
  });

  it('names every lost field of the front before those of the back', () => {
    const lost = readingWith({ name: null, number: null, validTo: null });
    expect(refusal(lost)).toEqual({ code: 'field_unreadable', picture: 'front', fields: ['name', 'number'] });
    expect(refusal({ front: {}, back: {} })).toEqual({ code: 'field_unreadable', picture: 'front', fields: front });
    expect(refusal({ ...readingWith(), back: {} })).toEqual({
      code: 'field_unreadable',
      picture: 'back',
      fields: back,
    });
  });

  it('takes a side that was read as the other for unreadable', () => {
    const { front: onFront, back: onBack } = readingWith();
    expect(refusal({ front: onBack, back: onFront })).toMatchObject({ code: 'field_unreadable', picture: 'front' });
  });

  it('goes on without an ethnicity', () => {
    expect(check(readingWith({ ethnicity: null }))).toMatchObject({ ok: true, value: { ethnicity: null } });
    const { front: onFront, back: onBack } = readingWith();
    const doubted = { ...onFront, ethnicity: { value: '汉', confidence: 0.1 } };
    expect(check({ front: doubted, back: onBack })).toMatchObject({ ok: true, value: { ethnicity: null } });
    expect(check(readingWith())).toMatchObject({ ok: true, value: { ethnicity: { value: '汉' } } });
  });
});

describe('the number', () => {
  const number = idNumberOf('110105', '1990-05-17', '024');
  const others = '0123456789X'.replace(checkCharacterOf(number.slice(0, 17)), '');

  it.each(Array.from(others))('is refused with the check character %s', (character) => {
    expect(refusal(readingWith({ number: number.slice(0, 17) + character }))).toEqual({
      code: 'number_check_failed',
      picture: 'front',
      fields: ['number'],
    });
  });

  it.each([
    ['15 digits of before 1999', '110105900517024'],
    ['a blank within', `${number.slice(0, 6)} ${number.slice(6)}`],
    ['a bracket after', `${number}]`],
    ['digits of full width', number.replaceAll('1', '１')],
    ['a birth date that no month has', idNumberOf('110105', '1990-02-30', '024')],
    ['29 February of a common year', idNumberOf('110105', '1991-02-29', '024')],
    ['a birth tomorrow', idNumberOf('110105', '2026-03-11', '024')],
  ])('is refused with %s', (_, hostile) => {
    expect(refusal(readingWith({ number: hostile }))).toMatchObject({ code: 'number_check_failed' });
  });

  it('is stored with a capital X', () => {
    const order = Array.from({ length: 500 }, (_, at) => String(2 * at).padStart(3, '0')).find((digits) =>
      idNumberOf('110105', '1990-05-17', digits).endsWith('X'),
    );
    const ending = idNumberOf('110105', '1990-05-17', order ?? '');
    expect(ending).toMatch(/X$/);
    const result = check(readingWith({ number: ending.replace('X', 'x') }));
    expect(result).toMatchObject({ ok: true, value: { number: { value: ending } } });
  });
});

describe('fields against each other', () => {
  it.each([
    [{ birthDate: '1990-05-18' }, 'front', ['birthDate', 'number']],
    [{ sex: '男' }, 'front', ['sex', 'number']],
    [{ birthDate: '1990-05-18', sex: '男' }, 'front', ['birthDate', 'number', 'sex']],
    [{ birthDate: '1990-5-17' }, 'front', ['birthDate', 'number']],
    [{ validFrom: '1990-05-16', validTo: '2036-03-10' }, 'back', ['validFrom']],
    [{ validFrom: '2016-02-30', validTo: '长期' }, 'back', ['validFrom']],
    [{ validFrom: '长期' }, 'back', ['validFrom']],
    [{ validFrom: '2026-03-11', validTo: '2046-03-11' }, 'back', ['validFrom']],
    [{ validTo: '2036-13-10' }, 'back', ['validTo']],
    [{ validTo: '20360310' }, 'back', ['validTo']],
    [{ validTo: '长期 ' }, 'back', ['validTo']],
    [{ validTo: '2036-03-09' }, 'back', ['validFrom', 'validTo']],
    [{ validTo: '2035-03-10' }, 'back', ['validFrom', 'validTo']],
    [{ validTo: '2116-03-10' }, 'back', ['validFrom', 'validTo']],
    [{ validFrom: '2036-03-10', validTo: '2016-03-10' }, 'back', ['validFrom']],
  ])('%j disagrees', (changes, picture, fields) => {
    expect(refusal(readingWith(changes))).toEqual({ code: 'fields_disagree', picture, fields });
  });

  it('takes a sex that is neither for unreadable', () => {
    expect(refusal(readingWith({ sex: '未' }))).toEqual({
      code: 'field_unreadable',
      picture: 'front',
      fields: ['sex'],
    });
  });

  it('takes a card that is issued today, and one on the day of birth', () => {
    expect(refusal(readingWith({ validFrom: '2026-03-10', validTo: '2046-03-10' }))).toBeNull();
    const newborn = { birthDate: '2026-03-01', number: idNumberOf('110105', '2026-03-01', '024') };
    expect(refusal(readingWith({ ...newborn, validFrom: '2026-03-01', validTo: '2031-03-01' }))).toBeNull();
  });
});

describe('the end of the document', () => {
  it.each([
    ['2026-03-09', 'document_expired'],
    ['2026-03-10', undefined],
    ['2026-03-11', undefined],
  ])('on %s gives %s on 2026-03-10', (validTo, code) => {
    const reading = readingWith({ validFrom: `2016${validTo.slice(4)}`, validTo });
    expect(refusal(reading)?.code).toBe(code);
  });

  it('does not come for 长期', () => {
    const forever = readingWith({ validTo: '长期' });
    expect(check(forever)).toMatchObject({ ok: true, value: { validTo: null } });
    expect(refusal(forever, calendarDate('2199-12-31'))).toBeNull();
  });

  it.each([
    ['2036-02-29', null],
    ['2036-02-28', null],
    ['2036-03-01', null],
    ['2037-02-28', 'fields_disagree'],
    ['2036-03-02', 'fields_disagree'],
    ['2099-12-31', 'fields_disagree'],
    ['2015-01-01', 'fields_disagree'],
  ])('of a card of 29 February may be %s: %s', (validTo, code) => {
    expect(refusal(readingWith({ validFrom: '2016-02-29', validTo }))?.code ?? null).toBe(code);
  });
});

describe('hostile texts', () => {
  const canary = 'CANARY';
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom(
      '__proto__',
      '<script>',
      '{"$ne":null}',
      '\u202e梅晓林',
      '林\u0000晓梅',
      '林\n晓梅',
      '林晓梅\ud800',
    ),
  );

  it('of a name are no name', () => {
    for (const name of [
      '<script>',
      '$where',
      '林',
      '\u202e林晓梅',
      '林晓\u0000梅',
      '林\n晓',
      '林\udc00',
      '·林晓',
      '林·',
      'Lin',
      '林'.repeat(41),
      `${'林'.repeat(39)}<`,
    ]) {
      expect(refusal(readingWith({ name }))).toEqual({ code: 'field_unreadable', picture: 'front', fields: ['name'] });
    }
    for (const name of ['王一', '阿卜杜拉·买买提', '〇一', '𬭸钲']) expect(refusal(readingWith({ name }))).toBeNull();
  });

  it('never throw, never come back in a refusal, and pass only as what the wire can carry', () => {
    const fields = fc.dictionary(fc.constantFrom(...front, ...back, 'ethnicity'), hostile, { maxKeys: 3 });
    fc.assert(
      fc.property(fields, (changes) => {
        const marked = Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, `${value}${canary}`]));
        for (const reading of [readingWith(changes), readingWith(marked)]) {
          const result = check(reading);
          if (result.ok) expect(validators.DocumentFields(result.value)).toBe(true);
          else expect(JSON.stringify(result.error)).not.toContain(canary);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('any person', () => {
  it('whose card is well-formed passes, and is handed on unchanged', () => {
    fc.assert(
      fc.property(wellFormedReading(today), (reading) => {
        const result = check(reading);
        expect(result).toMatchObject({
          ok: true,
          value: {
            name: reading.front.name,
            number: reading.front.number,
            birthDate: reading.front.birthDate,
            validFrom: reading.back.validFrom,
          },
        });
        expect(result.ok && validators.DocumentFields(result.value)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('with one digit of the number read otherwise never passes', () => {
    fc.assert(
      fc.property(wellFormedReading(today), fc.nat(17), fc.integer({ min: 1, max: 9 }), (reading, at, step) => {
        const number = reading.front.number?.value ?? '';
        const digit = number.charAt(at) === 'X' ? 10 : Number(number.charAt(at));
        const misread = number.slice(0, at) + String((digit + step) % 10) + number.slice(at + 1);
        const { front: onFront, back: onBack } = reading;
        fc.pre(misread !== number);
        expect(check({ front: { ...onFront, number: { value: misread, confidence: 1 } }, back: onBack }).ok).toBe(
          false,
        );
      }),
      { numRuns: 1000 },
    );
  });
});
