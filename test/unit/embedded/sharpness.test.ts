import fc from 'fast-check';
import { sharpness } from '../../../cloudfunctions/_adapters/embedded/face/sharpness';
import type { Raster } from '../../../cloudfunctions/_adapters/embedded/image/raster';

const side = 32;

/** A grey picture from a level for each pixel. */
const grey = (level: (x: number, y: number) => number): Raster => ({
  data: Uint8Array.from({ length: side * side * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return level(pixel % side, Math.floor(pixel / side));
  }),
  width: side,
  height: side,
});

const board = (period: number, contrast: number): Raster =>
  grey((x, y) => 128 + ((Math.floor(x / period) + Math.floor(y / period)) % 2 === 0 ? contrast : -contrast));

describe('the sharpness of a picture', () => {
  it('is nothing for an even one, and for an even slope', () => {
    fc.assert(
      fc.property(fc.nat(255), (level) => {
        expect(sharpness(grey(() => level))).toBe(0);
      }),
    );
    expect(sharpness(grey((x) => 4 * x))).toBeCloseTo(0, 3);
  });

  it('rises with finer detail', () => {
    expect(sharpness(board(1, 60))).toBeGreaterThan(2 * sharpness(board(4, 60)));
    expect(sharpness(board(4, 60))).toBeGreaterThan(1.5 * sharpness(board(8, 60)));
  });

  it('does not depend on how dark the picture is', () => {
    expect(sharpness(board(4, 90)) / sharpness(board(4, 30))).toBeCloseTo(1, 1);
  });
});
