import type { Sign, VerifySignature } from '../crypto';
import type { PublicKey } from '../key/public-key';
import { createStatement, parseStatement } from './statement';

/**
 * The phone proves the key that the card is to be bound to, by signing the service's nonce with it.
 * @param proof.nonce the service's, 16 bytes as base64url
 * @returns a COSE_Sign1 as base64url
 * @throws RangeError where the nonce is not 16 bytes
 */
export const createKeyProof = (proof: {
  readonly nonce: string;
  readonly key: PublicKey;
  readonly sign: Sign;
}): string => createStatement('mint', { challenge: proof.nonce, key: proof.key, more: new Map(), sign: proof.sign });

export type KeyProofFault = 'malformed' | 'wrong_nonce' | 'bad_signature';

/**
 * Checks a key proof and gives the key that it proves. Never throws.
 * @param expected.expectedNonce the nonce that was given out for this minting
 */
export const verifyKeyProof = (
  text: string,
  expected: { readonly expectedNonce: string; readonly verify: VerifySignature },
): { readonly ok: true; readonly key: PublicKey } | { readonly ok: false; readonly fault: KeyProofFault } => {
  const proof = parseStatement('mint', text);
  if (proof?.more.size !== 0) return { ok: false, fault: 'malformed' };
  if (proof.challenge !== expected.expectedNonce) return { ok: false, fault: 'wrong_nonce' };
  return proof.isSignedBy(proof.key, expected.verify)
    ? { ok: true, key: proof.key }
    : { ok: false, fault: 'bad_signature' };
};
