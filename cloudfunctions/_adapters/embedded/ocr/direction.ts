import { direction, quadHeight, quadWidth, type Quad } from '../image/geometry';
import type { Raster } from '../image/raster';
import { bgrPlanes, type Network } from '../network';
import { cutLine, lineHeight, lineNormalisation } from './recognise';
import { turnTowards } from './rectangle';

/** Width in pixels of what the orientation net looks at. */
const viewWidth = 192;

/** Lines that are asked; the longest tell most. */
const asked = 6;

/**
 * The direction in which most text runs, up to a half turn: the mean of the lines' own, the long ones counting more.
 *
 * @returns radians, 0 to the right and π/2 down; 0 without lines
 */
export function baseline(quads: readonly Quad[]): number {
  // Doubling the angles makes a line and its reverse the same; a mean of unit vectors has no seam.
  let [x, y] = [0, 0];
  for (const quad of quads) {
    const weight = quadWidth(quad) * Math.max(0, quadWidth(quad) / Math.max(1, quadHeight(quad)) - 1);
    x += weight * Math.cos(2 * direction(quad));
    y += weight * Math.sin(2 * direction(quad));
  }
  const rough = Math.atan2(y, x) / 2;
  const near = quads.filter((quad) => Math.abs(Math.sin(direction(quad) - rough)) < 0.3);
  [x, y] = [0, 0];
  for (const quad of near) {
    x += quadWidth(quad) * Math.cos(2 * (direction(quad) - rough));
    y += quadWidth(quad) * Math.sin(2 * (direction(quad) - rough));
  }
  return rough + Math.atan2(y, x) / 2;
}

/** How sure the orientation net is, 0 … 1, that the lines stand on their heads when read in a direction. */
export async function upsideDown(
  network: Network,
  raster: Raster,
  quads: readonly Quad[],
  angle: number,
): Promise<number> {
  const longest = [...quads].sort((a, b) => quadWidth(b) - quadWidth(a)).slice(0, asked);
  let sum = 0;
  for (const quad of longest) {
    const line = cutLine(raster, turnTowards(quad, angle));
    const view = { data: leftPart(line), width: Math.min(line.width, viewWidth), height: lineHeight };
    const [output] = await network(bgrPlanes(view, lineNormalisation, viewWidth), [1, 3, lineHeight, viewWidth]);
    sum += output?.data[1] ?? 0;
  }
  return longest.length === 0 ? 0 : sum / longest.length;
}

function leftPart(line: Raster): Uint8Array {
  if (line.width <= viewWidth) return line.data;
  const part = new Uint8Array(viewWidth * lineHeight * 3);
  for (let y = 0; y < lineHeight; y++) {
    part.set(line.data.subarray(y * line.width * 3, (y * line.width + viewWidth) * 3), y * viewWidth * 3);
  }
  return part;
}
