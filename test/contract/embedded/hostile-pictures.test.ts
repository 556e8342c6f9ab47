import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import sharp from 'sharp';
import { createEmbeddedProofing, type EmbeddedProofing } from '../../../cloudfunctions/_adapters/embedded';
import { fetchModels } from '../../../scripts/fetch-models';
import { hostileFiles } from './hostile-files';
import type { Refusal } from './refusals-in-child';

/** Peak memory that refusing a file may add to the process. */
const mostMegabytes = 60;

let proofing: EmbeddedProofing;
let refusals: readonly Refusal[];

beforeAll(async () => {
  const models = await fetchModels();
  proofing = await createEmbeddedProofing({ models });
  const child = join(__dirname, 'refusals-in-child.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', child, models]);
  refusals = JSON.parse(stdout) as Refusal[];
}, 120_000);

describe('files that are no picture to look at', () => {
  it('are each refused by their name, as a card and as a selfie', async () => {
    const expected = [...(await hostileFiles())].map(([name, { fault }]) => ({ name, side: fault, face: fault }));
    expect(refusals.map(({ name, side, face }) => ({ name, side, face }))).toEqual(expected);
  });

  it('cost little memory', () => {
    expect(refusals.filter(({ megabytes }) => megabytes > mostMegabytes)).toEqual([]);
  });

  it('never throw, whatever their bytes', async () => {
    const jpeg = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#468' } })
      .jpeg()
      .toBuffer();
    const damage = fc.array(fc.tuple(fc.nat(jpeg.length - 1), fc.nat(255)), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(damage, fc.nat(jpeg.length), async (changes, length) => {
        const file = Buffer.from(jpeg);
        for (const [at, byte] of changes) file[at] = byte;
        const reading = await proofing.readSide(file.subarray(0, length));
        expect(['fault', 'none']).toContain(reading.kind);
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});

describe('pictures without a card or a face', () => {
  it.each([
    ['one pixel', 1, 1],
    ['a very wide strip', 20_000, 40],
    ['a very high strip', 1, 20_000],
    ['an empty sheet', 1200, 900],
  ])('%s shows none', async (_name, width, height) => {
    const file = await sharp({ create: { width, height, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    expect(await proofing.readSide(file)).toEqual({ kind: 'none' });
    expect(await proofing.measureFace(file)).toEqual({ kind: 'faces', count: 0 });
  });
});

it('says which model is missing, and how to get it', async () => {
  await expect(createEmbeddedProofing({ models: join(__dirname, 'no-models-here') })).rejects.toThrow(/fetch-models/);
});
