import sharp from 'sharp';
import type { PictureFault } from '../../../_core/proofing/ports';
import { fromSharp, type Raster } from './raster';

/** Files above this are refused unread. Phones upload 1 to 5 MB. */
const maximumBytes = 8 * 1024 * 1024;

/** Pictures above this are refused by their header, before anything is decoded. Phones of 48 megapixels stay below it. */
const maximumPixels = 50_000_000;

/** A decoded picture, upright as its EXIF orientation says. */
export interface Picture {
  readonly raster: Raster;
  /** How many pixels of the uploaded picture one pixel of the raster stands for. */
  readonly scale: number;
}

export type Decoded = { readonly kind: 'picture'; readonly picture: Picture } | Fault;

interface Fault {
  readonly kind: 'fault';
  readonly fault: PictureFault;
}

const fault = (name: PictureFault): Fault => ({ kind: 'fault', fault: name });

/**
 * Decodes an untrusted JPEG, PNG or WebP file (of an animation the first frame), shrunk to fit.
 *
 * @param file as it was uploaded, under whatever name
 * @param longSide pixels that the longer side may have at most
 */
export async function decodePicture(file: Uint8Array, longSide: number): Promise<Decoded> {
  if (!hasPictureSignature(file)) return fault('not_an_image');
  if (file.byteLength > maximumBytes) return fault('picture_too_large');
  // 'error' refuses truncated and corrupt data, and lets pass the harmless oddities of phones' encoders.
  const source = sharp(file, { failOn: 'error', limitInputPixels: false, pages: 1, sequentialRead: true });
  const header = await source.metadata().catch(() => null);
  if (header === null) return fault('picture_damaged');
  if (header.width * header.height > maximumPixels) return fault('picture_too_large');
  try {
    const raster = await fromSharp(
      source.autoOrient().resize(longSide, longSide, { fit: 'inside', withoutEnlargement: true }),
    );
    return {
      kind: 'picture',
      picture: { raster, scale: Math.max(header.width, header.height) / Math.max(raster.width, raster.height) },
    };
  } catch {
    return fault('picture_damaged');
  }
}

/** Whether the first bytes are those of JPEG, PNG or WebP. Everything else would reach decoders that nobody needs here. */
function hasPictureSignature(file: Uint8Array): boolean {
  const head = Buffer.from(file.subarray(0, 12)).toString('latin1');
  return head.startsWith('\xff\xd8\xff') || head.startsWith('\x89PNG\r\n\x1a\n') || /^RIFF[^]{4}WEBP$/.test(head);
}
