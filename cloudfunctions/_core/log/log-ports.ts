import type { Checkpoint, EventId, Frontier, MerkleHash, Tile, TilePosition } from '../../../protocol';

/** An event that the log has not given a leaf yet. */
export interface WaitingEvent {
  readonly id: EventId;
  /** Salted hash of what happened, 32 bytes: the content of the event's leaf. */
  readonly commitment: Uint8Array;
}

/**
 * Events that became leaves together. Batches join without a gap: each begins where the one before it ends, and its place in the
 * log is its name, so that of two that begin alike the database takes one.
 */
export interface LogBatch {
  /** Position of its first leaf. */
  readonly first: number;
  readonly events: readonly EventId[];
  /** Hashes of its leaves, one an event. */
  readonly leaves: readonly MerkleHash[];
  /** The tree with all leaves up to its last one. */
  readonly frontier: Frontier;
  /** Whether its tiles are written and its events know their leaves. */
  readonly isFinished: boolean;
}

/** An event and the position of its leaf. */
export interface SequencedEvent {
  readonly id: EventId;
  readonly leaf: number;
}

/** A checkpoint as it was signed. */
export interface SignedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly text: string;
}

/** The batch with the last leaves of the log. */
export type LoadNewestBatch = () => Promise<LogBatch | null>;

/**
 * Puts a batch at the end of the log: the one write that decides which leaves there are.
 * @returns false where a batch begins there already. That none of its events is in another batch follows from the order in which
 *   `sequenceEvents` goes on, and from nothing that the database is asked.
 */
export type InsertBatch = (batch: LogBatch) => Promise<boolean>;

/** Remembers that a batch is finished. @param first its first leaf */
export type CloseBatch = (first: number) => Promise<void>;

/** The oldest events that no leaf was given to. */
export type LoadWaitingEvents = (limit: number) => Promise<readonly WaitingEvent[]>;

/** Tells events their leaves, and takes them from those that wait. An event that knows its leaf stays as it is. */
export type MarkSequenced = (events: readonly SequencedEvent[]) => Promise<void>;

/** The leaf of the event with that commitment; null where there is none, or the log has not given it one yet. */
export type LoadLeaf = (commitment: string) => Promise<number | null>;

/** Those of the tiles that are stored. */
export type LoadTiles = (positions: readonly TilePosition[]) => Promise<readonly Tile[]>;

/** Stores a tile unless one with as many hashes or more is there: a job that was overtaken must not take hashes away. */
export type SaveTile = (tile: Tile) => Promise<void>;

/** The checkpoint of the largest tree, of several of one tree the last. */
export type LoadNewestCheckpoint = () => Promise<SignedCheckpoint | null>;

/** Stores a checkpoint beside the others. */
export type SaveCheckpoint = (checkpoint: SignedCheckpoint) => Promise<void>;

/** Signs a checkpoint with the issuer's key. */
export type SignCheckpoint = (checkpoint: Checkpoint) => string;
