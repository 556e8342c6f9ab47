import { CloudError } from '../cloud-error';
import type { Sqlite } from './sqlite';

/** Runs work on the database and answers when everything that the work could see is on the disk. */
export interface GroupCommit {
  /** Work that may write. It runs at once and to its end; the promise settles after its transaction is durable. */
  write<T>(work: () => T): Promise<T>;
  /** Work that only reads. It may see writes of an open batch, so its answer waits for that batch too. */
  read<T>(work: () => T): Promise<T>;
  /** Commits what is open. */
  flush(): void;
}

interface Batch {
  /** How many writes are in it. */
  written: number;
  readonly durable: Promise<void>;
  readonly succeed: () => void;
  readonly fail: (error: unknown) => void;
}

/** For how many turns of the event loop a batch is open at the most. */
const MAX_TURNS = 3;

/**
 * Lets writes that arrive together share one transaction, and so one flush to the disk.
 * A refusal (`CloudError`) leaves the batch as it is; any other error means that SQLite may have done half of the work,
 * so the whole batch is rolled back and everyone in it is told.
 */
export function groupCommit(sqlite: Sqlite): GroupCommit {
  let open: Batch | undefined;

  const begin = (): Batch => {
    sqlite.exec('BEGIN IMMEDIATE');
    const batch = newBatch();
    open = batch;
    commitSoon(batch, { written: 1, turns: 1 });
    return batch;
  };

  /** A lone writer does not wait. Where there are more, a few turns let those come that were answered with the last batch. */
  const commitSoon = (batch: Batch, before: { readonly written: number; readonly turns: number }): void => {
    setImmediate(() => {
      if (open !== batch) return;
      const { written } = batch;
      if (written === before.written || before.turns === MAX_TURNS) flush();
      else commitSoon(batch, { written, turns: before.turns + 1 });
    });
  };

  const flush = (): void => {
    const batch = open;
    if (batch === undefined) return;
    open = undefined;
    try {
      sqlite.exec('COMMIT');
      batch.succeed();
    } catch (error) {
      rollBack(sqlite);
      batch.fail(error);
    }
  };

  return {
    async write(work) {
      const batch = open ?? begin();
      batch.written += 1;
      try {
        const result = work();
        await batch.durable;
        return result;
      } catch (error) {
        if (error instanceof CloudError) {
          await batch.durable;
        } else if (open === batch) {
          open = undefined;
          rollBack(sqlite);
          batch.fail(error);
        }
        throw error;
      }
    },
    async read(work) {
      const batch = open;
      const result = work();
      await batch?.durable;
      return result;
    },
    flush,
  };
}

function newBatch(): Batch {
  let succeed: () => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const durable = new Promise<void>((resolve, reject) => {
    succeed = resolve;
    fail = reject;
  });
  // Whoever waits sees the rejection; a batch without a waiter must not end the process.
  durable.catch(() => undefined);
  return { written: 0, durable, succeed, fail };
}

function rollBack(sqlite: Sqlite): void {
  if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
}
