import sharp from 'sharp';
import { desk, type Colour } from './desk';
import { homography, type Quad } from './homography';
import { seededRandom, type Random } from './random';
import { card } from './sheet';

const photo = { width: 1280, height: 960 } as const;
const LARGEST_FILE = 160 * 1024;
/** Half-way points of a 2×2 grid in a pixel: enough against stair-steps at this scale. */
const subpixels = [0.25, 0.75] as const;
/** Takes the sum over a pixel's four points to its mean, and a little off, so that the pale card keeps its tints. */
const EXPOSURE = 0.96 / 4;

/** Where the card's corners come to lie, upper left first: nearly filling the picture, a little turned and tilted. */
const placeCard = (random: Random): Quad => {
  const width = random.between(1010, 1070);
  const height = (width * card.height) / card.width;
  const turn = random.between(-0.045, 0.045);
  const centre = [photo.width / 2 + random.between(-22, 22), photo.height / 2 + random.between(-30, 30)] as const;
  const corner = (x: number, y: number): readonly [number, number] => {
    const across = (x * width) / 2 + random.between(-0.016, 0.016) * width;
    const down = (y * height) / 2 + random.between(-0.016, 0.016) * width;
    return [
      centre[0] + across * Math.cos(turn) - down * Math.sin(turn),
      centre[1] + across * Math.sin(turn) + down * Math.cos(turn),
    ];
  };
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
};

/** Signed distance to the card's rounded edge in pixels of the card, negative inside. */
const edgeDistance = (x: number, y: number): number => {
  const across = Math.abs(x - card.width / 2) - card.width / 2 + card.corner;
  const down = Math.abs(y - card.height / 2) - card.height / 2 + card.corner;
  return Math.hypot(Math.max(across, 0), Math.max(down, 0)) + Math.min(Math.max(across, down), 0) - card.corner;
};

/** Reads colours between the pixels of a picture. */
const sampler =
  (pixels: Buffer) =>
  (x: number, y: number): Colour => {
    const left = Math.min(card.width - 2, Math.max(0, Math.floor(x - 0.5)));
    const top = Math.min(card.height - 2, Math.max(0, Math.floor(y - 0.5)));
    const right = Math.min(1, Math.max(0, x - 0.5 - left));
    const down = Math.min(1, Math.max(0, y - 0.5 - top));
    const at = (column: number, row: number, channel: number): number =>
      pixels[((top + row) * card.width + left + column) * 3 + channel] ?? 0;
    const mixed = (channel: number): number =>
      (at(0, 0, channel) * (1 - right) + at(1, 0, channel) * right) * (1 - down) +
      (at(0, 1, channel) * (1 - right) + at(1, 1, channel) * right) * down;
    return [mixed(0), mixed(1), mixed(2)];
  };

/** The scene before the lens: desk, soft shadow, card, and light that falls from one side. */
const scene = (cardPixels: Buffer, random: Random): Buffer => {
  const toCard = homography(placeCard(random), [
    [0, 0],
    [card.width, 0],
    [card.width, card.height],
    [0, card.height],
  ]);
  const colourOfCard = sampler(cardPixels);
  const colourOfDesk = desk(random);
  const [lightAcross, lightDown] = [random.between(-0.13, 0.13), random.between(-0.1, 0.06)];
  const warmth = random.between(-0.025, 0.03);
  const pixels = Buffer.alloc(photo.width * photo.height * 3);

  for (let y = 0; y < photo.height; y += 1) {
    for (let x = 0; x < photo.width; x += 1) {
      const sum: [number, number, number] = [0, 0, 0];
      for (const down of subpixels) {
        for (const right of subpixels) {
          const [u, v] = toCard([x + right, y + down]);
          const onCard = edgeDistance(u, v) < 0;
          const [red, green, blue] = onCard ? colourOfCard(u, v) : colourOfDesk(x + right, y + down);
          const shade = onCard ? 1 : 1 - 0.5 * Math.exp(-Math.max(0, edgeDistance(u - 12, v - 16)) / 26);
          sum[0] += red * shade;
          sum[1] += green * shade;
          sum[2] += blue * shade;
        }
      }
      const [across, down] = [x / photo.width - 0.5, y / photo.height - 0.5];
      const light = (1 + lightAcross * across * 2 + lightDown * down * 2 - 0.16 * (across ** 2 + down ** 2)) * EXPOSURE;
      const base = (y * photo.width + x) * 3;
      pixels[base] = Math.min(255, sum[0] * light * (1 + warmth));
      pixels[base + 1] = Math.min(255, sum[1] * light);
      pixels[base + 2] = Math.min(255, sum[2] * light * (1 - warmth));
    }
  }
  return pixels;
};

/** Adds the sensor's noise: the sum of three uniform numbers is near enough to a bell. */
const addNoise = (pixels: Buffer, random: Random, strength: number): void => {
  pixels.forEach((value, at) => {
    const noise = random.between(-1, 1) + random.between(-1, 1) + random.between(-1, 1);
    pixels[at] = Math.min(255, Math.max(0, Math.round(value + noise * strength)));
  });
};

/**
 * Takes a picture of a card on a desk as a phone would: perspective, uneven light, slight blur and noise.
 * @param svg one side of the card
 * @param seed equal seeds give equal pictures
 * @returns a JPEG of 1280 × 960 pixels and at most 160 KB, without metadata
 */
export const photograph = async (svg: string, seed: string): Promise<Buffer> => {
  const random = seededRandom(seed);
  const cardPixels = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer();
  const raw = { width: photo.width, height: photo.height, channels: 3 } as const;
  const seen = await sharp(scene(cardPixels, random), { raw }).blur(0.6).raw().toBuffer();
  addNoise(seen, random, 2.2);
  for (const quality of [88, 84, 80, 75, 70]) {
    const jpeg = await sharp(seen, { raw }).jpeg({ quality }).toBuffer();
    if (jpeg.length <= LARGEST_FILE) return jpeg;
  }
  throw new Error(`the photograph ${seed} does not fit into ${LARGEST_FILE} bytes`);
};
