import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SamplePerson } from '../../../local/people';

/** A datum that must not be found, and the bytes in which it could be. */
export interface Trace {
  readonly what: string;
  readonly spellings: readonly Buffer[];
}

/** What is left of base64 whatever stands before the bytes: each of the three offsets, without the letters that depend on it. */
const base64Of = (bytes: Buffer): string[] =>
  [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const from = Math.ceil((offset * 8) / 6);
    const upTo = Math.floor(((offset + bytes.length) * 8) / 6);
    const core = text.slice(from, upTo);
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
  });

const escaped = (text: string): string =>
  [...text]
    .map((letter) => (letter > '~' ? `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}` : letter))
    .join('');

const encodings = (text: string): Buffer[] => {
  const utf8 = Buffer.from(text);
  const utf16 = Buffer.from(text, 'utf16le');
  const utf16be = Buffer.from(utf16).swap16();
  const texts = [
    ...base64Of(utf8),
    ...base64Of(utf16),
    utf8.toString('hex'),
    utf8.toString('hex').toUpperCase(),
    utf16be.toString('hex'),
    encodeURIComponent(text),
    escaped(text),
    escaped(text).toUpperCase(),
  ];
  return [utf8, utf16, utf16be, ...texts.map((spelled) => Buffer.from(spelled))];
};

/** One datum in all encodings of all its spellings. */
export const traceOf = (what: string, ...spellings: readonly string[]): Trace => ({
  what,
  spellings: spellings.flatMap(encodings),
});

/** Bytes that must not be found as they are, nor as base64 or hexadecimal. */
export const traceOfBytes = (what: string, bytes: Buffer): Trace => ({
  what,
  spellings: [bytes, ...base64Of(bytes).map((text) => Buffer.from(text)), Buffer.from(bytes.toString('hex'))],
});

/** Name, number, address and birth date of a person, as they are usually written. */
export const tracesOf = ({ name, pinyin, idNumber, address, birthDate }: SamplePerson): readonly Trace[] => {
  const [year = '', month = '', day = ''] = birthDate.split('-');
  const dates = [birthDate, `${year}${month}${day}`, `${year}/${month}/${day}`, `${year}.${month}.${day}`];
  return [
    traceOf(
      'name',
      name,
      [...name].join(' '),
      pinyin,
      pinyin.toLowerCase(),
      pinyin.toUpperCase(),
      pinyin.replace(' ', ''),
    ),
    traceOf('number', idNumber, idNumber.replace(/^(.{6})(.{8})(.{4})$/, '$1 $2 $3'), idNumber.slice(0, 14)),
    traceOf('address', address, address.slice(-8), address.slice(0, 9)),
    traceOf('birth date', ...dates, `${year}年${String(Number(month))}月${String(Number(day))}日`),
  ];
};

/** The traces that the bytes hold, by name. */
export const tracesIn = (bytes: Buffer, traces: readonly Trace[]): readonly string[] =>
  traces.filter(({ spellings }) => spellings.some((spelling) => bytes.includes(spelling))).map(({ what }) => what);

/** Every file below a folder, but those whose path below it the filter leaves out. */
export const filesBelow = (folder: string, isLeftOut: (path: string) => boolean = () => false): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => !isLeftOut(path) && statSync(join(folder, path)).isFile())
    .sort();

/** Where in the files of a folder which trace is found: nothing, where all is well. */
export const findingsBelow = (
  folder: string,
  traces: readonly Trace[],
  isLeftOut?: (path: string) => boolean,
): readonly string[] =>
  filesBelow(folder, isLeftOut).flatMap((path) =>
    tracesIn(readFileSync(join(folder, path)), traces).map((what) => `${what} in ${path}`),
  );
