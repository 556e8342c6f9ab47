import { createReceipt } from '../../../protocol';
import type { Now } from '../../_core/ambient-ports';
import type { SignReceipt } from '../../_core/showing/redeem-code';
import type { IssuerKeys } from './issuer-keys';

/**
 * Signs receipts by keys of their own: who checks cards holds none that could sign a card.
 * @param issuer the issuer's URL
 */
export const createReceiptSigner =
  (issuer: string, keys: IssuerKeys, now: Now): SignReceipt =>
  (receipt) =>
    createReceipt({ ...receipt, issuer }, keys.signing(now()));
