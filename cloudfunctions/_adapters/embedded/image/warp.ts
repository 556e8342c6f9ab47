import type { Raster } from './raster';
import { apply, type Transform } from './transform';

/** What lies beyond the border: the nearest pixel of the border, or black. */
export type Beyond = 'border' | 'black';

/** More samples a side than this cost time and no longer change a reading. */
const maximumSamples = 4;

/**
 * Draws a picture whose pixels are looked up in another one: bilinear, averaged over a grid of samples where the map shrinks, so that
 * fine print does not alias.
 *
 * @param toSource maps a pixel of the result to a place in the source
 */
export function warp(source: Raster, toSource: Transform, width: number, height: number, beyond: Beyond): Raster {
  const samples = samplesPerSide(toSource, width, height);
  const fine = sampleGrid(source, toSource, width * samples, height * samples, samples, beyond);
  return samples === 1 ? fine : averageBlocks(fine, samples);
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

/** One bilinear sample a pixel; `samples` of them stand for one unit of the map. This loop takes most of the time spent outside of networks. */
function sampleGrid(
  source: Raster,
  [t0, t1, t2, t3, t4, t5, t6, t7]: Transform,
  width: number,
  height: number,
  samples: number,
  beyond: Beyond,
): Raster {
  const { data } = source;
  const stride = source.width * 3;
  const [lastX, lastY] = [source.width - 1, source.height - 1];
  const out = new Uint8Array(width * height * 3);
  for (let j = 0, o = 0; j < height; j++) {
    const py = (j + 0.5) / samples - 0.5;
    for (let i = 0; i < width; i++, o += 3) {
      const px = (i + 0.5) / samples - 0.5;
      const w = t6 * px + t7 * py + 1;
      let x = (t0 * px + t1 * py + t2) / w;
      let y = (t3 * px + t4 * py + t5) / w;
      if (!(x >= 0 && y >= 0 && x < lastX && y < lastY)) {
        if (beyond === 'black' && !(x >= -0.5 && y >= -0.5 && x <= lastX + 0.5 && y <= lastY + 0.5)) continue;
        x = x >= 0 ? Math.min(x, lastX) : 0;
        y = y >= 0 ? Math.min(y, lastY) : 0;
      }
      const column = Math.floor(x);
      const row = Math.floor(y);
      const [fx, fy] = [x - column, y - row];
      const a = row * stride + column * 3;
      const b = column < lastX ? a + 3 : a;
      const c = row < lastY ? a + stride : a;
      const d = b + c - a;
      const [wa, wb, wc, wd] = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy];
      for (let k = 0; k < 3; k++) {
        const upper = (data[a + k] ?? 0) * wa + (data[b + k] ?? 0) * wb;
        const lower = (data[c + k] ?? 0) * wc + (data[d + k] ?? 0) * wd;
        out[o + k] = upper + lower + 0.5;
      }
    }
  }
  return { data: out, width, height };
}

function averageBlocks(fine: Raster, side: number): Raster {
  const [width, height] = [fine.width / side, fine.height / side];
  const data = new Uint8Array(width * height * 3);
  const stride = fine.width * 3;
  const count = side * side;
  for (let y = 0, o = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let k = 0; k < 3; k++, o++) {
        let sum = 0;
        for (let j = 0; j < side; j++) {
          const from = (y * side + j) * stride + x * side * 3 + k;
          for (let i = 0; i < side; i++) sum += fine.data[from + i * 3] ?? 0;
        }
        data[o] = sum / count + 0.5;
      }
    }
  }
  return { data, width, height };
}
