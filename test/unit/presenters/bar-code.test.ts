import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { barCode, grouped } from '../../../miniprogram/presenters/bar-code';

prepareZXingModule({
  overrides: {
    wasmBinary: readFileSync(createRequire(__filename).resolve('zxing-wasm/reader/zxing_reader.wasm')).buffer,
  },
});

/** What a scanner reads of the bars. */
const scanned = async (digits: string): Promise<string | undefined> => {
  const bars = barCode(digits);
  const [width, height, scale] = [bars.length * 2, 80, 2];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      if (bars[Math.floor(x / scale)] === true) data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  const [found] = await readBarcodes({ data, width, height, colorSpace: 'srgb' } as ImageData, {
    formats: ['Code128'],
  });
  return found?.text;
};

describe('the bar code', () => {
  it('of every pair of digits is read as that pair', async () => {
    for (let pair = 0; pair < 100; pair += 1) {
      const digits = `29${String(pair).padStart(2, '0')}58`;
      expect(await scanned(digits)).toBe(digits);
    }
  });

  it('of any number is read as that number', async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^\d{16}$/), async (random) => {
        expect(await scanned(`29${random}`)).toBe(`29${random}`);
      }),
      { numRuns: 50 },
    );
  });

  it.each(['', '1', '123', '12a4', '٠٠'])('is not made of %j', (text) => {
    expect(() => barCode(text)).toThrow(RangeError);
  });
});

describe('a number to be read out', () => {
  it('stands in groups of four', () => {
    expect(grouped('290123456789012345')).toBe('2901 2345 6789 0123 45');
  });
});
