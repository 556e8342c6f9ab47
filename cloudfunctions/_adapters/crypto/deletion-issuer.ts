import { createDeletionProof, type DeletionProofContent } from '../../../protocol';
import type { SigningKey } from './es256';

/** Proves deletions with the issuer's key. @param issuer the issuer's URL */
export const createDeletionIssuer =
  (issuer: string, key: SigningKey) =>
  (content: Omit<DeletionProofContent, 'issuer'>): string =>
    createDeletionProof({ ...content, issuer, kid: key.kid, sign: key.sign });
