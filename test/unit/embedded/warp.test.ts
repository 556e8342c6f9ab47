import fc from 'fast-check';
import type { Raster } from '../../../cloudfunctions/_adapters/embedded/image/raster';
import { rectangle } from '../../../cloudfunctions/_adapters/embedded/image/geometry';
import { rectangleToQuad, type Transform } from '../../../cloudfunctions/_adapters/embedded/image/transform';
import { warp } from '../../../cloudfunctions/_adapters/embedded/image/warp';

const identity: Transform = [1, 0, 0, 0, 1, 0, 0, 0, 1];

const rasters = fc
  .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 })
      .map((data): Raster => ({ data, width, height })),
  );

describe('drawing a picture anew', () => {
  it('changes nothing under the identity', () => {
    fc.assert(
      fc.property(rasters, (raster) => {
        expect([...warp(raster, identity, raster.width, raster.height, 'border').data]).toEqual([...raster.data]);
      }),
    );
  });

  it('moves whole pixels without mixing them', () => {
    const raster = { data: Uint8Array.from([1, 2, 3, 40, 50, 60]), width: 2, height: 1 };
    const moved: Transform = [1, 0, 1, 0, 1, 0, 0, 0, 1];
    expect([...warp(raster, moved, 2, 1, 'border').data]).toEqual([40, 50, 60, 40, 50, 60]);
    expect([...warp(raster, moved, 2, 1, 'black').data]).toEqual([40, 50, 60, 0, 0, 0]);
  });

  it('averages where it shrinks, so that a fine grating turns grey and does not alias', () => {
    const side = 64;
    const data = Uint8Array.from({ length: side * side * 3 }, (_, i) => (Math.floor(i / 3) % 2 === 0 ? 0 : 255));
    const map = rectangleToQuad(16, 16, rectangle(-0.5, -0.5, side, side));
    const small = warp({ data, width: side, height: side }, map, 16, 16, 'border');
    expect(Math.min(...small.data)).toBeGreaterThan(120);
    expect(Math.max(...small.data)).toBeLessThan(136);
  });

  it('never leaves the range of a byte, wherever the map leads', () => {
    const number = fc.double({ noNaN: true, min: -1e6, max: 1e6 });
    fc.assert(
      fc.property(rasters, fc.tuple(number, number, number, number, number, number), (raster, [a, b, c, d, e, f]) => {
        const highest = Math.max(...raster.data);
        const out = warp(raster, [a, b, c, d, e, f, 0, 0, 1], 4, 4, 'border');
        expect(Math.max(...out.data)).toBeLessThanOrEqual(highest);
      }),
    );
  });
});
