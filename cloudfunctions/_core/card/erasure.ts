import {
  statusType,
  type AccountKey,
  type DeletionId,
  type FileId,
  type IdentityKey,
  type Instant,
} from '../../../protocol';
import type { DestroyEvidence } from '../enrolment/case-ports';
import type { AppendEvent, OpenEvent } from '../event';
import { queueFarewells, type Farewells, type QueueFarewellsPorts } from '../notices/farewells';
import type { ForgetReminders } from '../reminders/reminder';
import type { PublishStatusPorts } from '../status/publish-status';
import type { StatusPlace } from '../status/status-list';
import type { Identity } from './identity';
import type { LeaveRemintQueue } from './renew-credential';

/** What is left to do once an identity is erased, and with what: it lies in the identity's place until it is done. */
export interface Erasure {
  readonly key: IdentityKey;
  readonly account: AccountKey;
  readonly id: DeletionId;
  readonly deletedAt: Instant;
  readonly unreadableEvents: number;
  readonly proof: string;
  readonly event: OpenEvent;
  /** Of its credentials: the status lists are to tell that they are revoked, as of the revision that erased. */
  readonly places: readonly StatusPlace[];
  readonly revision: number;
  /** Selfies of step-ups that may not have been destroyed yet. */
  readonly pictures: readonly FileId[];
  /** What institutions are to hear of it; absent where nobody is. */
  readonly farewells?: Farewells;
}

/** A deletion that is over, as its proof tells it. */
export type Deletion = Pick<Erasure, 'id' | 'deletedAt' | 'unreadableEvents' | 'proof'>;

/**
 * Puts an erasure in the place of an identity, in one conditional write that names the revision before it: data key, person, card,
 * account and all else are gone with it.
 * @returns false where the identity is no longer in that revision: somebody else was first
 */
export type EraseIdentity = (prior: Identity, erasure: Erasure) => Promise<boolean>;

/** An erasure that is not finished, by its deletion. */
export type LoadErasure = (id: DeletionId) => Promise<Erasure | null>;
/** Erasures that are not finished. */
export type LoadErasures = (limit: number) => Promise<readonly Erasure[]>;
/** Clears the place; one that is cleared already is no error. */
export type ForgetErasure = (erasure: Erasure) => Promise<void>;

/** Keeps the proof of a deletion for a phone that lost the reply; one that is kept already stays. */
export type KeepDeletion = (deletion: Deletion) => Promise<void>;
export type LoadDeletion = (id: DeletionId) => Promise<Deletion | null>;
/** Forgets the proofs of deletions before then. @returns how many there were */
export type ForgetDeletions = (before: Instant) => Promise<number>;

/**
 * Removes the account's enrolments that are over; those under way end by themselves within the hour, or at their reviewer.
 * @returns false where one that is over has to stay for now: an interrupted call has left pictures that only it names, or words
 */
export type ForgetCases = (account: AccountKey) => Promise<boolean>;

export interface FinishErasurePorts extends QueueFarewellsPorts, Pick<PublishStatusPorts, 'writeEntry' | 'touchList'> {
  readonly appendEvent: AppendEvent;
  readonly destroyEvidence: DestroyEvidence;
  readonly leaveRemintQueue: LeaveRemintQueue;
  readonly forgetCases: ForgetCases;
  readonly forgetReminders: ForgetReminders;
  readonly keepDeletion: KeepDeletion;
  readonly forgetErasure: ForgetErasure;
}

/** Does what is left of a deletion; done twice, or interrupted and begun anew, it comes to the same. */
export const finishErasure = async (ports: FinishErasurePorts, erasure: Erasure): Promise<void> => {
  for (const place of erasure.places) {
    await ports.writeEntry(place, statusType.invalid, erasure.revision);
    await ports.touchList(place.list);
  }
  if (erasure.pictures.length > 0) await ports.destroyEvidence(erasure.pictures);
  await ports.leaveRemintQueue(erasure.key);
  const areForgotten = await ports.forgetCases(erasure.account);
  await ports.forgetReminders(erasure.account);
  await ports.appendEvent(erasure.event);
  await ports.keepDeletion(erasure);
  // What cannot be put into the lines keeps neither the log nor the proof waiting.
  await queueFarewells(ports, erasure);
  // The job comes back to it once what was left of the enrolments is finished.
  if (areForgotten) await ports.forgetErasure(erasure);
};
