import { DELETION_ANSWER_MS, eventId } from '../../../protocol';
import type {
  DeletionAnswer,
  DisclosableClaim,
  EventId,
  Instant,
  LookStanding,
  PurposeId,
  Sha256,
} from '../../../protocol';
import { derivedId } from '../derived-id';
import type { Place } from '../happening';

/** A holder's request to a partner to delete what it was told at one check. Nothing in it leads to the holder. */
export interface DeletionRequest extends Place {
  /** Follows from the check's id, so that one check is asked about once. */
  readonly id: EventId;
  readonly check: EventId;
  readonly checkedAt: Instant;
  readonly purpose: PurposeId;
  readonly claims: readonly DisclosableClaim[];
  /** Null of a pass. */
  readonly receipt: string | null;
  readonly askedAt: Instant;
  /** What the partner answered, when, and which member of its staff; null while the request is open. */
  readonly answered: { readonly at: Instant; readonly answer: DeletionAnswer; readonly member: string } | null;
}

/** Where a request stands among the others of its partner: by when it was asked, and by id where the times are equal. */
export interface RequestPosition {
  readonly at: Instant;
  readonly id: EventId;
}

/** Keeps a request; one of the same id stays as it is. */
export type KeepDeletionRequest = (request: DeletionRequest) => Promise<void>;

/** Those of the requests that are kept. */
export type LoadDeletionRequests = (ids: readonly EventId[]) => Promise<readonly DeletionRequest[]>;

/** A partner's requests after a position: open ones with the oldest first, answered ones with the newest first. */
export type ListDeletionRequests = (
  query: { readonly partner: string; readonly state: 'open' | 'answered'; readonly after: RequestPosition | null },
  limit: number,
) => Promise<readonly DeletionRequest[]>;

/** Answers an open request of that partner, in one conditional write. @returns false where there is none */
export type AnswerRequest = (
  id: EventId,
  partner: string,
  answered: NonNullable<DeletionRequest['answered']>,
) => Promise<boolean>;

/** The id of the request about a check. */
export const requestIdOf = (sha256: Sha256, check: EventId): EventId =>
  eventId(derivedId(sha256, `deletion of ${check}`));

/** A request's times and answer, as both sides see them. */
export const standingOf = (
  { askedAt, answered }: DeletionRequest,
  now: Instant,
): NonNullable<LookStanding['deletion']> => ({
  askedAt,
  dueAt: askedAt + DELETION_ANSWER_MS,
  isOverdue: answered === null && now > askedAt + DELETION_ANSWER_MS,
  answered: answered && { at: answered.at, answer: answered.answer },
});
