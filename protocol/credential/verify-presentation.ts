import { equalBytes } from '../bytes/bytes';
import { CODE_LIFE_S, freshnessOf } from '../code/freshness';
import { isLowS } from '../cose/signature';
import type { PublicKey } from '../key/public-key';
import { sdJwt } from '../spec/rfc9901';
import { hashOf, parseKeyBinding } from './key-binding';
import {
  verifyCredential,
  type CredentialExpectation,
  type CredentialFault,
  type VerifiedCredential,
} from './verify-credential';

/** The longest presentation that is looked at, in characters: it bounds what reading and hashing one can cost. */
export const MAX_PRESENTATION_LENGTH = 16_384;

/** How long a presentation is taken, in seconds: as long as the code that is made with it, and for the minute in which an answer is repeated. */
export const PRESENTATION_LIFE_S = CODE_LIFE_S + 60;

/** What a verifier demands of a presentation. */
export interface PresentationExpectation extends CredentialExpectation {
  /** The holder's key, where it is known otherwise: a credential that another was issued to is none of theirs. */
  readonly holderKey: PublicKey;
  readonly audience: string;
  /** The one that was given out for this presentation. */
  readonly nonce: string;
}

export type PresentationFault =
  | CredentialFault
  /** The credential is another holder's, or is bound to a key of theirs that counts no more. */
  | 'wrong_holder'
  /** A credential without a key binding: whoever has seen one could send it. */
  | 'unbound'
  | 'wrong_audience'
  | 'wrong_nonce'
  /** What is presented is not what the holder signed: another credential, or other disclosures. */
  | 'wrong_hash'
  | 'binding_from_future'
  | 'binding_stale'
  /** The key binding was signed by another key than the holder's. */
  | 'bad_binding';

/**
 * Verifies a presentation of an SD-JWT VC with key binding (RFC 9901, section 7.3), at the cost of two signatures and of a digest for each
 * disclosure at most. Whether it discloses what was asked for, and which status it has, is the caller's to look at. Never throws.
 */
export const verifyPresentation = (
  text: string,
  expected: PresentationExpectation,
):
  | { readonly ok: true; readonly credential: VerifiedCredential }
  | { readonly ok: false; readonly fault: PresentationFault } => {
  const refuse = (fault: PresentationFault): { ok: false; fault: PresentationFault } => ({ ok: false, fault });
  if (text.length > MAX_PRESENTATION_LENGTH) return refuse('malformed');
  const bindingAt = text.lastIndexOf(sdJwt.separator) + 1;
  const presented = text.slice(0, bindingAt);
  const binding = parseKeyBinding(text.slice(bindingAt));
  if (!binding && bindingAt < text.length) return refuse('malformed');

  const verified = verifyCredential(presented, expected);
  if (!verified.ok) return verified;
  if (!binding) return refuse('unbound');
  const { credential } = verified;
  if (!equalBytes(credential.holderKey, expected.holderKey)) return refuse('wrong_holder');
  if (binding.audience !== expected.audience) return refuse('wrong_audience');
  if (binding.nonce !== expected.nonce) return refuse('wrong_nonce');
  if (binding.presentedHash !== hashOf(presented, expected.sha256)) return refuse('wrong_hash');
  const freshness = freshnessOf(binding.issuedAt, expected.now, PRESENTATION_LIFE_S);
  if (freshness !== 'fresh') return refuse(freshness === 'stale' ? 'binding_stale' : 'binding_from_future');
  if (!isLowS(binding.signature) || !expected.verify(credential.holderKey, binding.signingInput, binding.signature)) {
    return refuse('bad_binding');
  }
  return verified;
};
