import type { Raster } from './raster';
import { apply, type Transform } from './transform';

/** What lies beyond the border: the nearest pixel of the border, or black. */
export type Beyond = 'border' | 'black';

/** More samples a side than this cost time and no longer change a reading. */
const maximumSamples = 4;

/**
 * Draws a picture whose pixels are looked up in another one: bilinear, averaged over a grid of samples where the map shrinks, so that fine
 * print does not alias.
 *
 * @param toSource maps a pixel of the result to a place in the source
 */
export function warp(source: Raster, toSource: Transform, width: number, height: number, beyond: Beyond): Raster {
  const out = new Uint8Array(width * height * 3);
  const samples = samplesPerSide(toSource, width, height);
  const share = 1 / (samples * samples);
  const [t0, t1, t2, t3, t4, t5, t6, t7] = toSource;
  const sum = new Float64Array(3);
  for (let y = 0, o = 0; y < height; y++) {
    for (let x = 0; x < width; x++, o += 3) {
      sum.fill(0);
      for (let k = 0; k < samples * samples; k++) {
        const px = x + ((k % samples) + 0.5) / samples - 0.5;
        const py = y + (Math.floor(k / samples) + 0.5) / samples - 0.5;
        const w = t6 * px + t7 * py + 1;
        addSample(source, (t0 * px + t1 * py + t2) / w, (t3 * px + t4 * py + t5) / w, beyond, sum);
      }
      out[o] = (sum[0] ?? 0) * share + 0.5;
      out[o + 1] = (sum[1] ?? 0) * share + 0.5;
      out[o + 2] = (sum[2] ?? 0) * share + 0.5;
    }
  }
  return { data: out, width, height };
}

function samplesPerSide(toSource: Transform, width: number, height: number): number {
  const x = width / 2;
  const y = height / 2;
  const here = apply(toSource, { x, y });
  const right = apply(toSource, { x: x + 1, y });
  const below = apply(toSource, { x, y: y + 1 });
  const area = (right.x - here.x) * (below.y - here.y) - (right.y - here.y) * (below.x - here.x);
  const scale = Math.round(Math.sqrt(Math.abs(area)));
  return Math.min(maximumSamples, Math.max(1, Number.isFinite(scale) ? scale : 1));
}

function addSample(source: Raster, x: number, y: number, beyond: Beyond, sum: Float64Array): void {
  const { data, width, height } = source;
  const dark = beyond === 'black';
  if (dark && !(x > -1 && y > -1 && x < width && y < height)) return;
  const sx = dark ? x : Math.min(Math.max(x, 0), width - 1);
  const sy = dark ? y : Math.min(Math.max(y, 0), height - 1);
  const column = Math.floor(sx);
  const row = Math.floor(sy);
  const right = sx - column;
  const below = sy - row;
  // Half outside, only when the beyond is black: the outer neighbour counts nothing, and the inner one is read in its stead.
  const w0 = column < 0 ? 0 : 1 - right;
  const w1 = column + 1 < width ? right : 0;
  const h0 = row < 0 ? 0 : 1 - below;
  const h1 = row + 1 < height ? below : 0;
  const x0 = Math.max(column, 0);
  const x1 = Math.min(column + 1, width - 1);
  const upper = Math.max(row, 0) * width;
  const lower = Math.min(row + 1, height - 1) * width;
  const a = (upper + x0) * 3;
  const b = (upper + x1) * 3;
  const c = (lower + x0) * 3;
  const d = (lower + x1) * 3;
  const wa = w0 * h0;
  const wb = w1 * h0;
  const wc = w0 * h1;
  const wd = w1 * h1;
  for (let k = 0; k < 3; k++) {
    const value = (data[a + k] ?? 0) * wa + (data[b + k] ?? 0) * wb + (data[c + k] ?? 0) * wc + (data[d + k] ?? 0) * wd;
    sum[k] = (sum[k] ?? 0) + value;
  }
}
