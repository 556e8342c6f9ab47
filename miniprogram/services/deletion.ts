import {
  createOrderStatement,
  publicKeyFromBase64url,
  validators,
  verifyDeletionProof,
  type DeleteAccountReply,
  type DeletionProofContent,
  type PrepareDeletionReply,
} from '../protocol';
import { verifySignature } from '../platform/keys';
import { forget, keep, load, StorageFailure } from '../platform/storage';
import { withStorage, type Called } from './call';
import { forgetCardKey, loadCardKey } from './card-key';
import { forgetFollowedCase } from './followed-case';
import { deleteAccount, prepareDeletion } from './holder';
import { forgetShown } from './phone-card';

/** The order that the card's key has signed, and what it answers: the challenge, and the keys by which the proof is verified. */
interface SignedOrder {
  readonly statement: string;
  readonly prepared: PrepareDeletionReply;
}

/** A deletion that was made. */
export interface Deletion {
  /** A JWS. */
  readonly proof: string;
  /** What the proof says; null where this phone could not verify it. */
  readonly proved: DeletionProofContent | null;
}

const STORED_AS = 'deletion-order';

const isOrder = (kept: unknown): kept is SignedOrder =>
  typeof kept === 'object' &&
  kept !== null &&
  'statement' in kept &&
  typeof kept.statement === 'string' &&
  'prepared' in kept &&
  validators.PrepareDeletionReply(kept.prepared);

const loadOrder = async (): Promise<SignedOrder | null> => {
  const kept = await load(STORED_AS);
  return isOrder(kept) ? kept : null;
};

/** Signs an order, and keeps it before it is sent: where the answer is lost, the same order gets the same proof again. */
const signOrder = async (): Promise<Called<SignedOrder>> => {
  const key = await loadCardKey();
  if (!key) return { ok: false, error: { code: 'key_proof_invalid' } };
  const prepared = await prepareDeletion();
  if (!prepared.ok) return prepared;
  const { challenge } = prepared.reply;
  const statement = createOrderStatement('deletion', { challenge, holderKey: key.publicKey, sign: key.sign });
  const order = { statement, prepared: prepared.reply };
  await keep(STORED_AS, order);
  return { ok: true, reply: order };
};

const proofOf = ({ id, proof }: DeleteAccountReply, { prepared }: SignedOrder): DeletionProofContent | null => {
  try {
    const keys = new Map(prepared.keys.map(({ kid, key }) => [kid, publicKeyFromBase64url(key)]));
    const proved = verifyDeletionProof(proof, { keys, verify: verifySignature });
    return proved?.id === id ? proved : null;
  } catch {
    // A key that is no point of the curve verifies nothing.
    return null;
  }
};

/** Forgets what this phone kept of a card that is not there any more. What fails here is worth nothing to anybody. */
const forgetAll = async (): Promise<void> => {
  await Promise.allSettled([forgetShown(), forgetCardKey(), forgetFollowedCase(), forget(STORED_AS)]);
};

/**
 * Has everything deleted, by an order that the card's key signs, and verifies the proof. An order whose answer was lost is sent again
 * first. Refused where this phone does not hold the card's key.
 */
export const deleteEverything = (): Promise<Called<Deletion>> =>
  withStorage(async () => {
    const send = async (order: SignedOrder): Promise<Called<Deletion>> => {
      const called = await deleteAccount({ statement: order.statement });
      if (!called.ok) return called;
      await forgetAll();
      return { ok: true, reply: { proof: called.reply.proof, proved: proofOf(called.reply, order) } };
    };
    const before = await loadOrder();
    const repeated = before && (await send(before));
    if (repeated && (repeated.ok || repeated.error.code === 'unreachable')) return repeated;
    if (repeated) await forget(STORED_AS);
    const signed = await signOrder();
    return signed.ok ? send(signed.reply) : signed;
  });

/** Whether an order was sent whose answer never came. */
export const awaitsProof = async (): Promise<boolean> => {
  try {
    return (await loadOrder()) !== null;
  } catch (error) {
    if (error instanceof StorageFailure) return false;
    throw error;
  }
};
