import { centre, direction, midpoint, quadHeight, quadWidth, type Point } from '../image/geometry';
import type { Emission } from '../ocr/ctc';
import type { TextLine } from '../ocr/recognise';
import { han } from './script';

/** A character and its place on the card. */
export interface Glyph {
  readonly character: string;
  readonly probability: number;
  readonly x: number;
  readonly line: TextLine;
  readonly emission: Emission;
}

/** What stands at one height of the card, from left to right. */
export interface Row {
  readonly glyphs: readonly Glyph[];
  /** One UTF-16 unit a glyph. */
  readonly text: string;
  readonly lines: readonly TextLine[];
  readonly y: number;
  readonly height: number;
}

/** Text that runs more askew than this, in radians, is no print of the card's: stamps, watermarks, the desk's. */
const maximumSlant = 0.25;

/** Marks that specimens carry across their print. */
const specimen = /样\s?[卡本张]|SAMPLE|SPECIMEN/i;

/** Lines are of one row when their heights on the card differ by less than this share of the smaller one's height. */
const sameRow = 0.55;

/** A Chinese character whose middle is nearer to the line's left end than this share of its height belongs to what stands before the line. */
const cutGlyph = 0.2;

/** A line whose characters are less probable than this on average is no text. The setting is PP-OCR's own. */
const legible = 0.5;

/** Sorts lines of text into rows from top to bottom. */
export function toRows(lines: readonly TextLine[]): Row[] {
  const groups: TextLine[][] = [];
  const level = lines.filter(
    (line) =>
      Math.abs(direction(line.quad)) < maximumSlant && meanProbability(line) > legible && !specimen.test(textOf(line)),
  );
  for (const line of [...level].sort((a, b) => quadWidth(b.quad) - quadWidth(a.quad))) {
    const group = groups.find((members) => members.some((other) => abreast(other, line)));
    if (group === undefined) groups.push([line]);
    else group.push(line);
  }
  return groups.map(toRow).sort((a, b) => a.y - b.y);
}

/** The middle of the line's left (0) to right (1) end. */
export function along({ quad }: TextLine, position: number): Point {
  const from = midpoint(quad[0], quad[3]);
  const to = midpoint(quad[1], quad[2]);
  return { x: from.x + (to.x - from.x) * position, y: from.y + (to.y - from.y) * position };
}

/** Whether a shorter line stands beside a longer one, on its prolonged middle. */
function abreast(long: TextLine, short: TextLine): boolean {
  const [a, b] = [centre(long.quad), centre(short.quad)];
  const expected = a.y + Math.tan(direction(long.quad)) * (b.x - a.x);
  const overlap = Math.min(along(long, 1).x, along(short, 1).x) - Math.max(along(long, 0).x, along(short, 0).x);
  const height = Math.min(quadHeight(long.quad), quadHeight(short.quad));
  return Math.abs(b.y - expected) < sameRow * height && overlap < 0.5 * quadWidth(short.quad);
}

function toRow(lines: readonly TextLine[]): Row {
  const ordered = [...lines].sort((a, b) => along(a, 0).x - along(b, 0).x);
  const glyphs = ordered.flatMap((line) => glyphsOf(line, line.emissions));
  const heights = ordered.map((line) => quadHeight(line.quad));
  const left = ordered[0];
  return {
    glyphs,
    text: glyphs.map(({ character }) => (character.length === 1 ? character : '〓')).join(''),
    lines: ordered,
    y: left === undefined ? 0 : along(left, 0).y,
    height: heights.reduce((sum, height) => sum + height, 0) / Math.max(1, heights.length),
  };
}

/** The characters of a line other than spaces, each with its place. */
export function glyphsOf(line: TextLine, emissions: readonly Emission[]): Glyph[] {
  const left = along(line, 0).x;
  const height = quadHeight(line.quad);
  return emissions.flatMap((emission) => {
    const { character, probability, from, to } = emission;
    const x = along(line, line.position((from + to - 1) / 2)).x;
    const isCut = x - left < cutGlyph * height && han.test(character);
    return character.trim() === '' || isCut ? [] : [{ character, probability, x, line, emission }];
  });
}

/** What was read of a line, spaces included. */
export const textOf = (line: TextLine): string => line.emissions.map(({ character }) => character).join('');

const meanProbability = ({ emissions }: TextLine): number =>
  emissions.reduce((sum, { probability }) => sum + probability, 0) / Math.max(1, emissions.length);
