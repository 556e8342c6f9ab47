import { access } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { MeasureFace, ReadSide } from '../../_core/proofing/ports';
import { createReadSide } from './card/read-side';
import { createMeasureFace } from './face/measure-face';
import { loadFaceModels, loadLivenessModel } from './face/models';
import { modelFiles } from './model-files';
import { loadOcrModels } from './ocr/models';
import { oneAtATime } from './one-at-a-time';

export { cosineSimilarity } from './face/embedding';

/** Reads cards and measures faces with models on this machine. */
export interface EmbeddedProofing {
  readonly readSide: ReadSide;
  readonly measureFace: MeasureFace;
}

/**
 * Prepares the embedded models. Each network is loaded by the first picture that needs it and then kept. Pictures are looked at one
 * after the other, which bounds the memory.
 *
 * @param options.models folder with the files that `scripts/fetch-models.ts` lays down
 * @throws when a file is missing
 */
export async function createEmbeddedProofing(options: { models: string }): Promise<EmbeddedProofing> {
  const folder = options.models;
  for (const { path } of modelFiles) {
    await access(join(folder, path)).catch((cause: unknown) => {
      throw new Error(
        `The model ${join(folder, path)} is missing; fetch the models with: npx tsx scripts/fetch-models.ts`,
        { cause },
      );
    });
  }
  // Its cache of decoded pictures would hold other persons' cards.
  sharp.cache(false);
  const face = once(() => loadFaceModels(folder));
  const liveness = once(() => loadLivenessModel(folder));
  const ocr = once(() => loadOcrModels(folder));
  const readSide = createReadSide(async () => {
    const [faceModels, ocrModels] = await Promise.all([face(), ocr()]);
    return { ...ocrModels, face: faceModels };
  });
  const measureFace = createMeasureFace(async () => {
    const [faceModels, livenessModel] = await Promise.all([face(), liveness()]);
    return { ...faceModels, ...livenessModel };
  });
  const inTurn = oneAtATime();
  return {
    readSide: (picture) => inTurn(() => readSide(picture)),
    measureFace: (picture) => inTurn(() => measureFace(picture)),
  };
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | null = null;
  return () => (loaded ??= load());
}
