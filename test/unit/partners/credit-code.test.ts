import fc from 'fast-check';
import { faultOfCreditCode, isCreditCode } from '../../../protocol';
import { gb32100 } from '../../../protocol/spec/gb32100';

// The standard's own example, and codes that large companies print on their licences.
const codes = ['91350100M000100Y43', '9144030071526726XG', '914403001922038216', '91330100799655058B'];

describe('a unified social credit code', () => {
  it.each(codes)('%s holds', (code) => {
    expect(isCreditCode(code)).toBe(true);
  });

  it('fails with any one character changed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...codes),
        fc.nat({ max: 17 }),
        fc.constantFrom(...Array.from(gb32100.characters)),
        (code, at, character) => {
          fc.pre(code.charAt(at) !== character);
          expect(isCreditCode(code.slice(0, at) + character + code.slice(at + 1))).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('fails in every other form', () => {
    for (const text of [
      '',
      '91350100M000100Y4',
      '91350100M000100Y433',
      '91350100m000100y43',
      ' 91350100M000100Y43',
      '91350100M000100Y43\n',
    ])
      expect(isCreditCode(text)).toBe(false);
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(isCreditCode(text)).toBe(false);
      }),
    );
  });
});

describe('what is wrong with a code', () => {
  it.each([
    ['91350100M000100Y4', 'length'],
    ['91350100M000100Y433', 'length'],
    ['91350100m000100y43', 'characters'],
    // O and I are written for 0 and 1 by mistake, and are no characters of it.
    ['9135O100M000100Y43', 'characters'],
    ['91350A00M000100Y43', 'region'],
    ['91350100M000100Y44', 'check'],
    ['91350100M000100Y43', null],
  ])('%s: %s', (code, fault) => {
    expect(faultOfCreditCode(code)).toBe(fault);
  });
});
