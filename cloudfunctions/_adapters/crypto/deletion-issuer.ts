import { createDeletionProof, type DeletionProofContent } from '../../../protocol';
import { now } from '../runtime/ambient';
import type { IssuerKeys } from './issuer-keys';

/** Proves deletions with the issuer's key that signs at the time. @param issuer the issuer's URL */
export const createDeletionIssuer =
  (issuer: string, keys: IssuerKeys) =>
  (content: Omit<DeletionProofContent, 'issuer'>): string => {
    const { kid, sign } = keys.signing(now());
    return createDeletionProof({ ...content, issuer, kid, sign });
  };
