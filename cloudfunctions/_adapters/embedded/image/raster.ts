import sharp, { type Sharp } from 'sharp';

/** An 8-bit RGB picture in memory: three bytes a pixel, row by row. */
export interface Raster {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Wraps a raster for `sharp`, without copying. */
export function toSharp(raster: Raster): Sharp {
  const { data, width, height } = raster;
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Reads the pixels that a `sharp` pipeline yields; transparency is laid on white. */
export async function fromSharp(pipeline: Sharp): Promise<Raster> {
  const { data, info } = await pipeline
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Resizes to exactly width × height, averaging when shrinking. */
export function resize(raster: Raster, width: number, height: number): Promise<Raster> {
  return fromSharp(toSharp(raster).resize(width, height, { fit: 'fill', kernel: 'linear' }));
}

/** Grey levels 0 … 255 by the luma weights of ITU-R BT.601, which the networks were trained with. */
export function toGrey(raster: Raster): Float32Array {
  const { data } = raster;
  const grey = new Float32Array(raster.width * raster.height);
  for (let i = 0, o = 0; i < grey.length; i++, o += 3) {
    grey[i] = 0.299 * (data[o] ?? 0) + 0.587 * (data[o + 1] ?? 0) + 0.114 * (data[o + 2] ?? 0);
  }
  return grey;
}
