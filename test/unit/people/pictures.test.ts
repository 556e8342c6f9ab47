import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import sharp from 'sharp';
import { pictureNames, picturePath, samplePeople, type PictureName } from '../../../local/people';

const sizes: Readonly<Record<PictureName, readonly [width: number, height: number, bytes: number]>> = {
  portrait: [358, 441, 40_000],
  'selfie-1': [960, 1280, 160_000],
  'selfie-2': [960, 1280, 160_000],
  'selfie-3': [960, 1280, 160_000],
  'card-front': [1280, 960, 160 * 1024],
  'card-back': [1280, 960, 160 * 1024],
};
const cases = samplePeople.flatMap((person) => pictureNames.map((name) => [person.id, name] as const));

describe('the pictures of the sample people', () => {
  it.each(cases)('%s/%s is a JPEG of its size without metadata', async (id, name) => {
    const file = picturePath({ id }, name);
    const [width, height, bytes] = sizes[name];
    const metadata = await sharp(file, { failOn: 'warning' }).metadata();
    expect(metadata).toMatchObject({ format: 'jpeg', width, height });
    expect(statSync(file).size).toBeLessThanOrEqual(bytes);
    for (const kind of ['exif', 'iptc', 'xmp', 'icc', 'comments'] as const) expect(metadata).not.toHaveProperty(kind);
    // APP1 is where cameras write place and time.
    expect(readFileSync(file).includes(Buffer.from('Exif\0'))).toBe(false);
  });

  it('are the only files beside them', () => {
    for (const { id } of samplePeople) {
      const found = readdirSync(dirname(picturePath({ id }, 'portrait'))).sort();
      expect(found).toEqual(pictureNames.map((name) => `${name}.jpg`).sort());
    }
  });
});
