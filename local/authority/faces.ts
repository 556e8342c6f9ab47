import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { createEmbeddedProofing } from '../../cloudfunctions/_adapters/embedded/index';

type Proofing = Awaited<ReturnType<typeof createEmbeddedProofing>>;

/** What a picture shows: one face, several, none, or nothing that could be decoded. */
export type SeenFace =
  { readonly kind: 'face'; readonly embedding: Float32Array } | { readonly kind: 'faces' | 'no_face' | 'no_picture' };

/** The recognition models, loaded when they are first needed. */
export interface Faces {
  /** Tells one set of models from another, so that embeddings of other models are not compared. */
  readonly models: () => string;
  readonly look: (picture: Uint8Array) => Promise<SeenFace>;
  /** Cosine of two embeddings of the same models, -1 to 1. */
  readonly similarity: (one: Float32Array, other: Float32Array) => Promise<number>;
}

const fingerprint = (folder: string): string => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return createHash('sha256')
    .update(files.map((file) => `${file}:${statSync(join(folder, file)).size}`).join('\n'))
    .digest('hex');
};

/** @param folder where the embedded models lie */
export const createFaces = (folder: string): Faces => {
  let loading: Promise<Proofing> | undefined;
  // Imported late: the native runtime behind it takes longer to load than all the rest.
  const embedded = () => import('../../cloudfunctions/_adapters/embedded/index');
  const load = async (): Promise<Proofing> => (await embedded()).createEmbeddedProofing({ models: folder });
  const proofing = (): Promise<Proofing> => {
    loading ??= load().catch((error: unknown) => {
      // The next question tries again.
      loading = undefined;
      throw error;
    });
    return loading;
  };

  let models: string | undefined;
  return {
    models: () => (models ??= fingerprint(folder)),
    look: async (picture) => {
      const measured = await (await proofing()).measureFace(picture);
      switch (measured.kind) {
        case 'face':
          return { kind: 'face', embedding: measured.embedding };
        case 'faces':
          return { kind: measured.count === 0 ? 'no_face' : 'faces' };
        case 'fault':
          return { kind: 'no_picture' };
      }
    },
    similarity: async (one, other) => (await embedded()).cosineSimilarity(one, other),
  };
};
