import {
  base64urlEncode,
  deletionId,
  destroyedParts,
  endReasonTable,
  hex,
  instant,
  parseDeletionStatement,
  parseKillCode,
  utf8Encode,
  type AccountKey,
  type DeleteAccountReply,
  type DeleteAccountRequest,
  type DeletionId,
  type DeletionProofContent,
  type PrepareDeletionReply,
  type Sha256,
  type VerifySignature,
} from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import type { MakeOpenEvent } from '../event';
import { done, refuse, type Result } from '../result';
import { appendOutbox, changeIdentity, nextRevisionOf, type ChangeIdentityPorts } from './change-identity';
import type { Deletion, Erasure, EraseIdentity, LoadDeletion, LoadErasure } from './erasure';
import { finishErasure, type FinishErasurePorts } from './erasure';
import type { Identity } from './identity';
import type { KillCodeKeyOf, LoadIdentityByKillCode, LoadIdentityOfAccount } from './identity-ports';

export interface PrepareDeletionPorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly randomBytes: RandomBytes;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
}

/** How long the order waits for the signature of the holder's key, in milliseconds. */
export const DELETION_LIFE_MS = 5 * 60 * 1000;

/**
 * What keeps a phone from having everything deleted. With the identity its suspension would be forgotten, and whoever has just moved the
 * card to a phone of theirs, or found one, would destroy what is not theirs.
 */
const hindranceOf = ({ card }: Identity, at: number): ReturnType<typeof refuse> | null => {
  if (card.status === 'revoked' || (card.ended && endReasonTable[card.ended.reason].remedy !== 'holder')) {
    return refuse('card_not_active');
  }
  const { limitedUntil } = card;
  return limitedUntil !== null && limitedUntil > at ? refuse('card_limited', { until: limitedUntil }) : null;
};

/**
 * The first step of a deletion: gives the challenge that the card's key is to sign.
 * Refuses `not_found`, `card_not_active` where the card is stopped by anything but the holder's tap, `card_limited` where it came to
 * this phone lately, and `wrong_step` where other calls were always first.
 */
export const prepareDeletion = (
  ports: PrepareDeletionPorts,
  account: AccountKey,
): Promise<Result<PrepareDeletionReply>> =>
  changeIdentity<PrepareDeletionReply>(
    ports,
    () => ports.loadIdentityOfAccount(account),
    (identity) => {
      const preparedAt = ports.now();
      const hindrance = hindranceOf(identity, preparedAt);
      if (hindrance) return { kind: 'refused', error: hindrance.error };
      const challenge = base64urlEncode(ports.randomBytes(16));
      return {
        kind: 'changed',
        next: nextRevisionOf(identity, { deletion: { challenge, preparedAt } }),
        value: { ok: true, challenge, expiresAt: instant(preparedAt + DELETION_LIFE_MS) },
      };
    },
  );

export interface DeletePorts extends FinishErasurePorts {
  readonly now: Now;
  readonly sha256: Sha256;
  readonly makeOpenEvent: MakeOpenEvent;
  /** Signs a deletion proof with the issuer's key. */
  readonly proveDeletion: (content: Omit<DeletionProofContent, 'issuer'>) => string;
  readonly eraseIdentity: EraseIdentity;
  readonly loadErasure: LoadErasure;
  readonly loadDeletion: LoadDeletion;
}

/** The deletion that a challenge orders: asked for again, it is the same. */
const idOf = (sha256: Sha256, challenge: string): DeletionId =>
  deletionId(hex(sha256(utf8Encode(`deletion ${challenge}`)).subarray(0, 16)));

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
  const erasure: Erasure = {
    ...{ key, account, id, deletedAt, unreadableEvents, proof, event },
    places: [{ list, index }, ...(identity.untold?.retired ?? [])],
    revision: identity.revision + 1,
    pictures: identity.stepUp.pictures,
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

/** How often one call may be overtaken by others. */
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
  const statement = parseDeletionStatement(request.statement);
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

/**
 * Deletes everything of a person who came to a counter with the kill code, the phone being lost; an operator has seen who it is.
 * Refuses `kill_code_mistyped`, `kill_code_unknown`, `card_not_active` where the card is revoked or under inquiry, and `wrong_step`.
 */
export const deleteAtCounter = async (
  ports: DeletePorts & {
    readonly randomBytes: RandomBytes;
    readonly killCodeKeyOf: KillCodeKeyOf;
    readonly loadIdentityByKillCode: LoadIdentityByKillCode;
  },
  typed: string,
): Promise<Result<DeleteAccountReply>> => {
  const code = parseKillCode(typed);
  if (!code) return refuse('kill_code_mistyped');
  const id = deletionId(hex(ports.randomBytes(16)));
  for (let round = 0; round < ROUNDS; round += 1) {
    const identity = await ports.loadIdentityByKillCode(ports.killCodeKeyOf(code));
    if (!identity) return refuse('kill_code_unknown');
    const { status, ended } = identity.card;
    if (status === 'revoked' || ended?.reason === 'inquiry') return refuse('card_not_active');
    const reply = await erase(ports, identity, id);
    if (reply) return done(reply);
  }
  return refuse('wrong_step');
};
