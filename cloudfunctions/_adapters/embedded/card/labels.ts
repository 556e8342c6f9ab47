import type { Glyph, Row } from './rows';

/** How far a row of print resembles a label: the share of the label's characters found in their order. */
function resemblance(text: string, label: string): number {
  let found = 0;
  let from = 0;
  for (const character of label) {
    const at = text.indexOf(character, from);
    if (at < 0) continue;
    found++;
    from = at + 1;
  }
  return found / label.length;
}

/** Resemblance from which a long label counts as read; 居民身份证 and 公民身份号码 resemble each other by 0.6. */
const legible = 0.7;

/** Whether one of the rows holds a label, of which about one character in four may be misread. */
export const holds = (rows: readonly Row[], label: string): boolean =>
  rows.some(({ text }) => resemblance(text, label) >= legible);

/** Print of other documents that also bear names and identity numbers. */
const foreign = /驾驶|行驶|社会保障|社保|医疗|护照|通行|居留|居住证|户口|学生|军官|营业执照|银行/;

/** Whether the print is another document's. */
export const isForeign = (rows: readonly Row[]): boolean => rows.some(({ text }) => foreign.test(text));

/** The glyph of a row at the last character of a match. */
export function lastGlyph(row: Row, pattern: RegExp): Glyph | null {
  const match = pattern.exec(row.text);
  return match === null ? null : (row.glyphs[match.index + match[0].length - 1] ?? null);
}
