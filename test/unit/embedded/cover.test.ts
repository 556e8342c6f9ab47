import fc from 'fast-check';
import { cover } from '../../../cloudfunctions/_adapters/embedded/image/cover';
import { rectangle } from '../../../cloudfunctions/_adapters/embedded/image/geometry';
import type { Raster } from '../../../cloudfunctions/_adapters/embedded/image/raster';

/** A light picture with dark print in a box. */
const printed = (
  width: number,
  height: number,
  box: { x: number; y: number; width: number; height: number },
): Raster => {
  const data = new Uint8Array(width * height * 3).fill(200);
  for (let y = box.y; y < box.y + box.height; y++)
    data.fill(10, (y * width + box.x) * 3, (y * width + box.x + box.width) * 3);
  return { data, width, height };
};

describe('covering print', () => {
  const boxes = fc.record({
    x: fc.nat(20),
    y: fc.nat(20),
    width: fc.integer({ min: 1, max: 10 }),
    height: fc.integer({ min: 1, max: 8 }),
  });

  it('leaves none of it, wherever it stands, and the rest as it was', () => {
    fc.assert(
      fc.property(boxes, (box) => {
        const picture = printed(32, 32, box);
        const covered = cover(picture, [rectangle(box.x, box.y, box.width, box.height)]);
        expect(new Set(covered.data)).toEqual(new Set([200]));
        expect(picture).toEqual(printed(32, 32, box));
      }),
    );
  });

  it('goes on from what stands above to what stands below', () => {
    const data = Uint8Array.from([0, 90, 90, 90, 90, 90, 120].flatMap((grey) => [grey, grey, grey]));
    const covered = cover({ data, width: 1, height: 7 }, [rectangle(0, 2, 1, 2)]);
    const column = [...covered.data].filter((_, at) => at % 3 === 0);
    expect([column[0], column.at(-1)]).toEqual([0, 120]);
    expect(column).toEqual([...column].sort((one, other) => one - other));
    expect(new Set(column).size).toBe(7);
  });

  it.each([
    ['beside the picture', rectangle(40, 40, 5, 5)],
    ['all over it', rectangle(-10, -10, 99, 99)],
    ['of no height', rectangle(3, 3, 4, 0)],
  ])('takes a box %s', (_, box) => {
    expect(cover(printed(32, 32, { x: 2, y: 2, width: 3, height: 3 }), [box]).data).toHaveLength(32 * 32 * 3);
  });
});
