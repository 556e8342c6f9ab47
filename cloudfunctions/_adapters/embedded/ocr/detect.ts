import { direction, mapQuad, quadHeight, quadWidth, type Point, type Quad } from '../image/geometry';
import { resize, type Raster } from '../image/raster';
import { bgrPlanes, type Network, type Normalisation } from '../network';
import { smallestRectangle, turnTowards } from './rectangle';

// Post-processing of differentiable binarisation (Liao et al. 2020), with the settings that PP-OCRv4's own configuration uses.
const pixelThreshold = 0.3;
const regionThreshold = 0.5;
const growth = 1.6;
const minimumPixels = 12;

/** Sides must be multiples of the network's stride. */
const stride = 32;

/** ImageNet statistics in bytes. PP-OCR applies them to BGR in the order in which they are published for RGB. */
const normalisation: Normalisation = {
  shift: [0.485 * 255, 0.456 * 255, 0.406 * 255],
  scale: [0.229 * 255, 0.224 * 255, 0.225 * 255],
};

/**
 * Finds lines of text.
 *
 * @param longSide the picture is looked at in a size whose longer side has about this many pixels
 * @returns a quad a line, in pixels of the raster, each read along its longer side and, of those two ways, towards the right
 */
export async function detectText(network: Network, raster: Raster, longSide: number): Promise<Quad[]> {
  const ratio = Math.min(1, longSide / Math.max(raster.width, raster.height));
  const fit = (side: number): number => Math.max(stride, Math.round((side * ratio) / stride) * stride);
  const width = fit(raster.width);
  const height = fit(raster.height);
  const small = await resize(raster, width, height);
  const [map] = await network(bgrPlanes(small, normalisation), [1, 3, height, width]);
  if (map === undefined) return [];
  const toRaster = ({ x, y }: Point): Point => ({
    x: (x * raster.width) / width - 0.5,
    y: (y * raster.height) / height - 0.5,
  });
  return textRegions(map.data, width, height).map((quad) => alongLine(mapQuad(quad, toRaster)));
}

function alongLine(quad: Quad): Quad {
  const along = quadWidth(quad) >= quadHeight(quad) ? direction(quad) : direction(quad) + Math.PI / 2;
  const towardsRight = Math.cos(along) < -1e-9 ? along + Math.PI : along;
  return turnTowards(quad, towardsRight);
}

/** Connected regions of a probability map, as grown rectangles. Coordinates are pixel edges: 0 … width, 0 … height. */
function textRegions(map: Float32Array, width: number, height: number): Quad[] {
  const seen = new Uint8Array(width * height);
  const stack = new Int32Array(width * height);
  const quads: Quad[] = [];
  for (let start = 0; start < map.length; start++) {
    if (seen[start] === 1 || (map[start] ?? 0) <= pixelThreshold) continue;
    const spans = new Map<number, { from: number; to: number }>();
    let [depth, pixels, sum] = [0, 0, 0];
    stack[depth++] = start;
    seen[start] = 1;
    while (depth > 0) {
      const at = stack[--depth] ?? 0;
      const y = Math.floor(at / width);
      const x = at - y * width;
      pixels++;
      sum += map[at] ?? 0;
      const span = spans.get(y);
      if (span === undefined) spans.set(y, { from: x, to: x });
      else if (x < span.from) span.from = x;
      else if (x > span.to) span.to = x;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const next = ny * width + nx;
          if (seen[next] === 1 || (map[next] ?? 0) <= pixelThreshold) continue;
          seen[next] = 1;
          stack[depth++] = next;
        }
      }
    }
    if (pixels < minimumPixels || sum / pixels < regionThreshold) continue;
    const quad = smallestRectangle(corners(spans), (w, h) => (w * h * growth) / (2 * (w + h)));
    if (quad !== null) quads.push(quad);
  }
  return quads;
}

function corners(spans: ReadonlyMap<number, { from: number; to: number }>): Point[] {
  return [...spans].flatMap(([y, { from, to }]) => [
    { x: from, y },
    { x: to + 1, y },
    { x: from, y: y + 1 },
    { x: to + 1, y: y + 1 },
  ]);
}
