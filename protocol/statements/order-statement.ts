import type { Sign, VerifySignature } from '../crypto';
import type { PublicKey } from '../key/public-key';
import { createStatement, parseStatement } from './statement';

/** What a holder orders by the card's key: that everything is deleted, or told. */
export type HolderOrder = 'deletion' | 'export';

/**
 * The holder gives an order, by signing the service's challenge with the card's key. A signature for one order is none for another.
 * @param order.challenge the service's, 16 bytes as base64url
 * @returns a COSE_Sign1 as base64url
 * @throws RangeError where the challenge is not 16 bytes
 */
export const createOrderStatement = (
  use: HolderOrder,
  order: { readonly challenge: string; readonly holderKey: PublicKey; readonly sign: Sign },
): string =>
  createStatement(use, { challenge: order.challenge, key: order.holderKey, more: new Map(), sign: order.sign });

/** A statement of an order that was read and not yet verified. */
export interface ParsedOrderStatement {
  /** 16 bytes as base64url. */
  readonly challenge: string;
  readonly isSignedBy: (holderKey: PublicKey, verify: VerifySignature) => boolean;
}

/** Reads the statement of such an order. Never throws. @returns null where the text is none */
export const parseOrderStatement = (use: HolderOrder, text: string): ParsedOrderStatement | null => {
  const statement = parseStatement(use, text);
  return statement?.more.size === 0 ? statement : null;
};
