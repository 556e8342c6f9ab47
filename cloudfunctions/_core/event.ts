import type { AccountKey, CaseId, EventId, IdentityKey, Instant, Look, PurposeId } from '../../protocol';
import type { SealedKey } from './sealed-key';

interface EventBase {
  readonly id: EventId;
  readonly at: Instant;
}

/** An event of an enrolment: nobody is known yet, so nothing is to be sealed. */
export type CaseEvent = EventBase & {
  readonly kind: 'evidence_destroyed';
  readonly subject: CaseId;
  readonly files: number;
};

/**
 * An event in the life of a card, and an entry of its holder's history: what happened is sealed under the identity's own data key.
 */
export type CardEvent = EventBase & { readonly subject: IdentityKey; readonly dataKey: SealedKey } & (
    | { readonly kind: 'card_minted' | 'card_suspended' | 'card_resumed' }
    | {
        readonly kind: 'card_checked';
        readonly purpose: PurposeId;
        readonly partner: string;
        readonly terminal: string;
        /** The account at that terminal: it alone may say what the look came to. */
        readonly verifier: AccountKey;
      }
  );

/** A check of a card. */
export type CheckEvent = Extract<CardEvent, { readonly kind: 'card_checked' }>;

/**
 * What staff said about a check. It has no subject in clear: it is found by its id, which follows from the check's, so that it
 * stands beside its check and is no entry of its own.
 */
export type LookEvent = EventBase & {
  readonly kind: 'look_reported';
  readonly dataKey: SealedKey;
  readonly check: EventId;
  readonly look: Look;
};

/** What happened: an entry of the append-only log. Its subject is a keyed hash or a random id, never a person's datum. */
export type Event = CaseEvent | CardEvent | LookEvent;

/** Appends one event; the same id twice is one event. @returns whether it is new; of two under one id, the first stands */
export type AppendEvent = (event: Event) => Promise<boolean>;

/** Where an event stands among its subject's: by time, and by id where the times are equal. */
export type EventPosition = EventBase;

/** Whether one event stands before another in time. */
export const isOlder = (one: EventPosition, other: EventPosition): boolean =>
  one.at < other.at || (one.at === other.at && one.id < other.id);

/**
 * The newest events of an identity that are older than a position.
 * @param before null for the very newest
 * @throws Error where a seal does not open: a history with a gap would pass for a whole one
 */
export type LoadCardEvents = (
  identity: { readonly key: IdentityKey; readonly dataKey: SealedKey },
  before: EventPosition | null,
  limit: number,
) => Promise<readonly CardEvent[]>;

/** The looks with these ids; what nobody said is left out. @throws Error where a seal does not open */
export type LoadLooks = (dataKey: SealedKey, ids: readonly EventId[]) => Promise<readonly LookEvent[]>;

/** An event whose subject is known, and whose content opens with that subject's data key. */
export interface SealedEvent {
  readonly subject: IdentityKey;
  /** @throws Error where the seal does not open */
  readonly open: (dataKey: SealedKey) => CardEvent;
}

/** The event of a card with that id. */
export type LoadSealedEvent = (id: EventId) => Promise<SealedEvent | null>;
