import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

// Left alone, the library fetches its own binary from a content delivery network.
prepareZXingModule({ overrides: { locateFile: (file: string) => `/phone/${file}` } });

/** A code that was read from pixels. */
export interface ReadCode {
  readonly text: string;
  readonly bytes: Uint8Array;
  /** By WeChat's name of it. */
  readonly kind: 'QR_CODE' | 'CODE_128';
}

/**
 * Reads the QR code in a picture, or the bar code where those are asked for too.
 * @returns null where none is seen
 */
export const readCode = async (picture: ImageData | Blob, withBars: boolean): Promise<ReadCode | null> => {
  const formats = withBars ? (['QRCode', 'Code128'] as const) : (['QRCode'] as const);
  const [found] = await readBarcodes(picture, { formats: [...formats], maxNumberOfSymbols: 1, tryHarder: true });
  if (!found?.isValid) return null;
  return { text: found.text, bytes: found.bytes, kind: found.format === 'Code128' ? 'CODE_128' : 'QR_CODE' };
};
