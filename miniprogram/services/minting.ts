import type { MintCardReply } from '../protocol';
import type { PhoneKey } from '../platform/keys';
import { forget, keep, load, StorageFailure } from '../platform/storage';
import { withStorage, type Called } from './call';
import { adoptKeyOfCase, keyForCase, loadCardKey, loadKeyOfCase, proveKey } from './card-key';
import { keepCredential } from './credential';
import type { Enrolment } from './enrolment';
import { mintCard } from './holder';

/** The case whose minting was asked for, as long as this phone has not heard what came of it. */
const UNHEARD = 'unheard-minting';

/** The proof by the key of the card before, where this phone has one: the card is then renewed, and does not come to another phone. */
const priorProofOf = async (nonce: string): Promise<{ readonly priorProof?: string }> => {
  try {
    const prior = await loadCardKey();
    return prior ? { priorProof: proveKey(prior, nonce) } : {};
  } catch (error) {
    // A damaged key proves nothing, and stands in the way of no new card.
    if (error instanceof StorageFailure) return {};
    throw error;
  }
};

/** Makes the card's key, proves it and has the card minted; the credential stays on this phone. @param nonce of the matched face */
export const mint = ({ caseId }: Pick<Enrolment, 'caseId'>, nonce: string): Promise<Called<MintCardReply>> =>
  withStorage(async () => {
    const key = await keyForCase(caseId);
    const prior = await priorProofOf(nonce);
    await keep(UNHEARD, caseId);
    const called = await mintCard({ caseId, proof: proveKey(key, nonce), ...prior });
    if (!called.ok) return called;
    // The credential first: while the enrolment's key is pending, the card can be asked for again.
    await keepCredential(called.reply.credential);
    await adopt({ caseId, key });
    return called;
  });

/** A minting of which this phone has heard nothing yet: the card may be bound to its key. */
export interface UnheardMinting {
  readonly caseId: string;
  readonly key: PhoneKey;
}

/** The minting that was not answered, as where the phone went out meanwhile; null where there is none. @throws StorageFailure */
export const unheardMinting = async (): Promise<UnheardMinting | null> => {
  const caseId = await load(UNHEARD);
  const key = typeof caseId === 'string' ? await loadKeyOfCase(caseId) : null;
  return typeof caseId === 'string' && key ? { caseId, key } : null;
};

/** Makes a minting's key the card's key, once the card is known to be bound to it. @throws StorageFailure */
export const adopt = async ({ caseId, key }: UnheardMinting): Promise<void> => {
  await adoptKeyOfCase(caseId, key);
  await forget(UNHEARD);
};
