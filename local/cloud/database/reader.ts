import type { Entries, Stored } from './entries';
import { MANY, openEntries, PAGE } from './entries';
import { idKey } from './index-keys';
import { keyBytes } from './key-encoding';
import type { Order } from './order-by';
import type { Plan } from './plan';
import { planOf } from './plan';
import type { Filter } from './query';
import type { Sqlite } from './sqlite';
import { select } from './sqlite';
import type { StoredIndex } from './stored-index';

/** What may match a query, read page by page: what nobody asks for any more is not read. */
interface Candidates {
  readonly documents: Iterable<Stored>;
  /** Whether they come in the order that was asked for. */
  readonly isOrdered: boolean;
}

/** Reads the documents of one collection by its indexes. */
export interface Reader {
  /**
   * Finds what may match.
   *
   * @param order by insertion where it has no fields
   * @param expected how many of them will be read, as a guess
   */
  candidates(filter: Filter, order: Order, expected: number): Candidates;
  /** All documents by insertion. */
  everything(): Generator<Stored>;
  /** The document of an id, which is given as the text of `idKey`: one or none. */
  readonly one: (id: string) => Stored[];
  /** The documents that an index holds under a key. */
  under(index: string, key: string): Stored[];
  /** Whether an index holds another row than `seq` under a key. */
  isTaken(index: string, key: string, seq: number): boolean;
  /** How often every document had to be read because no index served. */
  readonly scans: () => number;
}

/** Prepares the reading of a collection. */
export function openReader(sqlite: Sqlite, collection: string, indexes: readonly StoredIndex[]): Reader {
  const ids = openEntries(sqlite, 'document');
  const declared = openEntries(sqlite, 'index_entry');
  const page = select<Stored>(
    sqlite,
    // By another index SQLite would sort what is left of the collection for every page.
    `SELECT seq, body FROM document INDEXED BY document_by_collection
       WHERE collection = ? AND seq > ? ORDER BY seq LIMIT ${String(PAGE)}`,
  );
  const bySeq = select<Stored>(
    sqlite,
    'SELECT seq, body FROM document WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq',
  );
  const byId = select<Stored>(sqlite, 'SELECT seq, body FROM document WHERE collection = ? AND id = ?');
  const named = new Map(indexes.map((index) => [index.name, index]));
  let scans = 0;

  const placeOf = ({ id }: StoredIndex): { entries: Entries; scope: string | number } =>
    id === undefined ? { entries: ids, scope: collection } : { entries: declared, scope: id };

  const indexNamed = (name: string): StoredIndex => {
    const index = named.get(name);
    if (index === undefined) throw new Error(`${collection} has no index ${name}`);
    return index;
  };

  const one = (id: string): Stored[] => {
    const stored = byId.first(collection, keyBytes(id));
    return stored === undefined ? [] : [stored];
  };

  function* everything(): Generator<Stored> {
    for (let after = 0, more = true; more;) {
      const stored = page.all(collection, after);
      yield* stored;
      after = stored.at(-1)?.seq ?? after;
      more = stored.length === PAGE;
    }
  }

  function* inOrder({ index, ranges, direction = 1 }: Plan, expected: number): Generator<Stored> {
    const { entries, scope } = placeOf(index);
    for (const range of ranges) yield* entries.documents(scope, range, direction, expected);
  }

  function* rowsOf({ index, ranges }: Plan): Generator<readonly number[]> {
    const { entries, scope } = placeOf(index);
    for (const range of ranges) yield* entries.rows(scope, range);
  }

  /**
   * By insertion: of all that is in the ranges only the row numbers are held. Where there are many and few are expected, the documents
   * themselves are looked through meanwhile: they may be among the first.
   */
  function* byInsertion(plan: Plan, expected: number): Generator<Stored> {
    const found: number[] = [];
    const [looked, looking] = [rowsOf(plan), everything()];
    let seen = 0;
    for (let page = looked.next(); page.done !== true; page = looked.next()) {
      found.push(...page.value);
      if (found.length < MANY || expected === Infinity) continue;
      for (let at = 0; at < PAGE; at += 1) {
        const document = looking.next();
        if (document.done === true) return;
        seen = document.value.seq;
        yield document.value;
      }
    }
    const seqs = Float64Array.from(found)
      .sort()
      .filter((seq, at, all) => seq > seen && seq !== all[at - 1]);
    for (let at = 0, size = Math.min(expected, PAGE); at < seqs.length; at += size, size = PAGE) {
      yield* bySeq.all(JSON.stringify([...seqs.subarray(at, at + size)]));
    }
  }

  return {
    candidates(filter, order, expected) {
      const { id } = filter;
      if (typeof id === 'string' || typeof id === 'number') return { documents: one(idKey(id)), isOrdered: true };
      const plan = planOf(indexes, filter, order);
      if (plan?.isBounded !== true && !(filter.isEmpty && plan !== undefined)) scans += 1;
      const isByInsertion = Object.keys(order).length === 0;
      if (plan === undefined) return { documents: everything(), isOrdered: isByInsertion };
      if (plan.direction !== undefined) return { documents: inOrder(plan, expected), isOrdered: true };
      // What is still to be sorted is read whole.
      return { documents: byInsertion(plan, isByInsertion ? expected : Infinity), isOrdered: isByInsertion };
    },
    everything,
    one,
    under(name, key) {
      const { entries, scope } = placeOf(indexNamed(name));
      return entries.under(scope, key);
    },
    isTaken(name, key, seq) {
      const { entries, scope } = placeOf(indexNamed(name));
      return entries.isTaken(scope, key, seq);
    },
    scans: () => scans,
  };
}
