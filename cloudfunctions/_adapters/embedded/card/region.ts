import { direction, type Point, type Quad } from '../image/geometry';
import { apply, inverse, rectangleToQuad } from '../image/transform';
import type { Alphabet } from '../ocr/alphabet';
import { decode } from '../ocr/ctc';
import type { TextLine } from '../ocr/recognise';
import { cardAspect } from './outline';
import { along, glyphsOf, type Glyph } from './rows';

/**
 * Print whose place on the card is fixed: the middles of its first and last character, as shares of the card's width, and its height as
 * a share of the card's. The card's standard layout (GA 450) has both at the foot.
 */
const anchors = [
  { from: 0.345, to: 0.915, y: 0.89, form: /^\d{17}[\dX]$/, allowed: '0123456789X' },
  { from: 0.405, to: 0.75, y: 0.89, form: /^\d{4}\.\d{2}\.\d{2}-\d{4}\.\d{2}\.\d{2}$/, allowed: '0123456789.-' },
] as const;

/** The reckoning is right to about this share of the card's sides. */
export const tolerance = 0.04;

/**
 * Where the card lies in a picture that shows other print too, reckoned from the identity number or the period of validity.
 *
 * @returns null when neither can be read
 */
export function reckonCard(lines: readonly TextLine[], alphabet: Alphabet): Quad | null {
  for (const anchor of anchors) {
    for (const line of lines) {
      const glyphs = glyphsOf(line, decode(line.steps, alphabet, anchor.allowed));
      const text = glyphs.map(({ character }) => character).join('');
      const [first, last] = [glyphs[0], glyphs.at(-1)];
      if (anchor.form.test(text) && first !== undefined && last !== undefined) {
        return cardAround(line, first, last, anchor);
      }
    }
  }
  return null;
}

function cardAround(line: TextLine, first: Glyph, last: Glyph, anchor: (typeof anchors)[number]): Quad {
  const angle = direction(line.quad);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const width = (last.x - first.x) / c / (anchor.to - anchor.from);
  const height = width / cardAspect;
  const start = along(line, 0);
  const origin = { x: first.x, y: start.y + Math.tan(angle) * (first.x - start.x) };
  const place = (across: number, down: number): Point => {
    const [x, y] = [(across - anchor.from) * width, (down - anchor.y) * height];
    return { x: origin.x + x * c - y * s, y: origin.y + x * s + y * c };
  };
  const [near, far] = [-tolerance, 1 + tolerance];
  return [place(near, near), place(far, near), place(far, far), place(near, far)];
}

/** Whether a place lies in a quad, drawn in on all sides by a share of them. */
export function isInside(quad: Quad, point: Point, inset: number): boolean {
  const toUnit = inverse(rectangleToQuad(1, 1, quad));
  if (toUnit === null) return false;
  const { x, y } = apply(toUnit, point);
  const half = 0.5 - inset;
  return x > -half && x < half && y > -half && y < half;
}
