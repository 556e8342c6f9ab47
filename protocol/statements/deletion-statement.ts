import type { Sign, VerifySignature } from '../crypto';
import type { PublicKey } from '../key/public-key';
import { createStatement, parseStatement } from './statement';

/**
 * The holder orders the deletion of everything, by signing the service's challenge with the card's key.
 * @param order.challenge the service's, 16 bytes as base64url
 * @returns a COSE_Sign1 as base64url
 * @throws RangeError where the challenge is not 16 bytes
 */
export const createDeletionStatement = (order: {
  readonly challenge: string;
  readonly holderKey: PublicKey;
  readonly sign: Sign;
}): string =>
  createStatement('deletion', {
    challenge: order.challenge,
    key: order.holderKey,
    more: new Map(),
    sign: order.sign,
  });

/** A deletion statement that was read and not yet verified. */
export interface ParsedDeletionStatement {
  /** 16 bytes as base64url. */
  readonly challenge: string;
  readonly isSignedBy: (holderKey: PublicKey, verify: VerifySignature) => boolean;
}

/** Reads a deletion statement. Never throws. @returns null where the text is none */
export const parseDeletionStatement = (text: string): ParsedDeletionStatement | null => {
  const statement = parseStatement('deletion', text);
  return statement?.more.size === 0 ? statement : null;
};
