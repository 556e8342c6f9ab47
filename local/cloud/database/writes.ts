import type { After } from '../after';
import { CloudError } from '../cloud-error';
import type { Change, Watch } from './change';
import type { GroupCommit } from './group-commit';
import type { History } from './history';
import type { Holder, Locks } from './locks';
import type { Sqlite } from './sqlite';

/** Writes that heed open transactions: they wait for what those hold, and leave them what those still look at. */
export interface Writes {
  /** What the collections tell of their changes. */
  readonly watch: Watch;
  /**
   * Does work beside all transactions. Where it comes upon something that a transaction holds, nothing of it is done until that one
   * has ended; then it is done from its beginning.
   *
   * @throws CloudError as the work does, or when it has waited for longer than a transaction lives
   */
  readonly write: <T>(work: () => T) => Promise<T>;
  /** Does the work of a transaction that holds nothing any more, in the same turn and as a whole or not at all. */
  readonly writeAtOnce: (work: () => void) => Promise<void>;
}

interface Surroundings {
  readonly sqlite: Sqlite;
  readonly commits: GroupCommit;
  readonly history: History;
  readonly locks: Locks;
  readonly after: After;
  /** The longest that a write waits, in milliseconds. */
  readonly patience: number;
  /** Hears that the history has grown. */
  readonly grown: () => void;
}

type Attempt<T> = { readonly value: T } | { readonly holder: Holder };

/** Ends an attempt to write what somebody holds. */
class Held extends Error {
  readonly holder: Holder;

  constructor(holder: Holder) {
    super('held by a transaction');
    this.holder = holder;
  }
}

/** While no transaction has looked at anything, a write costs what it costs without transactions. */
export function openWrites({ sqlite, commits, history, locks, after, patience, grown }: Surroundings): Writes {
  let changes: Change[] = [];

  const watch: Watch = {
    isOn: () => history.oldest() !== undefined,
    refuseHeld(touches) {
      for (const touch of touches) {
        const holder = locks.holderOf(touch);
        if (holder !== undefined) throw new Held(holder);
      }
    },
    record(change) {
      changes.push(change);
    },
  };

  const keep = (): void => {
    sqlite.exec('RELEASE attempt');
    history.add(changes);
    grown();
  };

  const attempt = <T>(work: () => T): Attempt<T> => {
    if (!watch.isOn()) return { value: work() };
    changes = [];
    sqlite.exec('SAVEPOINT attempt');
    try {
      const value = work();
      keep();
      return { value };
    } catch (error) {
      if (error instanceof Held) {
        sqlite.exec('ROLLBACK TO attempt');
        sqlite.exec('RELEASE attempt');
        return { holder: error.holder };
      }
      // What a refused write of many documents did before the refused one stays.
      if (error instanceof CloudError) keep();
      throw error;
    }
  };

  return {
    watch,
    async write(work) {
      let attempted = await commits.write(() => attempt(work));
      if ('value' in attempted) return attempted.value;
      let giveUp: (error: CloudError) => void = () => undefined;
      const late = new Promise<never>((_resolve, reject) => {
        giveUp = reject;
      });
      const stop = after(patience, () => {
        giveUp(new CloudError('DATABASE_TIMEOUT', '[FailedOperation] what is to be written was held by transactions'));
      });
      try {
        while ('holder' in attempted) {
          await Promise.race([attempted.holder.ended, late]);
          attempted = await commits.write(() => attempt(work));
        }
        return attempted.value;
      } finally {
        stop();
      }
    },
    writeAtOnce: (work) =>
      commits.write(() => {
        let attempted;
        try {
          attempted = attempt(work);
        } catch (error) {
          // A refusal would leave the first half of the work.
          throw new Error('a transaction could not be committed', { cause: error });
        }
        if ('holder' in attempted) throw new Error('what a transaction held was given to another one');
      }),
  };
}
