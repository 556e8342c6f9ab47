import type { EventId, Instant, Look } from '../../protocol';
import type { CheckRecord, Happening, OpenHappening } from './happening';
import type { SealedKey } from './sealed-key';

interface EventBase {
  readonly id: EventId;
  readonly at: Instant;
  /** SHA-256 of a salt and the event's content, as base64url: the leaf of the log. It tells nothing to who lacks the salt. */
  readonly commitment: string;
}

/**
 * An event of a card, sealed: made before the write that it belongs to, written with it, and appended after it. Its id is drawn from
 * the identity's data key and the event's number, so that nothing stored links two events of one person.
 */
export interface SealedEvent extends EventBase {
  /** Salt and content under the identity's data key: destroying that key erases them, and leaves the log whole. */
  readonly sealed: string;
  /** Of a check, what its partner keeps. */
  readonly check?: CheckRecord;
}

/** An event of no person, in clear: with salt and text anybody who may read it computes its leaf again. */
export interface OpenEvent extends EventBase {
  readonly open: {
    /** 16 bytes as base64url. */
    readonly salt: string;
    /** JSON, byte for byte as it was committed to. */
    readonly content: string;
  };
}

/** An entry of the append-only log. */
export type LogEvent = SealedEvent | OpenEvent;

/** Whose events are meant: the data key seals them and draws their ids. */
export interface EventOwner {
  readonly dataKey: SealedKey;
}

/** The id of an event that is still to be made, for what must name it beforehand. */
export type EventIdOf = (owner: EventOwner, number: number) => EventId;

/** Seals what happened to a card, as its event of that number; the same number again is the same id. */
export type SealEvent = (
  owner: EventOwner,
  event: {
    readonly number: number;
    readonly at: Instant;
    readonly happening: Happening;
    readonly check?: CheckRecord;
  },
) => SealedEvent;

/** Makes an event of no person. @param id where it follows from something else; else it is random */
export type MakeOpenEvent = (event: {
  readonly at: Instant;
  readonly happening: OpenHappening;
  readonly id?: EventId;
}) => OpenEvent;

/** Appends one event; the same id twice is one event. @returns whether it is new; of two under one id, the first stands */
export type AppendEvent = (event: LogEvent) => Promise<boolean>;

/** An event of a card, as its holder reads it. */
export interface HistoryEvent {
  readonly id: EventId;
  readonly number: number;
  readonly at: Instant;
  readonly happening: Happening;
}

/**
 * The events of those numbers; one that is not stored is left out, and leaves a gap that shows.
 * @throws Error where a seal does not open
 */
export type LoadEvents = (owner: EventOwner, numbers: readonly number[]) => Promise<readonly HistoryEvent[]>;

/** An event with what proves that it is the one in the log: `commitment` is SHA-256 of salt and content. */
export interface EventProof extends HistoryEvent {
  readonly commitment: string;
  /** 16 bytes as base64url. */
  readonly salt: string;
  /** JSON, byte for byte as it was committed to. */
  readonly content: string;
}

/** As `LoadEvents`, with the proofs. */
export type LoadEventProofs = (owner: EventOwner, numbers: readonly number[]) => Promise<readonly EventProof[]>;

/** The partner's part of a check, and when it was made. */
export type LoadCheck = (id: EventId) => Promise<{ readonly at: Instant; readonly check: CheckRecord } | null>;

/** What staff said, by the ids of the look events; where nobody said, there is none. */
export type LoadLooks = (ids: readonly EventId[]) => Promise<ReadonlyMap<EventId, Look>>;
