import { rectangle, type Point } from '../image/geometry';
import { toGrey, type Raster } from '../image/raster';
import { rectangleToQuad } from '../image/transform';
import { warp } from '../image/warp';
import type { Network } from '../network';
import type { FaceBox } from './detect';

/** The five points by which faces are aligned, in pixels of the raster. "Left" is left in the picture. */
export interface FacePoints {
  readonly leftEye: Point;
  readonly rightEye: Point;
  readonly nose: Point;
  readonly leftMouth: Point;
  readonly rightMouth: Point;
}

const inputSide = 64;

/** Finds 68 points (the iBUG 300-W markup) in the box and sums them up as five. */
export async function findPoints(network: Network, raster: Raster, box: FaceBox): Promise<FacePoints> {
  const toRaster = rectangleToQuad(inputSide, inputSide, rectangle(box.x, box.y, box.width, box.height));
  const grey = toGrey(warp(raster, toRaster, inputSide, inputSide, 'black')).map((level) => level / 256);
  const [output] = await network(grey, [1, 1, inputSide, inputSide]);
  const point = (...indexes: number[]): Point => {
    let [x, y] = [0, 0];
    for (const index of indexes) {
      x += (output?.data[2 * index] ?? 0) / indexes.length;
      y += (output?.data[2 * index + 1] ?? 0) / indexes.length;
    }
    return { x: box.x + x * box.width, y: box.y + y * box.height };
  };
  return {
    leftEye: point(37, 38, 40, 41),
    rightEye: point(43, 44, 46, 47),
    nose: point(30),
    leftMouth: point(48, 60),
    rightMouth: point(54, 64),
  };
}
