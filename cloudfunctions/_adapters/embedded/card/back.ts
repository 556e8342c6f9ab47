import type { ReadFields, ReadText } from '../../../_core/proofing/ports';
import type { Alphabet } from '../ocr/alphabet';
import { validity } from './dates';
import { lastGlyph } from './labels';
import { confidenceOf, readOnly, readSolid } from './reading';
import type { Row } from './rows';
import { han } from './script';

/** Reads the fields of the back. @param rows its print from top to bottom */
export function readBack(rows: readonly Row[], alphabet: Alphabet): ReadFields {
  const period = findPeriod(rows, alphabet);
  const authority = readAuthority(rows, period?.index ?? rows.length);
  return {
    ...(authority === null ? {} : { issuingAuthority: authority }),
    ...(period === null ? {} : { validFrom: period.from, validTo: period.to }),
  };
}

/** The period of validity, by its form, and which row it stands in. */
export function findPeriod(
  rows: readonly Row[],
  alphabet: Alphabet,
): { from: ReadText; to: ReadText; index: number } | null {
  for (let index = rows.length - 1; index >= 0; index--) {
    const row = rows[index];
    if (row === undefined) continue;
    const label = lastGlyph(row, /期限|限/);
    const glyphs = readOnly(row, '0123456789.-—长期', alphabet).filter(({ x }) => x > (label?.x ?? -Infinity));
    const period = validity(glyphs.map(({ character }) => character).join(''));
    if (period === null) continue;
    const confidence = confidenceOf(glyphs);
    return { from: { value: period.from, confidence }, to: { value: period.to, confidence }, index };
  }
  return null;
}

/** The authority: what stands right of its label, and wraps until the period of validity. */
function readAuthority(rows: readonly Row[], periodIndex: number): ReadText | null {
  const above = rows.slice(0, periodIndex);
  let at = above.findIndex(({ text }) => /签发|机关/.test(text));
  if (at < 0) at = above.findIndex(({ text }) => /公安|分局$|局$/.test(text));
  if (at < 0) return null;
  const label =
    above.map((row) => lastGlyph(row, /机关/) ?? lastGlyph(row, /^.{0,3}关/)).find((glyph) => glyph !== null) ?? null;
  const title = above.map(({ text }) => /身份证|中华|共和国/.test(text)).lastIndexOf(true);
  // A long name is centred about its label in two rows, or begins beside it.
  const first = at - 1 > title && isBeside(above[at - 1], above[at]) ? at - 1 : at;
  const glyphs = above
    .slice(first)
    .flatMap((row) => row.glyphs)
    .filter(({ x, character }) => x > (label?.x ?? -Infinity) && han.test(character));
  return readSolid(glyphs);
}

/** Whether a row stands close above another one. */
const isBeside = (row: Row | undefined, other: Row | undefined): boolean =>
  row !== undefined && other !== undefined && other.y - row.y < 1.6 * other.height;
