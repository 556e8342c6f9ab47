import {
  deletionId,
  destroyedParts,
  mayBeForgotten,
  parseOrderStatement,
  type AccountKey,
  type CardId,
  type DeleteAccountReply,
  type DeleteAccountRequest,
  type DeletionId,
  type DeletionProofContent,
  type PrepareDeletionReply,
  type Sha256,
  type VerifySignature,
} from '../../../protocol';
import type { Now } from '../ambient-ports';
import { derivedId } from '../derived-id';
import type { MakeOpenEvent } from '../event';
import { farewellsOf, type SealFarewellsPorts } from '../notices/farewells';
import { done, refuse, type Result } from '../result';
import { appendOutbox, ROUNDS_OF_OTHERS } from './change-identity';
import type { Deletion, Erasure, EraseIdentity, LoadDeletion, LoadErasure } from './erasure';
import { finishErasure, type FinishErasurePorts } from './erasure';
import type { Identity, PreparedOrder } from './identity';
import type { LoadIdentityByCard } from './identity-ports';
import { prepareOrder, type HindranceOf, type PrepareOrderPorts } from './holder-order';
import { without, type Stops } from './stops';

export interface PrepareDeletionPorts extends PrepareOrderPorts {
  /** The issuer's published keys, as the phone verifies the proof by them. */
  readonly publishedKeys: () => PrepareDeletionReply['keys'];
}

/** How long the order waits for the signature of the holder's key, in milliseconds. */
export const DELETION_LIFE_MS = 5 * 60 * 1000;

/**
 * What keeps a phone from having everything deleted. With the identity its suspension would be forgotten, and whoever has just moved the
 * card to a phone of theirs, or found one, would destroy what is not theirs.
 */
const hindranceOf: HindranceOf = ({ card }, at) => {
  // Who enrols anew after a guardian's withdrawal needs a guardian again: nothing is got round.
  if (without(without(card.stops, 'holder'), 'guardian').length > 0) return refuse('card_not_active');
  const { limitedUntil } = card;
  return limitedUntil !== null && limitedUntil > at ? refuse('card_limited', { until: limitedUntil }) : null;
};

/**
 * The first step of a deletion: gives the challenge that the card's key is to sign.
 * Refuses `not_found`, `card_not_active` where the card is stopped by anything but the holder's tap, `card_limited` where it came to
 * this phone lately, and `wrong_step` where other calls were always first.
 */
export const prepareDeletion = async (
  ports: PrepareDeletionPorts,
  account: AccountKey,
): Promise<Result<PrepareDeletionReply>> => {
  const put = (deletion: PreparedOrder) => ({ deletion });
  const prepared = await prepareOrder(ports, account, { lifeMs: DELETION_LIFE_MS, hindranceOf, put });
  return prepared.ok ? done({ ok: true, ...prepared.value, keys: ports.publishedKeys() }) : prepared;
};

export interface DeletePorts extends FinishErasurePorts, SealFarewellsPorts {
  readonly now: Now;
  readonly makeOpenEvent: MakeOpenEvent;
  /** Signs a deletion proof with the issuer's key. */
  readonly proveDeletion: (content: Omit<DeletionProofContent, 'issuer'>) => string;
  readonly eraseIdentity: EraseIdentity;
  readonly loadErasure: LoadErasure;
  readonly loadDeletion: LoadDeletion;
}

/** The deletion that a challenge orders: asked for again, it is the same. */
const idOf = (sha256: Sha256, challenge: string): DeletionId => deletionId(derivedId(sha256, `deletion ${challenge}`));

const replyOf = ({ id, deletedAt, unreadableEvents, proof }: Deletion): DeleteAccountReply => ({
  ok: true,
  id,
  deletedAt,
  unreadableEvents,
  proof,
});

/** Destroys an identity in one conditional write. @returns null where another call was first */
const erase = async (ports: DeletePorts, identity: Identity, id: DeletionId): Promise<DeleteAccountReply | null> => {
  const deletedAt = ports.now();
  // Whatever is not in the log yet would be lost with the identity, and the log would lack a leaf.
  await appendOutbox(ports.appendEvent, identity);
  const { key, account, eventCount: unreadableEvents } = identity;
  const proof = ports.proveDeletion({
    id,
    deletedAt: Math.floor(deletedAt / 1000),
    destroyed: destroyedParts,
    unreadableEvents,
  });
  const happening = { kind: 'account_deleted', deletion: id, unreadableEvents } as const;
  const event = ports.makeOpenEvent({ at: deletedAt, happening });
  const { list, index } = identity.card.credential;
  const revision = identity.revision + 1;
  const farewells = await farewellsOf(ports, identity, { id, deletedAt, revision });
  const erasure: Erasure = {
    ...{ key, account, id, deletedAt, unreadableEvents, proof, event, revision },
    places: [{ list, index }, ...(identity.untold?.retired ?? [])],
    pictures: identity.stepUp.pictures,
    ...(farewells && { farewells }),
  };
  if (!(await ports.eraseIdentity(identity, erasure))) return null;
  await finishErasure(ports, erasure);
  return replyOf(erasure);
};

/** What a deletion came to that was made before: the reply was lost, or the call interrupted. */
const deletedBefore = async (ports: DeletePorts, id: DeletionId): Promise<Result<DeleteAccountReply>> => {
  const begun = await ports.loadErasure(id);
  if (begun) await finishErasure(ports, begun);
  const deletion = begun ?? (await ports.loadDeletion(id));
  return deletion ? done(replyOf(deletion)) : refuse('not_found');
};

/** How often a call of the holder's may be overtaken by others. */
const ROUNDS = 5;

/**
 * Deletes everything of a person, once the card's key has signed the challenge: person, portrait, data key, card, account and showings
 * go in one write, and with the data key every event becomes a leaf that nobody can open. The person may enrol again, as somebody new.
 *
 * What stays, since the law wants it kept, names nobody: the leaves of the log and the partners' records of their own checks (Cybersecurity
 * Law, article 21: network logs for six months at least), and the proof itself, 30 days, for a phone that lost the reply.
 *
 * Refuses `key_proof_invalid`, `wrong_step` where nothing fresh was prepared, what `prepareDeletion` refuses, and `not_found` where there is
 * neither a card nor a deletion by this challenge.
 */
export const deleteAccount = async (
  ports: DeletePorts &
    Pick<PrepareDeletionPorts, 'loadIdentityOfAccount'> & { readonly verifySignature: VerifySignature },
  account: AccountKey,
  request: DeleteAccountRequest,
): Promise<Result<DeleteAccountReply>> => {
  const statement = parseOrderStatement('deletion', request.statement);
  if (!statement) {
    return refuse((await ports.loadIdentityOfAccount(account)) ? 'key_proof_invalid' : 'not_found');
  }
  const id = idOf(ports.sha256, statement.challenge);
  for (let round = 0; round < ROUNDS; round += 1) {
    const identity = await ports.loadIdentityOfAccount(account);
    if (identity?.deletion?.challenge !== statement.challenge) {
      const before = await deletedBefore(ports, id);
      return before.ok || !identity ? before : refuse('wrong_step');
    }
    if (!statement.isSignedBy(identity.card.holderKey, ports.verifySignature)) return refuse('key_proof_invalid');
    const at = ports.now();
    if (identity.deletion.preparedAt + DELETION_LIFE_MS <= at) return refuse('wrong_step');
    const hindrance = hindranceOf(identity, at);
    if (hindrance) return hindrance;
    const reply = await erase(ports, identity, id);
    if (reply) return done(reply);
  }
  return refuse('wrong_step');
};

/** Whether a counter may have a card deleted that is stopped for these: with the identity, the stops are forgotten. */
export const isDeletableAtCounter = (stops: Stops): boolean => stops.every(({ reason }) => mayBeForgotten(reason));

/**
 * Deletes everything of a person who came to a counter, as two operators decided about that very card. Twice is once.
 * @param id of the deletion
 * Refuses `not_found` where neither that card nor the deletion is there, `card_not_active` where the card is stopped for what must not be
 * forgotten, and `wrong_step` where other calls were always first.
 */
export const deleteAtCounter = async (
  ports: DeletePorts & { readonly loadIdentityByCard: LoadIdentityByCard },
  card: CardId,
  id: DeletionId,
): Promise<Result<DeleteAccountReply>> => {
  for (let round = 0; round < ROUNDS_OF_OTHERS; round += 1) {
    const identity = await ports.loadIdentityByCard(card);
    if (!identity) return deletedBefore(ports, id);
    if (!isDeletableAtCounter(identity.card.stops)) return refuse('card_not_active');
    const reply = await erase(ports, identity, id);
    if (reply) return done(reply);
  }
  return refuse('wrong_step');
};
