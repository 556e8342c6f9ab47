import type { EventId, Tile } from '../../protocol';
import type {
  CloseBatch,
  InsertBatch,
  LoadNewestBatch,
  LoadNewestCheckpoint,
  LoadTiles,
  LoadWaitingEvents,
  LogBatch,
  MarkSequenced,
  SaveCheckpoint,
  SaveTile,
  SignedCheckpoint,
} from '../../cloudfunctions/_core/log/log-ports';
import { deepFreeze } from './freeze';

/** An event as far as the log looks at it. */
interface LoggedEvent {
  readonly commitment: Uint8Array;
  waiting: boolean;
  leaf: number | null;
}

/** The log's part of the database in memory, with the database's own guarantees and no others. */
export const createLogStore = () => {
  const events = new Map<EventId, LoggedEvent>();
  const batches = new Map<number, LogBatch>();
  const tiles = new Map<string, Tile>();
  const checkpoints: SignedCheckpoint[] = [];
  const nameOf = ({ level, index }: Pick<Tile, 'level' | 'index'>): string => `${level}/${index}`;

  const ports: {
    loadNewestBatch: LoadNewestBatch;
    insertBatch: InsertBatch;
    closeBatch: CloseBatch;
    loadWaitingEvents: LoadWaitingEvents;
    markSequenced: MarkSequenced;
    loadTiles: LoadTiles;
    saveTile: SaveTile;
    loadNewestCheckpoint: LoadNewestCheckpoint;
    saveCheckpoint: SaveCheckpoint;
  } = {
    loadNewestBatch: () => Promise.resolve(batches.get(Math.max(...batches.keys())) ?? null),
    insertBatch: (batch) => {
      if (batches.has(batch.first)) return Promise.resolve(false);
      batches.set(batch.first, deepFreeze({ ...batch }));
      return Promise.resolve(true);
    },
    closeBatch: (first) => {
      const batch = batches.get(first);
      if (batch) batches.set(first, { ...batch, isFinished: true });
      return Promise.resolve();
    },
    loadWaitingEvents: (limit) =>
      Promise.resolve(
        [...events]
          .filter(([, { waiting }]) => waiting)
          .slice(0, limit)
          .map(([id, { commitment }]) => ({ id, commitment })),
      ),
    markSequenced: (sequenced) => {
      for (const { id, leaf } of sequenced) {
        const event = events.get(id);
        if (event?.leaf !== null) continue;
        event.leaf = leaf;
        event.waiting = false;
      }
      return Promise.resolve();
    },
    loadTiles: (positions) =>
      Promise.resolve(positions.map((position) => tiles.get(nameOf(position))).filter((tile) => tile !== undefined)),
    saveTile: (tile) => {
      const stored = tiles.get(nameOf(tile));
      if (!stored || stored.hashes.length < tile.hashes.length) tiles.set(nameOf(tile), deepFreeze({ ...tile }));
      return Promise.resolve();
    },
    loadNewestCheckpoint: () => {
      const sorted = [...checkpoints].sort(
        (one, other) =>
          one.checkpoint.size - other.checkpoint.size || one.checkpoint.issuedAt - other.checkpoint.issuedAt,
      );
      return Promise.resolve(sorted.at(-1) ?? null);
    },
    saveCheckpoint: (checkpoint) => {
      checkpoints.push(checkpoint);
      return Promise.resolve();
    },
  };

  return {
    ports,
    events,
    batches,
    tiles,
    checkpoints,
    append: (id: EventId, commitment: Uint8Array): void => {
      if (!events.has(id)) events.set(id, { commitment, waiting: true, leaf: null });
    },
    /** Every leaf in its place, by the batches. */
    leaves: () => [...batches.values()].sort((one, other) => one.first - other.first).flatMap((one) => one.leaves),
  };
};
