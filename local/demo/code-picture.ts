import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { encode } from 'uqr';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

// Left alone, the library fetches its own binary from a content delivery network.
prepareZXingModule({
  overrides: {
    wasmBinary: readFileSync(createRequire(__filename).resolve('zxing-wasm/reader/zxing_reader.wasm')).buffer,
  },
});

/** Pixels a module, and modules of quiet zone (ISO/IEC 18004, section 9.1: at least 4). */
const SCALE = 8;
const QUIET = 4;

/** A QR code as a picture. */
export interface CodePicture {
  /** QR version, 1 to 40. */
  readonly version: number;
  readonly png: Buffer;
  /** The same in characters, two modules each, for a terminal. */
  readonly text: string;
}

/** Draws a code's text as a QR symbol with error correction M. */
export const drawCode = async (text: string): Promise<CodePicture> => {
  const { data, size, version } = encode(text, { ecc: 'M', border: QUIET });
  const isDark = (x: number, y: number): boolean => data[y]?.[x] ?? false;
  const pixels = Buffer.alloc(size * size, 255);
  for (let y = 0; y < size; y += 1) for (let x = 0; x < size; x += 1) if (isDark(x, y)) pixels[y * size + x] = 0;
  const png = await sharp(pixels, { raw: { width: size, height: size, channels: 1 } })
    .resize(size * SCALE, size * SCALE, { kernel: 'nearest' })
    .png()
    .toBuffer();
  const rows: string[] = [];
  for (let y = 0; y < size; y += 2) {
    let row = '';
    for (let x = 0; x < size; x += 1) {
      // Light on dark, as terminals are: a dark module is left empty.
      const [upper, lower] = [!isDark(x, y), y + 1 < size && !isDark(x, y + 1)];
      row += upper ? (lower ? '█' : '▀') : lower ? '▄' : ' ';
    }
    rows.push(row);
  }
  return { version, png, text: rows.join('\n') };
};

/** Reads the QR code of a picture, as a merchant's scanner would. @returns its text, or null where none is found */
export const scanCode = async (png: Uint8Array): Promise<string | null> => {
  const [found] = await readBarcodes(new Uint8Array(png), { formats: ['QRCode'], maxNumberOfSymbols: 1 });
  return found?.isValid ? found.text : null;
};
