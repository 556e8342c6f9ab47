import type { ReadFields, ReadText } from '../../../_core/proofing/ports';
import type { Alphabet } from '../ocr/alphabet';
import { birthDate } from './dates';
import { readEthnicity } from './ethnicity';
import { lastGlyph } from './labels';
import { between, choose, confidenceOf, readGlyphs, readOnly, readSolid } from './reading';
import type { Glyph, Row } from './rows';
import { han } from './script';
import { median } from '../image/geometry';

/** Where the rows of the front stand, by their place in the list of rows; null where none was found. */
interface FrontRows {
  readonly name: Row | null;
  readonly sex: Row | null;
  readonly birth: Row | null;
  readonly address: readonly Row[];
}

/** Reads the fields of the front. @param rows its print from top to bottom */
export function readFront(rows: readonly Row[], alphabet: Alphabet): ReadFields {
  const number = findNumber(rows, alphabet);
  const above = rows.slice(0, number?.index ?? labelledNumber(rows));
  const found = assign(above, alphabet);
  const column = valueColumn(above);
  const fields = {
    name: readName(found.name, column),
    ...readSexRow(found.sex, column, alphabet),
    birthDate: readBirth(found.birth, alphabet),
    address: readAddress(found.address, column),
    number: number?.read ?? null,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, read]) => read !== null));
}

/** The identity number: 18 characters in one row, the last of which may be X. */
export function findNumber(rows: readonly Row[], alphabet: Alphabet): { read: ReadText; index: number } | null {
  for (let index = rows.length - 1; index >= 0; index--) {
    const row = rows[index];
    if (row === undefined) continue;
    const glyphs = readOnly(row, '0123456789X', alphabet).slice(-18);
    const read = readGlyphs(glyphs);
    if (read !== null && /^\d{17}[\dX]$/.test(read.value)) return { read, index };
  }
  return null;
}

/** The row of the number by its label, or the end. */
function labelledNumber(rows: readonly Row[]): number {
  const index = rows.findIndex(({ text }) => /身份号码|公民身份|份号码/.test(text));
  return index < 0 ? rows.length : index;
}

/** Finds the rows by label or by what stands in them; a row without either, by its neighbours. */
function assign(rows: readonly Row[], alphabet: Alphabet): FrontRows {
  const find = (pattern: RegExp): number => rows.findIndex(({ text }) => pattern.test(text));
  let sex = find(/性别|民族|^性.?[男女]|^.?别[男女]/);
  let birth = find(/出生|\d{4}年|年\d{1,2}月/);
  let address = find(/住址|^住|^.?址/);
  let name = find(/姓名|^姓|^名/);
  if (birth < 0) birth = rows.findIndex((row) => birthDate(printOf(readOnly(row, birthCharacters, alphabet))) !== null);
  if (sex < 0 && birth > 0) sex = birth - 1;
  if (name < 0 && sex > 0) name = sex - 1;
  if (birth < 0 && sex >= 0 && (address < 0 || address === sex + 2)) birth = sex + 1;
  if (address < 0 && birth >= 0) address = birth + 1;
  return {
    name: rows[name] ?? null,
    sex: rows[sex] ?? null,
    birth: rows[birth] ?? null,
    address: address < 0 ? [] : rows.slice(address),
  };
}

/** Where values begin at a height of the card: just right of the labels, whose column leans when the card was not freed of perspective. */
type ValueColumn = (row: Row) => number;

function valueColumn(rows: readonly Row[]): ValueColumn {
  const ends = rows.flatMap((row) => {
    const end = lastGlyph(row, /姓名|性别|出生|住址/);
    return end === null ? [] : [{ x: end.x + 0.45 * row.height, y: row.y }];
  });
  if (ends.length === 0) return () => -Infinity;
  // Theil–Sen: medians of slopes and offsets, which one misread label does not move.
  const lean = median(ends.flatMap((a) => ends.flatMap((b) => (b.y > a.y ? [(b.x - a.x) / (b.y - a.y)] : []))));
  const offset = median(ends.map(({ x, y }) => x - lean * y));
  return (row) => offset + lean * row.y;
}

/** What stands in the column of values, and right of a label where the row has one. */
const values = (row: Row, column: ValueColumn, label: Glyph | null): Glyph[] =>
  row.glyphs.filter(({ x }) => x > Math.max(column(row), label?.x ?? -Infinity));

function readName(row: Row | null, column: ValueColumn): ReadText | null {
  if (row === null) return null;
  const label = lastGlyph(row, /姓名/) ?? lastGlyph(row, /^.?名/);
  const glyphs = values(row, column, label).flatMap((glyph) => {
    if (han.test(glyph.character)) return [glyph];
    return /[·•‧・.．ㆍ]/.test(glyph.character) ? [{ ...glyph, character: '·' }] : [];
  });
  while (glyphs[0]?.character === '·') glyphs.shift();
  while (glyphs.at(-1)?.character === '·') glyphs.pop();
  return readGlyphs(glyphs);
}

function readSexRow(
  row: Row | null,
  column: ValueColumn,
  alphabet: Alphabet,
): { sex: ReadText | null; ethnicity: ReadText | null } {
  if (row === null) return { sex: null, ethnicity: null };
  const sexLabel = lastGlyph(row, /^.{0,2}别|^性/);
  const sexGlyph = row.glyphs.find(({ character }) => character === '男' || character === '女') ?? null;
  const ethnicLabel = findEthnicLabel(row, sexLabel);
  const [sexSegment] = between(row, sexLabel, ethnicLabel);
  const sex =
    sexGlyph !== null || sexSegment === undefined
      ? readGlyphs(sexGlyph === null ? [] : [sexGlyph])
      : choose(sexSegment, ['男', '女'], alphabet);
  const after = ethnicLabel ?? sexGlyph;
  if (after === null) return { sex, ethnicity: null };
  const glyphs = values(row, column, after).filter(({ character }) => han.test(character));
  return { sex, ethnicity: readEthnicity(readGlyphs(glyphs), between(row, after, null), alphabet) };
}

/** The last glyph of 民族, of which 族 may be misread: then what stands no further from 民 than 性 from 别. */
function findEthnicLabel(row: Row, sexLabel: Glyph | null): Glyph | null {
  const label = lastGlyph(row, /民?族/) ?? lastGlyph(row, /民/);
  if (label?.character !== '民') return label;
  const next = row.glyphs[row.glyphs.indexOf(label) + 1];
  const [first] = row.glyphs;
  const width = sexLabel === null || first === undefined || first === sexLabel ? row.height : sexLabel.x - first.x;
  return next !== undefined && next.x - label.x < 1.35 * width ? next : label;
}

const birthCharacters = '0123456789年月日';

const printOf = (glyphs: readonly Glyph[]): string => glyphs.map(({ character }) => character).join('');

function readBirth(row: Row | null, alphabet: Alphabet): ReadText | null {
  if (row === null) return null;
  const glyphs = readOnly(row, birthCharacters, alphabet);
  const value = birthDate(printOf(glyphs));
  return value === null ? null : { value, confidence: confidenceOf(glyphs) };
}

function readAddress(rows: readonly Row[], column: ValueColumn): ReadText | null {
  const glyphs = rows.flatMap((row, i) => {
    const label = i === 0 ? (lastGlyph(row, /住址/) ?? lastGlyph(row, /^.?址|^住/)) : null;
    return values(row, column, label);
  });
  return readSolid(
    glyphs.flatMap((glyph) => {
      const character = glyph.character.replace('（', '(').replace('）', ')').replace(/[—－]/, '-');
      return han.test(character) || /[0-9A-Za-z()#·-]/.test(character) ? [{ ...glyph, character }] : [];
    }),
  );
}
