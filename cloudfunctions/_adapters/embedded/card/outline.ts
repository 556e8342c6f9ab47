import { bounds, distance, quadHeight, quadWidth, type Point, type Quad } from '../image/geometry';
import type { Raster } from '../image/raster';
import { apply, type Transform } from '../image/transform';
import { warp } from '../image/warp';
import { strongestLines, type EdgeLine } from './edge-lines';

/** Width to height of an ID-1 card (ISO/IEC 7810: 85.60 mm × 53.98 mm). */
export const cardAspect = 85.6 / 53.98;

/** How far beyond the text the card's sides are looked for, as a share of the text's extent: the back prints little near its left side. */
const reach = { across: 0.7, down: 0.5 } as const;

/** A share of each side must stand out as an edge, and all four together more. */
const minimumSide = 0.4;
const minimumSides = 2.6;

/** Perspective may stretch a card by this factor. */
const maximumStretch = 1.35;

/** Longer side, in pixels, of the view in which the sides are looked for. */
const viewSide = 560;

/**
 * Finds the four corners of a card around its text: the straight edges that best close a rectangle of the card's proportions.
 *
 * @param quads the lines of text, in pixels of the raster
 * @param angle the direction in which the text is read
 * @returns null when no such rectangle stands out, as with a white card on a white table
 */
export function findOutline(raster: Raster, quads: readonly Quad[], angle: number): Quad | null {
  const turn: Transform = [Math.cos(angle), -Math.sin(angle), 0, Math.sin(angle), Math.cos(angle), 0, 0, 0, 1];
  const back: Transform = [Math.cos(angle), Math.sin(angle), 0, -Math.sin(angle), Math.cos(angle), 0, 0, 0, 1];
  const level = (point: Point): Point => apply(back, point);
  const text = bounds(quads.flatMap((quad) => quad.map(level)));
  const [across, down] = [(text.right - text.left) * reach.across, (text.bottom - text.top) * reach.down];
  const left = text.left - across;
  const top = text.top - down;
  const [width, height] = [text.right + across - left, text.bottom + down - top];
  if (!(width > 8 && height > 8)) return null;
  const scale = Math.max(1, Math.max(width, height) / viewSide);
  const [c, s] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  const origin = apply(turn, { x: left, y: top });
  const toRaster: Transform = [c, -s, origin.x, s, c, origin.y, 0, 0, 1];
  const view = warp(raster, toRaster, Math.round(width / scale), Math.round(height / scale), 'border');
  const within = {
    left: across / scale,
    right: (width - across) / scale,
    top: down / scale,
    bottom: (height - down) / scale,
  };
  const sides = strongestLines(view, within);
  const outline = bestRectangle(sides);
  return outline === null
    ? null
    : [
        apply(toRaster, outline[0]),
        apply(toRaster, outline[1]),
        apply(toRaster, outline[2]),
        apply(toRaster, outline[3]),
      ];
}

function bestRectangle(sides: Readonly<Record<'left' | 'right' | 'top' | 'bottom', readonly EdgeLine[]>>): Quad | null {
  let best: { quad: Quad; score: number } | null = null;
  for (const top of sides.top) {
    for (const bottom of sides.bottom) {
      for (const left of sides.left) {
        for (const right of sides.right) {
          const strengths = [top.strength, bottom.strength, left.strength, right.strength];
          const sum = strengths.reduce((total, strength) => total + strength, 0);
          if (Math.min(...strengths) < minimumSide || sum < minimumSides) continue;
          const quad: Quad = [cross(top, left), cross(top, right), cross(bottom, right), cross(bottom, left)];
          const misfit = proportionMisfit(quad);
          if (misfit > Math.log(maximumStretch)) continue;
          const score = sum - 2 * misfit;
          if (best === null || score > best.score) best = { quad, score };
        }
      }
    }
  }
  return best?.quad ?? null;
}

/** Where a nearly level line y = at + slope·x and a nearly upright one x = at + slope·y meet. */
function cross(level: EdgeLine, upright: EdgeLine): Point {
  const x = (upright.at + upright.slope * level.at) / (1 - upright.slope * level.slope);
  return { x, y: level.at + level.slope * x };
}

/** How far the proportions and the lengths of opposite sides are from a card's, as the logarithm of a factor. */
function proportionMisfit(quad: Quad): number {
  const aspect = Math.abs(Math.log(quadWidth(quad) / quadHeight(quad) / cardAspect));
  const rows = Math.abs(Math.log(distance(quad[0], quad[1]) / distance(quad[3], quad[2])));
  const columns = Math.abs(Math.log(distance(quad[0], quad[3]) / distance(quad[1], quad[2])));
  return Math.max(aspect, rows, columns);
}
