import {
  createDeletionProof,
  publicKeyFromJwk,
  publicKeyToBase64url,
  type DeletionProofContent,
  type PrepareDeletionReply,
} from '../../../protocol';
import { now } from '../runtime/ambient';
import type { IssuerKeys, PublicIssuerKeys } from './issuer-keys';

/** Below this path lies the proof of each deletion, by its id, for whoever was told of it. */
export const DELETIONS_PATH = '/public/deletions/';

/** Proves deletions with the issuer's key that signs at the time. @param issuer the issuer's URL */
export const createDeletionIssuer =
  (issuer: string, keys: IssuerKeys) =>
  (content: Omit<DeletionProofContent, 'issuer'>): string => {
    const { kid, sign } = keys.signing(now());
    return createDeletionProof({ ...content, issuer, kid, sign });
  };

/** The keys by which a proof is verified, for the phone that is to verify it. */
export const createPublishedKeys = (keys: Pick<PublicIssuerKeys, 'published'>) => (): PrepareDeletionReply['keys'] =>
  keys.published(now()).map((jwk) => ({ kid: jwk.kid, key: publicKeyToBase64url(publicKeyFromJwk(jwk)) }));
