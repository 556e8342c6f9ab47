import { verifyReceipt, type EntryOpening, type HistoryEntry, type MadeCheck, type Receipt } from '../protocol';
import { verifySignature } from '../platform/keys';
import { StorageFailure } from '../platform/storage';
import { readContent } from './entry-content';
import { hearKeys, type HeardKeys } from './trusted-keys';

/** What a receipt is worth: signed, and of this very check; not to be told, since its key is not known here; or wrong. */
export type ReceiptState = 'signed' | 'unchecked' | 'wrong';

type CheckedEntry = Extract<HistoryEntry, { readonly kind: 'card_checked' }>;

/** What a receipt says that its check, as either side has it, must say too. */
type Told = Pick<MadeCheck, 'id' | 'at' | 'purpose' | 'mode' | 'terminal' | 'claims'>;

/** Hears the keys of receipts. A phone that cannot keep them has none: nothing is held against what was seen before. */
export const hearReceiptKeys = async (): Promise<HeardKeys> => {
  try {
    return await hearKeys('receipts');
  } catch (error) {
    if (error instanceof StorageFailure) return { ok: false, because: 'unreachable' };
    throw error;
  }
};

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((item) => other.includes(item));

const isOf = (receipt: Receipt, told: Told): boolean =>
  receipt.eventId === told.id &&
  receipt.issuedAt === Math.floor(told.at / 1000) &&
  receipt.purpose === told.purpose &&
  receipt.mode === told.mode &&
  receipt.terminal === told.terminal &&
  isSame(receipt.claims, told.claims);

const stateOf = (text: string, heard: HeardKeys, isAbout: (receipt: Receipt) => boolean): ReceiptState => {
  if (!heard.ok) return heard.because === 'unreachable' ? 'unchecked' : 'wrong';
  const { issuer, keys } = heard.trusted;
  const verified = verifyReceipt(text, { expectedIssuer: issuer, keys, verify: verifySignature });
  if (verified.ok) return isAbout(verified.receipt) ? 'signed' : 'wrong';
  // A key that is not published any more says nothing of the receipt.
  return verified.fault === 'unknown_key' ? 'unchecked' : 'wrong';
};

/**
 * Verifies the receipt of a check that a partner made, on this phone. A check by an offline pass has none: the pass is its own proof.
 * @param partner the id of the partner that made the check
 */
export const stateOfMadeCheck = (check: MadeCheck, partner: string, heard: HeardKeys): ReceiptState | 'none' =>
  check.receipt === null
    ? 'none'
    : stateOf(
        check.receipt,
        heard,
        (receipt) =>
          isOf(receipt, check) &&
          receipt.partner === partner &&
          receipt.shop === check.shop &&
          receipt.tier === check.tier,
      );

/** Verifies the receipt of a check of the holder's card, on this phone: that the issuer signed it, and that it says what the history says. */
export const checkReceipt = async (entry: CheckedEntry, { content }: EntryOpening): Promise<ReceiptState> =>
  stateOf(
    entry.receipt,
    await hearReceiptKeys(),
    (receipt) => isOf(receipt, entry) && receipt.partner === readContent(content)?.happening['partner'],
  );
