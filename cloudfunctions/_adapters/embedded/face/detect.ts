import { resize, type Raster } from '../image/raster';
import { bgrPlanes, uniform, type Network } from '../network';

/** An upright box about a face, in pixels of the raster, from the brow to the chin. */
export interface FaceBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly score: number;
}

// UltraFace RFB-320: one fixed input size, boxes in shares of it.
const inputWidth = 320;
const inputHeight = 240;
const normalisation = uniform(127, 128);
const minimumScore = 0.65;

/** Boxes that overlap more than this, as intersection over union, are of one face. */
const sameFace = 0.4;

/** Finds faces, the surest first. */
export async function detectFaces(network: Network, raster: Raster): Promise<FaceBox[]> {
  const scale = Math.max(raster.width / inputWidth, raster.height / inputHeight);
  const width = Math.max(1, Math.round(raster.width / scale));
  const height = Math.max(1, Math.round(raster.height / scale));
  const view = framed(await resize(raster, width, height));
  const [scores, boxes] = await network(bgrPlanes(view, normalisation), [1, 3, inputHeight, inputWidth]);
  if (scores === undefined || boxes === undefined) return [];
  const found: FaceBox[] = [];
  for (let i = 0; i * 2 + 1 < scores.data.length; i++) {
    const score = scores.data[i * 2 + 1] ?? 0;
    if (score <= minimumScore) continue;
    const [left = 0, top = 0, right = 0, bottom = 0] = boxes.data.subarray(i * 4, i * 4 + 4);
    const x = left * inputWidth * scale;
    const y = top * inputHeight * scale;
    found.push({ x, y, width: right * inputWidth * scale - x, height: bottom * inputHeight * scale - y, score });
  }
  return strongestOfEach(found);
}

/** Lays the view into the upper left of the network's frame, the rest grey: squeezing would widen faces and shift their boxes. */
function framed(view: Raster): Raster {
  const data = new Uint8Array(inputWidth * inputHeight * 3).fill(127);
  for (let y = 0; y < view.height; y++) {
    data.set(view.data.subarray(y * view.width * 3, (y + 1) * view.width * 3), y * inputWidth * 3);
  }
  return { data, width: inputWidth, height: inputHeight };
}

function strongestOfEach(boxes: readonly FaceBox[]): FaceBox[] {
  const kept: FaceBox[] = [];
  for (const box of [...boxes].sort((a, b) => b.score - a.score)) {
    if (kept.every((other) => overlap(other, box) <= sameFace)) kept.push(box);
  }
  return kept;
}

function overlap(a: FaceBox, b: FaceBox): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared / (a.width * a.height + b.width * b.height - shared);
}
