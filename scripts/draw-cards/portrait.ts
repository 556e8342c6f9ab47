import sharp from 'sharp';

/** How far a pixel may lie from its neighbour in the ground, in grey levels of each channel, and still be ground. */
const GROUND_STEP = 4;
const GROUND_DARKEST = 205;

/**
 * Frees the head from its pale ground, as on the card, by filling from the upper edge and the sides.
 * @returns a PNG with transparency, as a data URL
 */
export const cutOutPortrait = async (file: string): Promise<string> => {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const at = (pixel: number, channel: number): number => data[pixel * 3 + channel] ?? 0;
  const pale = (pixel: number): boolean => [0, 1, 2].every((channel) => at(pixel, channel) >= GROUND_DARKEST);
  const alike = (one: number, other: number): boolean =>
    [0, 1, 2].every((channel) => Math.abs(at(one, channel) - at(other, channel)) <= GROUND_STEP);

  const alpha = Buffer.alloc(width * height, 255);
  const open: number[] = Array.from({ length: width }, (_, x) => x).filter(pale);
  for (const pixel of open) alpha[pixel] = 0;
  for (let pixel = open.pop(); pixel !== undefined; pixel = open.pop()) {
    const x = pixel % width;
    const neighbours = [x > 0 ? pixel - 1 : -1, x < width - 1 ? pixel + 1 : -1, pixel - width, pixel + width];
    for (const next of neighbours) {
      if (next < 0 || next >= width * height || alpha[next] === 0 || !pale(next) || !alike(pixel, next)) continue;
      alpha[next] = 0;
      open.push(next);
    }
  }

  const soft = await sharp(alpha, { raw: { width, height, channels: 1 } })
    .blur(0.9)
    .extractChannel(0)
    .raw()
    .toBuffer();
  const png = await sharp(data, { raw: { width, height, channels: 3 } })
    .joinChannel(soft, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
  return `data:image/png;base64,${png.toString('base64')}`;
};
