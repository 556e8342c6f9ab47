import fc from 'fast-check';
import { toCsv } from '../../../cloudfunctions/_core/partners/csv';

/** Reads comma-separated values as RFC 4180 describes them. */
const parse = (text: string): string[][] => {
  const rows: string[][] = [];
  let row: string[] = [];
  let value = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (isQuoted && character === '"' && text.charAt(at + 1) === '"') {
      value += '"';
      at += 1;
    } else if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted) value += character;
    else if (character === ',') {
      row.push(value);
      value = '';
    } else if (character === '\r' && text.charAt(at + 1) === '\n') {
      rows.push([...row, value]);
      [row, value] = [[], ''];
      at += 1;
    } else value += character;
  }
  return rows;
};

const cells = fc.oneof(
  fc.string(),
  fc.stringMatching(/^[=+\-@,"\r\n\t'a1 ]{0,8}$/),
  fc.constantFrom('=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', 'a"b', 'a,b', 'a\r\nb', ''),
);

describe('comma-separated values', () => {
  it('give back every cell, and no formula', () => {
    fc.assert(
      fc.property(fc.array(fc.array(cells, { minLength: 1, maxLength: 4 }), { maxLength: 5 }), (rows) => {
        const read = parse(toCsv(rows));
        expect(read.map((row) => row.map((value) => value.replace(/^'(?=[=+\-@\t\r])/, '')))).toEqual(
          rows.map((row) => row.map((value) => value.replace(/^'(?=[=+\-@\t\r])/, ''))),
        );
        for (const value of read.flat()) expect(value).not.toMatch(/^[=+\-@\t\r]/);
      }),
      { numRuns: 500 },
    );
  });

  it('end each row with CR and LF, and quote what needs it alone', () => {
    expect(
      toCsv([
        ['a', 'b c'],
        ['1,2', 'say "x"'],
      ]),
    ).toBe('a,b c\r\n"1,2","say ""x"""\r\n');
    expect(toCsv([['=1+1', '-2']])).toBe("'=1+1,'-2\r\n");
  });
});
