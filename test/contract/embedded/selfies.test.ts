import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import {
  cosineSimilarity,
  createEmbeddedProofing,
  type EmbeddedProofing,
} from '../../../cloudfunctions/_adapters/embedded';
import type { FaceMeasurement } from '../../../cloudfunctions/_core/proofing/ports';
import { picturePath, samplePeople, type PictureName } from '../../../local/people';
import { fetchModels } from '../../../scripts/fetch-models';

type Face = Extract<FaceMeasurement, { kind: 'face' }>;

// Generous, for a machine that is busy.
jest.setTimeout(120_000);

let proofing: EmbeddedProofing;

beforeAll(async () => {
  proofing = await createEmbeddedProofing({ models: await fetchModels() });
});

const picture = (id: string, name: PictureName): Promise<Buffer> => {
  const person = samplePeople.find((candidate) => candidate.id === id);
  if (person === undefined) throw new Error(`there is no sample person ${id}`);
  return readFile(picturePath(person, name));
};

const measure = async (file: Uint8Array): Promise<Face> => {
  const measured = await proofing.measureFace(file);
  if (measured.kind !== 'face') throw new Error(`no face was measured: ${JSON.stringify(measured)}`);
  return measured;
};

describe('a selfie', () => {
  it('is like another one of the same person, and unlike another person’s', async () => {
    const one = await measure(await picture('li-andong', 'selfie-1'));
    const same = await measure(await picture('li-andong', 'selfie-2'));
    const other = await measure(await picture('shen-ruoxi', 'selfie-1'));
    expect(cosineSimilarity(one.embedding, same.embedding)).toBeGreaterThan(0.7);
    expect(cosineSimilarity(one.embedding, other.embedding)).toBeLessThan(0.42);
    expect(cosineSimilarity(one.embedding, one.embedding)).toBeCloseTo(1, 5);
  });

  it('has its eyes’ distance told in pixels of the picture as it was uploaded', async () => {
    const file = await picture('he-huilan', 'selfie-1');
    const large = await sharp(file).resize(2880, 3840).jpeg().toBuffer();
    const { eyeDistance } = await measure(file);
    expect((await measure(large)).eyeDistance / eyeDistance).toBeCloseTo(3, 0);
  });

  it('is less sharp the more it is blurred', async () => {
    const file = await picture('aygul', 'selfie-1');
    const of = async (sigma: number): Promise<number> =>
      (await measure(await sharp(file).blur(sigma).toBuffer())).sharpness;
    const { sharpness } = await measure(file);
    const [slight, strong] = [await of(2), await of(4)];
    expect(sharpness).toBeGreaterThan(1.5 * slight);
    expect(slight).toBeGreaterThan(1.5 * strong);
  });

  it('is passed on small and without metadata', async () => {
    const file = await sharp(await picture('bateer', 'selfie-1'))
      .withExif({ IFD0: { Artist: 'somebody' } })
      .toBuffer();
    const { width, height, exif, icc } = await sharp((await measure(file)).jpeg).metadata();
    expect(Math.max(width, height)).toBe(640);
    expect({ exif, icc }).toEqual({ exif: undefined, icc: undefined });
  });

  it('is measured the same when many are measured at once', async () => {
    const file = await picture('aygul', 'selfie-2');
    const [first, ...others] = await Promise.all([measure(file), measure(file), measure(file)]);
    for (const other of others) expect([...other.embedding]).toEqual([...first.embedding]);
  });
});

describe('several faces on one picture', () => {
  const beside = async (width: number): Promise<Buffer> => {
    const main = await sharp(await picture('aygul', 'selfie-1'))
      .resize(960)
      .toBuffer();
    const second = await sharp(await picture('bateer', 'selfie-1'))
      .resize(width)
      .toBuffer();
    const canvas = sharp({ create: { width: 1920, height: 1280, channels: 3, background: '#bbb' } });
    return canvas
      .composite([
        { input: main, left: 0, top: 0 },
        { input: second, left: 960, top: 0 },
      ])
      .jpeg()
      .toBuffer();
  };

  it('are counted when each could be meant', async () => {
    expect(await proofing.measureFace(await beside(900))).toEqual({ kind: 'faces', count: 2 });
  });

  it('are the one in front when the others are far behind', async () => {
    expect((await proofing.measureFace(await beside(300))).kind).toBe('face');
  });
});
