import type { Raster } from '../image/raster';
import { inverse, similarity } from '../image/transform';
import { warp } from '../image/warp';
import { bgrPlanes, uniform, type Network } from '../network';
import type { FacePoints } from './landmarks';

/** Side in pixels of an aligned face. */
const alignedSide = 112;

/** Where the five points come to lie: the template of ArcFace (Deng et al. 2019), which the network was trained with. */
const template = [
  { x: 38.2946, y: 51.6963 },
  { x: 73.5318, y: 51.5014 },
  { x: 56.0252, y: 71.7366 },
  { x: 41.5493, y: 92.3655 },
  { x: 70.7299, y: 92.2041 },
];

/** Turns, scales and shifts a face into the template. @returns null when the points coincide */
export function alignFace(raster: Raster, points: FacePoints): Raster | null {
  const { leftEye, rightEye, nose, leftMouth, rightMouth } = points;
  const toRaster = inverse(similarity([leftEye, rightEye, nose, leftMouth, rightMouth], template));
  return toRaster === null ? null : warp(raster, toRaster, alignedSide, alignedSide, 'black');
}

/** Measures an aligned face. @returns 512 numbers of unit length */
export async function embedFace(network: Network, aligned: Raster): Promise<Float32Array> {
  const [output] = await network(bgrPlanes(aligned, uniform(127, 128)), [1, 3, alignedSide, alignedSide]);
  const raw = output?.data ?? new Float32Array();
  const length = Math.hypot(...raw);
  return raw.map((value) => value / (length === 0 ? 1 : length));
}

/**
 * How alike two faces are: −1 to 1, the cosine of the angle between their embeddings. On 8 million pairs of different East Asian
 * persons it is above 0.55 once in ten thousand, above 0.42 once in 280.
 *
 * @param a of unit length
 * @param b of unit length, as many numbers
 */
export function cosineSimilarity(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
