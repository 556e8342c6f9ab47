import { createHash, createPublicKey, verify } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import {
  instant,
  publicKeyFromJwk,
  publicKeyToJwk,
  statusOf,
  verifyCredential,
  type Inflate,
  type PublicKey,
  type VerifySignature,
} from '../../protocol';

/** What somebody makes of a credential who knows of the service no more than what it publishes. */
export type Verdict = `refused: ${string}` | 'valid' | 'suspended' | 'revoked' | `undetermined: ${string}`;

const verifySignature: VerifySignature = (key, message, signature) =>
  verify(
    'sha256',
    message,
    { key: createPublicKey({ key: { ...publicKeyToJwk(key) }, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    signature,
  );

const inflate: Inflate = (compressed, maxLength) => {
  try {
    return inflateSync(compressed, { maxOutputLength: maxLength });
  } catch {
    return null;
  }
};

/** The keys that the service publishes now. */
export const publishedKeys = async (issuer: string): Promise<ReadonlyMap<string, PublicKey>> => {
  const { keys } = (await (await fetch(`${issuer}/.well-known/jwks.json`)).json()) as {
    keys: readonly { readonly kid: string }[];
  };
  return new Map(keys.map((jwk) => [jwk.kid, publicKeyFromJwk(jwk)]));
};

/** Verifies a credential by its issuer's published keys, then asks its list for its status. */
export const judge = async (issuer: string, credential: string): Promise<Verdict> => {
  const now = instant(Date.now());
  const keys = await publishedKeys(issuer);
  const verified = verifyCredential(credential, {
    expectedIssuer: issuer,
    expectedVct: 'urn:wechat-id:identity-card:1',
    keys,
    now,
    sha256: (data) => createHash('sha256').update(data).digest(),
    verify: verifySignature,
  });
  if (!verified.ok) return `refused: ${verified.fault}`;
  const place = verified.credential.status;
  const response = await fetch(place.uri);
  const fetched = response.ok ? { token: await response.text(), fetchedAt: now } : null;
  const told = statusOf(place, fetched, { keys, now, verify: verifySignature, inflate });
  return told.status === 'undetermined' ? `undetermined: ${told.reason}` : told.status;
};
