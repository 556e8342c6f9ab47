import { appendLeaves, emptyFrontier, growTiles, leafHash, tilesToContinue } from '../../../protocol';
import type { Frontier, Sha256 } from '../../../protocol';
import type {
  CloseBatch,
  InsertBatch,
  LoadNewestBatch,
  LoadTiles,
  LoadWaitingEvents,
  LogBatch,
  MarkSequenced,
  SaveTile,
  WaitingEvent,
} from './log-ports';
import { readerOf } from './tile-reader';

export interface SequenceEventsPorts {
  readonly sha256: Sha256;
  readonly loadNewestBatch: LoadNewestBatch;
  readonly insertBatch: InsertBatch;
  readonly closeBatch: CloseBatch;
  readonly loadWaitingEvents: LoadWaitingEvents;
  readonly markSequenced: MarkSequenced;
  readonly loadTiles: LoadTiles;
  readonly saveTile: SaveTile;
}

/** How much one run does at the most. */
export interface SequenceLimits {
  /** Events of a batch. */
  readonly events: number;
  readonly batches: number;
}

const limitsOfRun: SequenceLimits = { events: 500, batches: 20 };

const nextBatch = (sha256: Sha256, before: Frontier, waiting: readonly WaitingEvent[]): LogBatch => {
  const leaves = waiting.map(({ commitment }) => leafHash(sha256, commitment));
  return {
    first: before.size,
    events: waiting.map(({ id }) => id),
    leaves,
    frontier: appendLeaves(sha256, before, leaves),
    isFinished: false,
  };
};

/** What follows from a batch that is in the log. All of it can be done again without harm. */
const finish = async (ports: SequenceEventsPorts, { first, events, leaves, frontier }: LogBatch): Promise<void> => {
  const beginnings = await ports.loadTiles(tilesToContinue({ from: first, to: frontier.size }));
  const grown = growTiles(ports.sha256, first, leaves, readerOf(beginnings));
  for (const tile of grown) await ports.saveTile(tile);
  await ports.markSequenced(events.map((id, at) => ({ id, leaf: first + at })));
  await ports.closeBatch(first);
};

/**
 * Gives leaves to the events that wait, the oldest first. Which leaves there are is decided by the insertion of a batch and by
 * nothing else; the rest follows from it, and is finished by the next run where this one is killed. Before a run looks for events
 * that wait, it finishes the newest batch: so none of a batch's events waits any more when the next batch is put behind it. Two
 * runs at once put one batch, and the other leaves it at that.
 * @returns the tree as this run leaves it
 */
export const sequenceEvents = async (
  ports: SequenceEventsPorts,
  limits: SequenceLimits = limitsOfRun,
): Promise<Frontier> => {
  const newest = await ports.loadNewestBatch();
  if (newest && !newest.isFinished) await finish(ports, newest);
  let frontier = newest?.frontier ?? emptyFrontier;
  for (let left = limits.batches; left > 0; left -= 1) {
    const waiting = await ports.loadWaitingEvents(limits.events);
    if (waiting.length === 0) break;
    const batch = nextBatch(ports.sha256, frontier, waiting);
    if (!(await ports.insertBatch(batch))) break;
    await finish(ports, batch);
    ({ frontier } = batch);
  }
  return frontier;
};
