import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

// Left alone, the library fetches its own binary from a content delivery network.
prepareZXingModule({ overrides: { locateFile: (file: string) => `/phone/${file}` } });

/** A code that was read from pixels. */
export interface ReadCode {
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** Reads the QR code in a picture. @returns null where none is seen */
export const readCode = async (picture: ImageData | Blob): Promise<ReadCode | null> => {
  const [found] = await readBarcodes(picture, { formats: ['QRCode'], maxNumberOfSymbols: 1, tryHarder: true });
  return found?.isValid ? { text: found.text, bytes: found.bytes } : null;
};
