import { quadHeight, quadWidth, type Quad } from '../image/geometry';
import type { Raster } from '../image/raster';
import { rectangleToQuad } from '../image/transform';
import { warp } from '../image/warp';
import { bgrPlanes, uniform, type Network } from '../network';
import type { Alphabet } from './alphabet';
import { decode, type Emission, type Steps } from './ctc';

/** Height in pixels of a line as PP-OCR's recogniser and orientation net take it. */
export const lineHeight = 48;

/** Bounds of the width that a line may have at that height; a longer one is squeezed. */
const minimumWidth = 16;
const maximumWidth = 1280;

/** Widths are filled up to multiples of this, so that the runtime sees few different shapes. */
const widthStep = 32;

/** Bytes to −1 … 1, as the recogniser and the orientation net want them. */
export const lineNormalisation = uniform(127.5, 127.5);

/** A line of text: where it is, and what the recogniser says of it. */
export interface TextLine {
  readonly quad: Quad;
  readonly emissions: readonly Emission[];
  readonly steps: Steps;
  /** Position of a step's middle along the line, 0 at its left end and 1 at its right end. */
  readonly position: (step: number) => number;
}

/** Cuts the line out of the picture, levelled and 48 pixels high. */
export function cutLine(raster: Raster, quad: Quad): Raster {
  const natural = (lineHeight * quadWidth(quad)) / Math.max(1, quadHeight(quad));
  const width = Math.round(Math.min(maximumWidth, Math.max(minimumWidth, natural)));
  return warp(raster, rectangleToQuad(width, lineHeight, quad), width, lineHeight, 'border');
}

/** Reads one line. */
export async function recogniseLine(
  network: Network,
  alphabet: Alphabet,
  raster: Raster,
  quad: Quad,
): Promise<TextLine> {
  const line = cutLine(raster, quad);
  const width = Math.ceil(line.width / widthStep) * widthStep;
  const [output] = await network(bgrPlanes(line, lineNormalisation, width), [1, 3, lineHeight, width]);
  const [, count = 0, classes = 0] = output?.shape ?? [];
  const steps: Steps = { probabilities: output?.data ?? new Float32Array(), count, classes };
  return {
    quad,
    emissions: decode(steps, alphabet),
    steps,
    position: (step) => ((step + 0.5) * width) / (count * line.width),
  };
}
