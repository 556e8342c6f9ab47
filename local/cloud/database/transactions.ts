import { randomBytes } from 'node:crypto';
import type { After } from '../after';
import { CloudError } from '../cloud-error';
import type { Collection, Documents } from './collection';
import type { GroupCommit } from './group-commit';
import type { Snapshot } from './history';
import { newHistory } from './history';
import type { Holder } from './locks';
import { newLocks } from './locks';
import type { Sqlite } from './sqlite';
import { busy, conflict, notExist, refused } from './transaction-refusals';
import type { Step } from './transaction-view';
import { transactionView } from './transaction-view';
import type { Writes } from './writes';
import { openWrites } from './writes';

/** How long a transaction may be open, in milliseconds. */
const LIFETIME_MS = 30_000;
const MAX_OPEN = 100;
const MAX_OPERATIONS = 100;
/** The most that one transaction may write, in characters of its documents' texts. */
const MAX_WRITTEN = 16 * 1024 * 1024;
/** The most documents that are kept as they were. */
const MAX_KEPT = 20_000;
/** Behind the places of all stored documents. */
const BEHIND_ALL = 2 ** 52;
/** How long an operation is under way at least: two that a caller sends at once meet, however quickly one is done. */
const UNDER_WAY_MS = 5;

/** The open transactions, and the writes beside them. They are kept in memory: a server that ends forgets them, with all they wrote. */
export interface Transactions extends Pick<Writes, 'watch' | 'write'> {
  /**
   * Opens one, and gives its id.
   *
   * @throws CloudError when too many are open
   */
  start(): string;
  /**
   * Does one operation's work on a collection as the transaction sees it. A refusal ends the transaction, save where the request itself
   * is malformed.
   *
   * @throws CloudError as the work does, and when the transaction is over, is busy, conflicts with another write or has done too much
   */
  run<T>(id: string, collection: Collection, work: (documents: Documents) => T): Promise<T>;
  /**
   * Makes what it wrote everybody's; settles when that is on the disk.
   *
   * @throws CloudError when the transaction is over or busy
   */
  commit(id: string): Promise<void>;
  /** @throws CloudError when the transaction is over */
  abort(id: string): void;
  /** Ends all of them, as if each had been aborted. */
  readonly endAll: () => void;
  /** Forgets all of them; writes that wait for them are never done. */
  readonly close: () => void;
}

interface Transaction extends Holder {
  readonly id: string;
  readonly steps: Step[];
  readonly tellEnd: () => void;
  stopClock: () => void;
  /** Taken by the first operation. */
  snapshot: Snapshot | undefined;
  operations: number;
  written: number;
  isBusy: boolean;
}

/**
 * Transactions with snapshot isolation. What one writes is held in memory, with locks on all it touches, until its commit repeats it in
 * one transaction of SQLite. The first to write wins: who comes upon a lock, or upon what was changed since its snapshot, is ended. What
 * a transaction has only read may be changed by others, so two can each write what the other one has read.
 */
export function openTransactions(sqlite: Sqlite, commits: GroupCommit, after: After): Transactions {
  const open = new Map<string, Transaction>();
  const history = newHistory();
  const locks = newLocks();

  const end = (transaction: Transaction): void => {
    if (!open.delete(transaction.id)) return;
    transaction.stopClock();
    locks.release(transaction);
    if (transaction.snapshot !== undefined) history.close(transaction.snapshot);
    transaction.tellEnd();
  };

  /** Ends those for whose sake the most is kept. */
  const limitHistory = (): void => {
    while (history.size() > MAX_KEPT) {
      const oldest = [...open.values()].find(({ snapshot }) => snapshot === history.oldest());
      if (oldest === undefined) return;
      end(oldest);
    }
  };

  const writes = openWrites({ sqlite, commits, history, locks, after, patience: LIFETIME_MS, grown: limitHistory });

  const enter = (id: string): Transaction => {
    const transaction = open.get(id);
    if (transaction === undefined) throw notExist();
    if (transaction.isBusy) throw busy();
    return transaction;
  };

  const viewOf = (transaction: Transaction, collection: Collection): Documents => {
    transaction.snapshot ??= history.open();
    const { snapshot, steps } = transaction;
    const differences = history.changedSince(collection.name, snapshot);
    for (const step of steps) if (step.collection === collection) differences.set(step.id, step.row);
    return transactionView(collection, {
      differences,
      claim(touches) {
        for (const touch of touches) {
          const holder = locks.holderOf(touch) ?? transaction;
          if (holder !== transaction || history.hasChangedSince(touch, snapshot)) throw conflict();
        }
        locks.take(touches, transaction);
      },
      write(step) {
        transaction.written += step.length;
        if (transaction.written > MAX_WRITTEN) throw refused('a transaction must not write more than 16 MB');
        steps.push(step);
      },
      nextSeq: () => BEHIND_ALL + steps.length,
    });
  };

  const isUnderWay = (): Promise<void> =>
    new Promise((resolve) => {
      // What came in meanwhile is read before the second turn, even where the process itself was held up.
      after(UNDER_WAY_MS, () => setImmediate(() => setImmediate(resolve)));
    });

  return {
    watch: writes.watch,
    write: writes.write,
    start() {
      if (open.size >= MAX_OPEN) {
        throw new CloudError('EXCEED_CONCURRENT_REQUEST_LIMIT', `${String(MAX_OPEN)} transactions are open`);
      }
      const transaction = newTransaction();
      open.set(transaction.id, transaction);
      transaction.stopClock = after(LIFETIME_MS, () => {
        end(transaction);
      });
      return transaction.id;
    },
    async run(id, collection, work) {
      const transaction = enter(id);
      if (transaction.operations === MAX_OPERATIONS) {
        throw refused(`a transaction must not have more than ${String(MAX_OPERATIONS)} operations`);
      }
      transaction.operations += 1;
      transaction.isBusy = true;
      try {
        // What it reads may still be on its way to the disk, what it writes is not yet.
        return await commits.read(() => work(viewOf(transaction, collection)));
      } catch (error) {
        if (!(error instanceof CloudError) || error.code !== 'INVALID_PARAM') end(transaction);
        throw error;
      } finally {
        await isUnderWay();
        transaction.isBusy = false;
      }
    },
    async commit(id) {
      const transaction = enter(id);
      // What it held is free from here on, but nobody can step in before all is written: that is done in the same turn.
      end(transaction);
      if (transaction.steps.length === 0) return;
      await writes.writeAtOnce(() => {
        for (const step of transaction.steps) repeat(step);
      });
    },
    abort(id) {
      const transaction = open.get(id);
      if (transaction === undefined) throw notExist();
      end(transaction);
    },
    endAll() {
      for (const transaction of [...open.values()]) end(transaction);
    },
    close() {
      for (const { stopClock } of open.values()) stopClock();
      open.clear();
    },
  };
}

/** As it was held from the step on, the document is as the step found it. */
function repeat({ collection, id, row }: Step): void {
  const stored = collection.row(id);
  if (row === undefined) {
    if (stored !== undefined) collection.remove(stored);
  } else if (stored === undefined) {
    collection.insert(row.document, 'Insert');
  } else {
    collection.replace(stored, row.document);
  }
}

function newTransaction(): Transaction {
  let tellEnd: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    tellEnd = resolve;
  });
  return {
    id: randomBytes(16).toString('hex'),
    ended,
    tellEnd,
    stopClock: () => undefined,
    steps: [],
    snapshot: undefined,
    operations: 0,
    written: 0,
    isBusy: false,
  };
}
