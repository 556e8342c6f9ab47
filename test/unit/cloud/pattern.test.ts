import fc from 'fast-check';
import { compilePattern } from '../../../local/cloud/database/pattern/pattern';

it.each<[source: string, flags: string, found: string[], notFound: string[]]>([
  ['^ab?c', '', ['abc', 'acx'], ['xac', 'abbc']],
  ['a.c', '', ['abc', 'a\rc', 'a身c', 'a😀c'], ['a\nc', 'ac']],
  ['a.c', 's', ['a\nc'], []],
  ['^b$', '', ['b', 'b\n'], ['a\nb', 'b\n\n']],
  ['^b$', 'm', ['a\nb\nc'], ['ab']],
  ['\\Ab\\z', 'm', ['b'], ['a\nb', 'b\n']],
  ['straße|Σ', 'i', ['STRAßE', 'ς', 'σ'], ['strasse']],
  ['[^a-c]', 'i', ['d'], ['A', 'abC']],
  ['[]a]', '', [']', 'a'], ['b']],
  ['[a\\-z]', '', ['-', 'z'], ['b']],
  ['^\\d{2,3}$', '', ['12', '123'], ['1', '1234', '١٢']],
  ['^(?:ab|c)+$', '', ['abcab'], ['abb', '']],
  ['^a{,2}$', '', ['a{,2}'], ['aa']],
  ['\\bcat\\b', '', ['a cat.'], ['cats', 'concat']],
  ['^\\p{Han}+$', '', ['身份证'], ['id']],
  ['^\\pL\\PL$', '', ['é1'], ['1a']],
  ['\\x41\\x{1F600}', '', ['A😀'], ['A']],
  ['a b # c', 'x', ['ab'], ['a b']],
  ['(?i)abc', '', ['ABC'], []],
  ['(?<year>\\d+)-(?P<month>\\d+)', '', ['2026-01'], ['2026']],
  ['(a*)*$', '', ['b'], []],
])('/%s/%s finds what PCRE finds', (source, flags, found, notFound) => {
  const pattern = compilePattern(source, flags);
  expect(found.filter((text) => !pattern.test(text))).toEqual([]);
  expect(notFound.filter((text) => pattern.test(text))).toEqual([]);
});

it.each([
  ['(a)\\1', 'a reference back'],
  ['a(?=b)', 'the group (?='],
  ['(?<!a)b', 'the group (?<'],
  ['(?>a)', 'the group (?>'],
  ['a++', 'possessive'],
  ['\\u4e00', '\\u'],
  ['[[:alpha:]]', 'POSIX'],
  ['\\p{Nonsense}', 'Nonsense'],
  ['(*COMMIT)', 'verb'],
  ['(', 'missing )'],
  ['a)', 'unmatched )'],
  ['[a', 'missing ]'],
  ['a**', 'repeated quantifier'],
  ['*a', 'nothing to repeat'],
  ['a{3,2}', 'wrong count'],
  ['[z-a]', 'range out of order'],
  ['\\', 'end where more is needed'],
  ['(((((a{9}){9}){9}){9}){9}', 'missing )'],
  ['((((a{99}){99}){99}){99})', 'too large'],
  ['('.repeat(9999), 'nested too deep'],
])('/%s/ is refused: %s', (source, words) => {
  expect(() => compilePattern(source, '')).toThrow(words);
});

it('refuses flags that MongoDB does not have', () => {
  expect(() => compilePattern('a', 'g')).toThrow('flag in "g"');
});

it.each(['(a+)+$', '(a|aa)+$', '(.*)*x$', '(a*)*b', '(\\w+\\s?)+$', '((((){65535}){65535}){65535}){65535}'])(
  'is not held up by %s, which would take others longer than the world stands',
  (source) => {
    compilePattern(source, '').test(`${'a'.repeat(20_000)}!`);
  },
);

it('agrees with JavaScript about what both have', () => {
  const atoms = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '\\d', '(a|b)', '(?:ab)', '^', '$', '\\b');
  const parts = fc
    .tuple(atoms, fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}', '*?'))
    .map(([atom, count]) => (/^(?:\^|\$|\\b)$/.test(atom) ? atom : atom + count));
  const sources = fc.array(parts, { minLength: 1, maxLength: 5 }).map((all) => all.join(''));
  fc.assert(
    fc.property(
      sources,
      sources,
      fc.string({ unit: fc.constantFrom('a', 'b', 'A', '1', ' ') }),
      fc.constantFrom('', 'i'),
      (one, other, text, flags) => {
        for (const source of [one, `${one}|${other}`, `(${one})*${other}`]) {
          expect({ source, is: compilePattern(source, flags).test(text) }).toEqual({
            source,
            is: new RegExp(source, flags).test(text),
          });
        }
      },
    ),
    { numRuns: 2000 },
  );
});
