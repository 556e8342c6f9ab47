import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import {
  cosineSimilarity,
  createEmbeddedProofing,
  type EmbeddedProofing,
} from '../../../cloudfunctions/_adapters/embedded';
import { textOf } from '../../../cloudfunctions/_adapters/embedded/card/rows';
import { fromSharp } from '../../../cloudfunctions/_adapters/embedded/image/raster';
import { detectText } from '../../../cloudfunctions/_adapters/embedded/ocr/detect';
import { loadOcrModels } from '../../../cloudfunctions/_adapters/embedded/ocr/models';
import { recogniseLine } from '../../../cloudfunctions/_adapters/embedded/ocr/recognise';
import { turnTowards } from '../../../cloudfunctions/_adapters/embedded/ocr/rectangle';
import { fetchModels } from '../../../scripts/fetch-models';

/** Folder of pictures that do not belong to the repository: `cards/` with `truth.json`, and `faces-mit/`. */
const folder = process.env['WECHAT_ID_PICTURES'] ?? '';
const present = existsSync(join(folder, 'cards', 'truth.json')) && folder !== '';
const describeHere = present ? describe : describe.skip;

interface Truth {
  readonly i: number;
  readonly id: string;
  readonly valid: string;
}

let proofing: EmbeddedProofing;

beforeAll(async () => {
  if (!present)
    process.stderr.write('WECHAT_ID_PICTURES names no folder of pictures: tests on photographs are skipped.\n');
  if (present) proofing = await createEmbeddedProofing({ models: await fetchModels() });
}, 300_000);

describeHere('photographs in the folder WECHAT_ID_PICTURES (skipped without it)', () => {
  const truths = present ? (JSON.parse(readFileSync(join(folder, 'cards', 'truth.json'), 'utf8')) as Truth[]) : [];

  it.each(['glare', 'lowres', 'medium', 'rotated'])(
    '%s: identity numbers and validity are read',
    async (condition) => {
      const some = truths.slice(0, 1);
      const right = { number: 0, validity: 0, portraits: 0 };
      for (const { i, id, valid } of some) {
        const front = await proofing.readSide(await readFile(join(folder, 'cards', `${String(i)}_f_${condition}.jpg`)));
        const back = await proofing.readSide(await readFile(join(folder, 'cards', `${String(i)}_b_${condition}.jpg`)));
        if (front.kind === 'front' && front.fields.number?.value === id) right.number++;
        if (front.kind === 'front' && front.portrait !== null) right.portraits++;
        const [from = ''] = valid.replaceAll('.', '-').split(/-(?=\d{4}|长期)/);
        if (back.kind === 'back' && back.fields.validFrom?.value === from) right.validity++;
      }
      expect(right).toEqual({ number: some.length, validity: some.length, portraits: some.length });
    },
    120_000,
  );

  it('tells no number in the portrait, though what is cut reaches beyond the photograph', async () => {
    const models = await loadOcrModels(await fetchModels());
    const legible = async (jpeg: Uint8Array): Promise<string[]> => {
      const close = await fromSharp(sharp(jpeg).resize({ width: 480 }));
      const read = (await detectText(models.detect, close, 640)).map((quad) =>
        recogniseLine(models.recognise, models.alphabet, close, turnTowards(quad, 0)),
      );
      return (await Promise.all(read)).map(textOf).filter((text) => /\d{3}/.test(text));
    };
    const found: string[] = [];
    for (const { i } of truths.slice(0, 3)) {
      const front = await proofing.readSide(await readFile(join(folder, 'cards', `${String(i)}_f_clean.jpg`)));
      if (front.kind !== 'front' || front.portrait === null) throw new Error(`no portrait on card ${String(i)}`);
      found.push(...(await legible(front.portrait.jpeg)));
    }
    expect(found).toEqual([]);
  }, 180_000);

  it('tells real persons apart', async () => {
    const embedding = async (name: string): Promise<Float32Array> => {
      const measured = await proofing.measureFace(await readFile(join(folder, 'faces-mit', `${name}.jpg`)));
      if (measured.kind !== 'face') throw new Error(`${name}: ${measured.kind}`);
      return measured.embedding;
    };
    const father = await embedding('Family1-Dad1');
    expect(cosineSimilarity(father, await embedding('Family1-Dad2'))).toBeGreaterThan(0.55);
    expect(cosineSimilarity(father, await embedding('Family2-Man1'))).toBeLessThan(0.42);
  });
});
