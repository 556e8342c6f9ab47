import sharp from 'sharp';
import { encode } from 'uqr';

const asUrl = (png: Buffer): string => `data:image/png;base64,${png.toString('base64')}`;

/** Pixels of a picture for each module of a code. */
const SCALE = 6;

/** A photograph of nothing but a QR code, as a URL. */
export const pictureOfCode = async (text: string): Promise<string> => {
  const { data, size } = encode(text, { border: 4 });
  const pixels = Buffer.from(data.flat().map((dark) => (dark ? 0 : 255)));
  const code = sharp(pixels, { raw: { width: size, height: size, channels: 1 } });
  return asUrl(
    await code
      .resize(size * SCALE, size * SCALE, { kernel: 'nearest' })
      .png()
      .toBuffer(),
  );
};

/** A picture of one colour, as a URL. */
export const pictureOf = async (colour: string, width: number, height: number): Promise<string> =>
  asUrl(
    await sharp({ create: { width, height, channels: 3, background: colour } })
      .png()
      .toBuffer(),
  );

/** A picture's size, and the mean of its red, green and blue. */
export const measure = async (picture: Buffer) => {
  const image = sharp(picture);
  const { width, height, format } = await image.metadata();
  const { channels } = await image.stats();
  return { width, height, format, means: channels.slice(0, 3).map(({ mean }) => Math.round(mean)) };
};
