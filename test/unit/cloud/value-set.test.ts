import fc from 'fast-check';
import { sameValue, type Value } from '../../../local/cloud/database/value';
import { ValueSet } from '../../../local/cloud/database/value-set';

const scalar = fc.constantFrom<Value>(
  null,
  0,
  -0,
  1,
  1e308,
  5e-324,
  '',
  '0',
  'a',
  '\0',
  '\ud83d',
  '\ud83d\ude00',
  true,
  new Date(0),
  new Date(1),
);
const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    scalar,
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('x', 'y', ''), tie('value'), { maxKeys: 2, noNullPrototype: true }),
  ),
}));

it('has the values that are the same as one of its own', () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 6 }), value, (values, one) => {
      const set = new ValueSet(values);
      const isThere = values.some((other) => sameValue(other, one));
      expect(set.has(one)).toBe(isThere);
      expect(set.add(one)).toBe(!isThere);
      expect(set.add(one)).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

it('has what is missing where it has null', () => {
  expect(new ValueSet([null]).has(undefined)).toBe(true);
  expect(new ValueSet([0, '', false]).has(undefined)).toBe(false);
});
