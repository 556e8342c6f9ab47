import type { Change } from './change';
import type { Row } from './value';

/** The state of the database after a number of changes. */
export type Snapshot = number;

/** What was changed while somebody still looks at how it was. */
export interface History {
  /** The state of now, which can be seen until it is closed. */
  open(): Snapshot;
  /** Forgets what no open snapshot needs any more. */
  close(snapshot: Snapshot): void;
  /** The snapshot for whose sake the most is kept. */
  oldest(): Snapshot | undefined;
  /** Adds what was changed at once. */
  add(changes: readonly Change[]): void;
  hasChangedSince(touch: string, snapshot: Snapshot): boolean;
  /** The documents of a collection that are others now than in a snapshot, by their id, as they were: a row or nothing. */
  changedSince(collection: string, snapshot: Snapshot): Map<string, Row | undefined>;
  /** How many documents are kept. */
  size(): number;
}

interface Kept {
  /** The change that ended this state of the document. */
  readonly until: Snapshot;
  readonly row: Row | undefined;
}

/**
 * Keeps documents as they were, in memory and only as long as snapshots are open: a document once for each of the snapshots that see it
 * differently, however often it changes. Nothing of it outlives the process, as no open transaction does.
 */
export function newHistory(): History {
  let last: Snapshot = 0;
  let size = 0;
  /** In the order in which they were opened, which is that of their numbers. */
  const open: Snapshot[] = [];
  const kept = new Map<string, Map<string, Kept[]>>();
  /** The last change that touched something, by its name. */
  const touched = new Map<string, Snapshot>();

  const keep = ({ collection, id, before }: Change): void => {
    const documents = kept.get(collection) ?? new Map<string, Kept[]>();
    kept.set(collection, documents);
    const states = documents.get(id) ?? [];
    documents.set(id, states);
    const newest = open.at(-1) ?? 0;
    // No snapshot lies between its last change and this one: nobody sees it as it was in between.
    if ((states.at(-1)?.until ?? 0) > newest) return;
    states.push({ until: last, row: before });
    size += 1;
  };

  const forgetUntil = (oldest: Snapshot): void => {
    for (const [name, at] of touched) if (at <= oldest) touched.delete(name);
    for (const documents of kept.values()) {
      for (const [id, states] of documents) {
        const needed = states.filter(({ until }) => until > oldest);
        size -= states.length - needed.length;
        if (needed.length === 0) documents.delete(id);
        else documents.set(id, needed);
      }
    }
  };

  return {
    open() {
      open.push(last);
      return last;
    },
    close(snapshot) {
      const wasOldest = open[0] === snapshot;
      open.splice(open.indexOf(snapshot), 1);
      const oldest = open[0] ?? last;
      if (wasOldest && oldest > snapshot) forgetUntil(oldest);
    },
    oldest: () => open[0],
    add(changes) {
      if (changes.length === 0) return;
      last += 1;
      for (const change of changes) {
        keep(change);
        for (const name of change.touches) touched.set(name, last);
      }
    },
    hasChangedSince: (touch, snapshot) => (touched.get(touch) ?? 0) > snapshot,
    changedSince(collection, snapshot) {
      const changed = new Map<string, Row | undefined>();
      for (const [id, states] of kept.get(collection) ?? []) {
        const state = states.find(({ until }) => until > snapshot);
        if (state !== undefined) changed.set(id, state.row);
      }
      return changed;
    },
    size: () => size,
  };
}
