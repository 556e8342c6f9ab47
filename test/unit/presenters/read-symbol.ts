import sharp from 'sharp';
import { scanCode } from '../../../local/demo/code-picture';
import type { CodeSymbol } from '../../../miniprogram/presenters/code-symbol';

/** Pixels a module. */
const SCALE = 6;

/** Draws a symbol as a picture and has a scanner of another maker read it. @returns its text, or null where none is found */
export const readSymbol = async (symbol: CodeSymbol): Promise<string | null> => {
  const size = symbol.length;
  const pixels = Buffer.from(symbol.flatMap((row) => row.map((isDark) => (isDark ? 0 : 255))));
  const png = await sharp(pixels, { raw: { width: size, height: size, channels: 1 } })
    .resize(size * SCALE, size * SCALE, { kernel: 'nearest' })
    .png()
    .toBuffer();
  return scanCode(png);
};
