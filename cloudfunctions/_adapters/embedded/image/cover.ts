import { bounds, quadHeight, type Quad } from './geometry';
import type { Raster } from './raster';

/** How far beyond its box print is covered, as a share of its height: boxes are drawn tightly. */
const margin = 0.25;

/** A copy of the picture in which print is covered: each column of a box is filled with what stands just above and below it. */
export function cover(raster: Raster, print: readonly Quad[]): Raster {
  const covered = { ...raster, data: Uint8Array.from(raster.data) };
  for (const quad of print) fill(covered, quad);
  return covered;
}

function fill({ data, width, height }: Raster, quad: Quad): void {
  const { left, top, right, bottom } = bounds(quad);
  const room = margin * quadHeight(quad);
  const [firstX, lastX] = [Math.max(0, Math.floor(left - room)), Math.min(width - 1, Math.ceil(right + room))];
  const [firstY, lastY] = [Math.max(0, Math.floor(top - room)), Math.min(height - 1, Math.ceil(bottom + room))];
  if (firstY > lastY) return;
  const at = (x: number, y: number): number => (y * width + x) * 3;
  for (let x = firstX; x <= lastX; x++) {
    // At the picture's edge only one side is left to go by.
    const above = at(x, firstY > 0 ? firstY - 1 : Math.min(height - 1, lastY + 1));
    const below = at(x, lastY < height - 1 ? lastY + 1 : Math.max(0, firstY - 1));
    for (let channel = 0; channel < 3; channel++) {
      const [from, to] = [data[above + channel] ?? 0, data[below + channel] ?? 0];
      for (let y = firstY; y <= lastY; y++) {
        const share = (y - firstY + 1) / (lastY - firstY + 2);
        data[at(x, y) + channel] = Math.round(from + share * (to - from));
      }
    }
  }
}
