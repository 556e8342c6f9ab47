import { base64urlDecode, base64urlEncode, createKeyProof, jwkThumbprint } from '../protocol';
import { createKey, keyOf, sha256, type PhoneKey } from '../platform/keys';
import { forget, keep, load, StorageFailure } from '../platform/storage';

const CARD_KEY = 'card-key';
const pendingKey = (caseId: string): string => `card-key-of-${caseId}`;

const loadKey = async (storedAs: string): Promise<PhoneKey | null> => {
  const stored = await load(storedAs);
  if (typeof stored !== 'string') return null;
  const secret = base64urlDecode(stored);
  if (!secret) return null;
  try {
    return keyOf(secret);
  } catch {
    // Damaged, and not absent: taken for absent it would be overwritten.
    throw new StorageFailure('the stored key is damaged');
  }
};

/** The key that this phone's card is bound to, or null where this phone has none. */
export const loadCardKey = (): Promise<PhoneKey | null> => loadKey(CARD_KEY);

/** The key that was made for an enrolment whose card is not known to be minted; null where there is none. */
export const loadKeyOfCase = (caseId: string): Promise<PhoneKey | null> => loadKey(pendingKey(caseId));

/** The key's thumbprint, by which the service tells a phone that holds the card from one that held it before. */
export const thumbprintOf = ({ publicKey }: PhoneKey): string => jwkThumbprint(publicKey, sha256);

/** Forgets the card's key: nothing is shown with it any more. */
export const forgetCardKey = (): Promise<void> => forget(CARD_KEY);

/**
 * The key that the enrolment's card is to be bound to. It is kept before anything is minted for it and beside the present card's
 * key: no card is bound to a key that was lost, a lost reply can be asked for again, and a failed enrolment costs no card.
 */
export const keyForCase = async (caseId: string): Promise<PhoneKey> => {
  const kept = await loadKeyOfCase(caseId);
  if (kept) return kept;
  const key = await createKey();
  await keep(pendingKey(caseId), base64urlEncode(key.secret));
  return key;
};

/** Makes the enrolment's key the card's key, once its card is minted. */
export const adoptKeyOfCase = async (caseId: string, key: PhoneKey): Promise<void> => {
  await keep(CARD_KEY, base64urlEncode(key.secret));
  await forget(pendingKey(caseId));
};

/** The proof that this phone holds the key, over the service's nonce. */
export const proveKey = (key: PhoneKey, nonce: string): string =>
  createKeyProof({ nonce, key: key.publicKey, sign: key.sign });
