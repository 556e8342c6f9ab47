import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { createEmbeddedProofing, type EmbeddedProofing } from '../../../cloudfunctions/_adapters/embedded';
import type { ReadFields, SideReading } from '../../../cloudfunctions/_core/proofing/ports';
import { picturePath, samplePeople, type PictureName } from '../../../local/people';
import { fetchModels } from '../../../scripts/fetch-models';

const [person] = samplePeople;
if (person === undefined) throw new Error('there are no sample people');
const picture = (name: PictureName): Promise<Buffer> => readFile(picturePath(person, name));

const front = {
  name: person.name,
  sex: person.sex === 'male' ? '男' : '女',
  ethnicity: person.ethnicity,
  birthDate: person.birthDate,
  address: person.address,
  number: person.idNumber,
};

const values = (fields: ReadFields): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([field, { value }]) => [field, value]));

// Each side is a second of work for a free machine.
jest.setTimeout(120_000);

let proofing: EmbeddedProofing;
const read = (file: Uint8Array): Promise<SideReading> => proofing.readSide(file);

beforeAll(async () => {
  proofing = await createEmbeddedProofing({ models: await fetchModels() });
});

const expectFront = (reading: SideReading): void => {
  expect(reading.kind === 'front' ? values(reading.fields) : reading.kind).toEqual(front);
};

describe('a photograph of a card', () => {
  it.each([90, 180])('is read when it was taken turned by %i°', async (angle) => {
    expectFront(
      await read(
        await sharp(await picture('card-front'))
          .rotate(angle)
          .jpeg()
          .toBuffer(),
      ),
    );
  });

  it('is turned as its EXIF orientation says', async () => {
    const stored = await sharp(await picture('card-front'))
      .rotate(270)
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expectFront(await read(stored));
  });

  it.each([
    ['grey', (file: Buffer) => sharp(file).greyscale().jpeg()],
    ['a PNG of 16 bits with transparency', (file: Buffer) => sharp(file).ensureAlpha().toColourspace('rgb16').png()],
    [
      'small in a large picture',
      (file: Buffer) => sharp(file).extend({ top: 900, bottom: 700, left: 1300, right: 900 }).jpeg(),
    ],
  ])('is read when it is %s', async (_how, make) => {
    expectFront(await read(await make(await picture('card-front')).toBuffer()));
  });

  it('gives the portrait in the size and weight of the register’s', async () => {
    const reading = await read(await picture('card-front'));
    const portrait = reading.kind === 'front' ? reading.portrait : null;
    expect(portrait).not.toBeNull();
    if (portrait === null) return;
    const { width, height, format, exif } = await sharp(portrait.jpeg).metadata();
    expect({ width, height, format, exif }).toEqual({ width: 96, height: 128, format: 'jpeg', exif: undefined });
    expect(portrait.jpeg.length).toBeLessThanOrEqual(12 * 1024);
    expect(portrait.embedding).toHaveLength(512);
    expect(Math.hypot(...portrait.embedding)).toBeCloseTo(1, 4);
  });

  it('is never taken for its other side, nor a selfie for a card', async () => {
    expect((await read(await picture('card-back'))).kind).toBe('back');
    expect((await read(await picture('selfie-1'))).kind).toBe('none');
  });

  it('says of each field how sure it is, from 0 to 1', async () => {
    const reading = await read(await picture('card-front'));
    const fields = reading.kind === 'front' ? Object.values(reading.fields) : [];
    expect(fields).toHaveLength(6);
    for (const { confidence } of fields) {
      expect(confidence).toBeGreaterThan(0.6);
      expect(confidence).toBeLessThanOrEqual(1);
    }
  });
});
