import { isLowS } from '../cose/signature';
import type { Sha256, VerifySignature } from '../crypto';
import type { Instant } from '../ids';
import type { PublicKey } from '../key/public-key';
import { digestOf } from './disclosure';
import type { JsonObject } from './json';
import type { StatusReference } from '../status/status-reference';
import { parseCredential } from './parse-credential';

/** What a verifier demands of a credential. */
export interface CredentialExpectation {
  readonly expectedIssuer: string;
  readonly expectedVct: string;
  /** The keys of the expected issuer and of nobody else, by `kid`. */
  readonly keys: ReadonlyMap<string, PublicKey>;
  readonly now: Instant;
  readonly sha256: Sha256;
  readonly verify: VerifySignature;
}

/** What a verified credential says. Times are in seconds since 1970. */
export interface VerifiedCredential {
  readonly holderKey: PublicKey;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Where its status is published: to be asked with keys of the same issuer (`statusOf`). */
  readonly status: StatusReference;
  /** The claims in the open and those disclosed. */
  readonly claims: JsonObject;
  /** Which claims were disclosed and do not stand in the open. */
  readonly disclosed: readonly string[];
}

export type CredentialFault =
  | 'malformed'
  | 'wrong_issuer'
  | 'wrong_type'
  | 'unknown_key'
  | 'bad_signature'
  | 'expired'
  /** A disclosure has no digest in the JWT. */
  | 'foreign_disclosure';

/**
 * Verifies an SD-JWT VC (RFC 9901, section 7.1). The trust in the issuer and the key that verifies are one: a key is looked up
 * among the expected issuer's alone. Never throws.
 */
export const verifyCredential = (
  text: string,
  expected: CredentialExpectation,
):
  | { readonly ok: true; readonly credential: VerifiedCredential }
  | { readonly ok: false; readonly fault: CredentialFault } => {
  const refuse = (fault: CredentialFault): { ok: false; fault: CredentialFault } => ({ ok: false, fault });
  const parsed = parseCredential(text);
  if (!parsed) return refuse('malformed');
  if (parsed.issuer !== expected.expectedIssuer) return refuse('wrong_issuer');
  if (parsed.vct !== expected.expectedVct) return refuse('wrong_type');
  const key = expected.keys.get(parsed.kid);
  if (!key) return refuse('unknown_key');
  if (!isLowS(parsed.signature) || !expected.verify(key, parsed.signingInput, parsed.signature)) {
    return refuse('bad_signature');
  }
  const digests = new Set(parsed.digests);
  if (!parsed.disclosures.every((disclosure) => digests.has(digestOf(disclosure.text, expected.sha256)))) {
    return refuse('foreign_disclosure');
  }
  if (expected.now >= parsed.expiresAt * 1000) return refuse('expired');

  const { holderKey, issuedAt, expiresAt, status } = parsed;
  const told = parsed.disclosures.map(({ name, value }) => [name, value] as const);
  const claims = { ...parsed.openClaims, ...Object.fromEntries(told) };
  const disclosed = parsed.disclosures.map(({ name }) => name);
  return { ok: true, credential: { holderKey, issuedAt, expiresAt, status, claims, disclosed } };
};
