import type { ReadText } from '../../../_core/proofing/ports';
import type { Alphabet } from '../ocr/alphabet';
import { decode, likelihood } from '../ocr/ctc';
import type { TextLine } from '../ocr/recognise';
import { glyphsOf, type Glyph, type Row } from './rows';
import { han } from './script';
import { median } from '../image/geometry';

/** Text and confidence of some glyphs: the mean of their probabilities. @returns null for none */
export function readGlyphs(glyphs: readonly Glyph[]): ReadText | null {
  if (glyphs.length === 0) return null;
  const value = glyphs.map(({ character }) => character).join('');
  return { value, confidence: confidenceOf(glyphs) };
}

/** Neighbours further apart than this many times the usual distance have lost something between them. */
const gap = 1.75;

/** Confidence of print in which something is missing, whatever the confidence of what is left. */
const gappyConfidence = 0.3;

/** Like `readGlyphs`, for print that is set without spaces: a gap, as glare leaves it, takes the confidence away. */
export function readSolid(glyphs: readonly Glyph[]): ReadText | null {
  const read = readGlyphs(glyphs);
  const steps = glyphs.flatMap((glyph, i) => {
    const next = glyphs[i + 1];
    // Going back to the left begins a new row.
    return next === undefined || next.x <= glyph.x ? [] : [{ glyph, next, distance: next.x - glyph.x }];
  });
  const usual = median(steps.flatMap(({ glyph, next, distance }) => (isHan(glyph) && isHan(next) ? [distance] : [])));
  const hasGap = usual > 0 && steps.some(({ distance }) => distance > gap * usual);
  return read !== null && hasGap ? { ...read, confidence: Math.min(read.confidence, gappyConfidence) } : read;
}

const isHan = ({ character }: Glyph): boolean => han.test(character);

export const confidenceOf = (glyphs: readonly Glyph[]): number =>
  glyphs.reduce((sum, { probability }) => sum + probability, 0) / Math.max(1, glyphs.length);

/** Reads a row again as if it could only hold the given characters; all others are passed over. */
export const readOnly = (row: Row, allowed: string, alphabet: Alphabet): Glyph[] =>
  row.lines.flatMap((line) => glyphsOf(line, decode(line.steps, alphabet, allowed)));

/** A part of a line: steps `from` … `to`, exclusive. */
export interface Segment {
  readonly line: TextLine;
  readonly from: number;
  readonly to: number;
}

/** The part of a row between two of its glyphs, both exclusive; null stands for the row's end. */
export function between(row: Row, after: Glyph | null, before: Glyph | null): Segment[] {
  return row.lines.flatMap((line) => {
    const glyphs = row.glyphs.filter((glyph) => glyph.line === line);
    const [first, last] = [glyphs[0], glyphs.at(-1)];
    if (first === undefined || last === undefined) return [];
    // A line that ends with the first glyph, or begins with the last one, holds nothing between them.
    if (after !== null && last.x <= after.x) return [];
    if (before !== null && first.x >= before.x) return [];
    const from = after?.line === line ? after.emission.to : 0;
    const to = before?.line === line ? before.emission.from : line.steps.count;
    return from < to ? [{ line, from, to }] : [];
  });
}

/** The runner-up must be this many times less likely, or the choice is left open. */
const decisive = 20;

/** Below this probability a character nothing was really read, whatever is likeliest among the choices. */
const minimumPerCharacter = 0.02;

/**
 * Which of the given texts a part of a line spells. Its confidence is the probability that it is this one, given that it is one of them.
 *
 * @returns null when none does, or two of them about as well, or when it holds a character that the alphabet lacks
 */
export function choose(segment: Segment, texts: readonly string[], alphabet: Alphabet): ReadText | null {
  const ranked = texts
    .map((value) => ({ value, p: likelihood(segment.line.steps, segment.from, segment.to, value, alphabet) }))
    .sort((a, b) => b.p - a.p);
  const [best, second] = ranked;
  if (best === undefined || best.p < decisive * (second?.p ?? 0)) return null;
  if (best.p < minimumPerCharacter ** best.value.length || !isSpelt(best.value, alphabet)) return null;
  return { value: best.value, confidence: best.p / ranked.reduce((sum, { p }) => sum + p, 0) };
}

/** Whether the network can tell all characters of a text from others. Of the ethnic names it cannot write 仫. */
const isSpelt = (text: string, alphabet: Alphabet): boolean =>
  Array.from(text).every((character) => alphabet.classes.has(character));
