import type { FileId } from '../../../protocol';
import { validators } from '../../../protocol/wire/validators';
import type { ProofedDocument } from '../../_core/enrolment/case';
import type { CheckedSelfie } from '../../_core/proofing/check-selfie';
import { done, type Result } from '../../_core/result';
import type { MeasurePortrait } from '../../_core/step-up/step-up-ports';
import { authenticate } from '../crypto/authenticated-call';
import { now } from '../runtime/ambient';
import { app } from './app';
import { unpackDocument, unpackFloats } from './packed-document';

/** The proofing function, as `holder` sees it. */
export interface ProofingClient {
  readonly readDocumentPictures: (files: {
    readonly front: FileId;
    readonly back: FileId;
  }) => Promise<Result<ProofedDocument>>;
  readonly checkSelfie: (file: FileId) => Promise<Result<CheckedSelfie>>;
  readonly measurePortrait: MeasurePortrait;
}

/** Above the function's own limit and below the caller's; the SDK would give up after 15 s. */
const TIMEOUT_MS = 40_000;

/** Calls `proofing` with a MAC that is made for each call. @param key 32 bytes that both functions hold */
export const createProofingClient = (key: Uint8Array): ProofingClient => {
  const call = async (said: object): Promise<unknown> => {
    const data = authenticate(key, { ...said, issuedAt: now() });
    const { result } = (await app.callFunction({ name: 'proofing', data }, { timeout: TIMEOUT_MS })) as {
      result: unknown;
    };
    return result;
  };
  const refusedBy = (reply: unknown): Result<never> => {
    if (validators.RefusedReply(reply)) return { ok: false, error: reply.error };
    throw new Error('proofing replied something else');
  };
  return {
    readDocumentPictures: async ({ front, back }) => {
      const reply = await call({ action: 'readDocument', front, back });
      return validators.ProofedDocumentReply(reply) ? done(unpackDocument(reply)) : refusedBy(reply);
    },
    checkSelfie: async (selfie) => {
      const reply = await call({ action: 'checkSelfie', selfie });
      if (!validators.CheckedSelfieReply(reply)) return refusedBy(reply);
      return done({ embedding: unpackFloats(reply.embedding), jpeg: Buffer.from(reply.jpeg, 'base64') });
    },
    measurePortrait: async (portrait) => {
      const reply = await call({ action: 'measurePortrait', jpeg: Buffer.from(portrait).toString('base64') });
      if (!validators.MeasuredPortraitReply(reply)) throw new Error('proofing replied something else');
      return reply.embedding === null ? null : unpackFloats(reply.embedding);
    },
  };
};
