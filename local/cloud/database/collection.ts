import type { Collection as Declaration, Index } from '../../../cloudfunctions/resources';
import { CloudError } from '../cloud-error';
import type { Change, Watch } from './change';
import { touches } from './change';
import type { Operation } from './duplicate-key';
import { refuseTakenKeys, takenId } from './duplicate-key';
import { decodeStored, encode } from './ejson';
import { idKey, indexKeys, keyRange, NOT_NULL } from './index-keys';
import type { Filter } from './query';
import type { Sqlite } from './sqlite';
import { select } from './sqlite';
import type { Document, Row } from './value';

/** The documents of one collection, as they are or as a transaction sees them. */
export interface Documents {
  /** The rows that match, in the order of their insertion; stops after `limit`. */
  find(filter: Filter, limit?: number): Row[];
  /** The documents with the first ids, or the last; others may stand beside them. */
  byId(direction: 1 | -1, limit: number): Document[];
  insert(document: Document, operation: Operation): void;
  replace(row: Row, document: Document): void;
  remove(row: Row): void;
}

/** One collection's documents with its indexes. All of it is synchronous, so one call is atomic among all others. */
export interface Collection extends Documents {
  readonly name: string;
  readonly indexes: readonly Index[];
  /** The row of an id, which is given as the text of `idKey`. */
  row(id: string): Row | undefined;
  /** The rows that an index holds under a key. */
  rowsUnder(index: Index, key: string): Row[];
  count(filter: Filter): number;
  /** How often every document had to be read because no index served. */
  scans(): number;
  /** Rebuilds the entries of one index from the documents. */
  reindex(index: Index): void;
}

interface Stored {
  seq: number;
  body: string;
}

/** How many rows are parsed at a time when a whole collection has to be read. */
const PAGE = 500;
const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/**
 * Opens a declared collection. The index entries live in SQLite beside the documents: they commit in the same
 * transaction, the server starts at once however large the data is, and no document has to stay in memory.
 */
export function openCollection(sqlite: Sqlite, declaration: Declaration, watch: Watch): Collection {
  const { name, indexes } = declaration;
  const page = select<Stored>(
    sqlite,
    `SELECT seq, body FROM document WHERE collection = ? AND seq > ? ORDER BY seq LIMIT ${String(PAGE)}`,
  );
  const byId = select<Stored>(sqlite, 'SELECT seq, body FROM document WHERE collection = ? AND id = ?');
  const byRange = select<Stored>(
    sqlite,
    `SELECT seq, body FROM document WHERE seq IN
       (SELECT seq FROM index_entry WHERE collection = ? AND name = ? AND key >= ? AND key < ?) ORDER BY seq`,
  );
  const byKey = select<Stored>(
    sqlite,
    `SELECT seq, body FROM document WHERE seq IN
       (SELECT seq FROM index_entry WHERE collection = ? AND name = ? AND key = ?) ORDER BY seq`,
  );
  const inOrder = (direction: 'ASC' | 'DESC') =>
    select<Stored>(
      sqlite,
      `SELECT seq, body FROM document WHERE collection = ? ORDER BY json_extract(id, '$') ${direction} LIMIT ?`,
    );
  const [ascending, descending] = [inOrder('ASC'), inOrder('DESC')];
  const total = select<{ n: number }>(sqlite, 'SELECT count(*) AS n FROM document WHERE collection = ?');
  const holder = select<{ seq: number }>(
    sqlite,
    'SELECT seq FROM index_entry WHERE collection = ? AND name = ? AND key = ? AND seq <> ? LIMIT 1',
  );
  const insertRow = sqlite.prepare('INSERT INTO document (collection, id, body) VALUES (?, ?, ?)');
  const updateRow = sqlite.prepare('UPDATE document SET body = ? WHERE seq = ?');
  const deleteRow = sqlite.prepare('DELETE FROM document WHERE seq = ?');
  const insertEntry = sqlite.prepare('INSERT INTO index_entry (collection, name, key, seq) VALUES (?, ?, ?, ?)');
  const deleteEntry = sqlite.prepare(
    'DELETE FROM index_entry WHERE collection = ? AND name = ? AND key = ? AND seq = ?',
  );
  const dropEntries = sqlite.prepare('DELETE FROM index_entry WHERE collection = ? AND name = ?');

  let scans = 0;

  const lookUp = (filter: Filter): Stored[] | undefined => {
    const id = filter.equalities.get('_id');
    if (id !== undefined) return listOf(byId.first(name, idText(id)));
    if (filter.ids !== undefined) {
      const found = [...new Set(filter.ids.map(idText))].flatMap((text) => listOf(byId.first(name, text)));
      return found.sort((a, b) => a.seq - b.seq);
    }
    const best = bestIndex(indexes, filter);
    if (best) return byRange.all(name, best.index.name, best.range.from, best.range.to);
    const compared = indexes.find(({ keys }) => filter.compared.has(Object.keys(keys)[0] ?? ''));
    if (!compared) return undefined;
    const found = NOT_NULL.flatMap(({ from, to }) => byRange.all(name, compared.name, from, to));
    // An array has several keys, which may lie in both ranges.
    return [...new Map(found.map((one) => [one.seq, one])).values()].sort((a, b) => a.seq - b.seq);
  };

  const find = (filter: Filter, limit = Infinity): Row[] => {
    const rows: Row[] = [];
    const take = (stored: readonly Stored[]): void => {
      for (const item of stored) {
        if (rows.length >= limit) return;
        const row = rowOf(item);
        if (filter.isById || filter.matches(row.document)) rows.push(row);
      }
    };
    const candidates = lookUp(filter);
    if (candidates !== undefined) {
      take(candidates);
      return rows;
    }
    scans += 1;
    for (let after = 0; rows.length < limit;) {
      const stored = page.all(name, after);
      take(stored);
      if (stored.length < PAGE) break;
      after = stored.at(-1)?.seq ?? after;
    }
    return rows;
  };

  /** Refuses before anything is written, so that a clash leaves no trace. */
  const refuseClash = (among: readonly Index[], document: Document, seq: number, operation: Operation): void => {
    const isTaken = (index: Index, key: string) => holder.first(name, index.name, key, seq) !== undefined;
    refuseTakenKeys({ collection: name, indexes: among, document, operation, isTaken });
  };

  /** Makes a change, which whoever watches may put off before and hears of afterwards. */
  const change = (before: Row | undefined, after: Document | undefined, make: () => void): void => {
    const document = before?.document ?? after;
    if (document === undefined || !watch.isOn()) {
      make();
      return;
    }
    const made: Change = {
      collection: name,
      id: idKey(document._id),
      before,
      touches: touches(name, indexes, before?.document, after),
    };
    watch.refuseHeld(made.touches);
    make();
    watch.record(made);
  };

  const addEntries = (index: Index, document: Document, seq: number): void => {
    for (const key of indexKeys(index, document)) insertEntry.run(name, index.name, key, seq);
  };

  const dropEntriesOf = (index: Index, { seq, document }: Row): void => {
    for (const key of indexKeys(index, document)) deleteEntry.run(name, index.name, key, seq);
  };

  return {
    name,
    indexes,
    find,
    row: (id) => listOf(byId.first(name, id)).map(rowOf)[0],
    rowsUnder: (index, key) => byKey.all(name, index.name, key).map(rowOf),
    byId: (direction, limit) =>
      (direction === 1 ? ascending : descending).all(name, limit).map(({ body }) => documentOf(body)),
    scans: () => scans,
    count: (filter) => (filter.isEmpty ? (total.first(name)?.n ?? 0) : find(filter).length),
    insert(document, operation) {
      change(undefined, document, () => {
        const id = idKey(document._id);
        if (byId.first(name, id) !== undefined) throw takenId(name, document, operation);
        refuseClash(indexes, document, 0, operation);
        const seq = Number(insertRow.run(name, id, bodyOf(document)).lastInsertRowid);
        for (const index of indexes) addEntries(index, document, seq);
      });
    },
    replace(row, document) {
      change(row, document, () => {
        const moved = indexes.filter((index) => !hasSameKeys(index, row.document, document));
        refuseClash(moved, document, row.seq, 'Update');
        updateRow.run(bodyOf(document), row.seq);
        for (const index of moved) {
          dropEntriesOf(index, row);
          addEntries(index, document, row.seq);
        }
      });
    },
    remove(row) {
      change(row, undefined, () => {
        for (const index of indexes) dropEntriesOf(index, row);
        deleteRow.run(row.seq);
      });
    },
    reindex(index) {
      dropEntries.run(name, index.name);
      for (let after = 0, more = true; more;) {
        const stored = page.all(name, after);
        for (const { seq, body } of stored) {
          const document = documentOf(body);
          const clash =
            index.unique && indexKeys(index, document).some((key) => holder.first(name, index.name, key, seq));
          if (clash) throw new Error(`index ${index.name} of ${name} cannot be unique: stored documents clash`);
          addEntries(index, document, seq);
          after = seq;
        }
        more = stored.length === PAGE;
      }
    },
  };
}

/** The index whose leading fields the equalities cover best; a unique one among equals. */
function bestIndex(indexes: readonly Index[], filter: Filter) {
  const usable = indexes.flatMap((index) => {
    const range = keyRange(index, filter.equalities);
    return range === undefined ? [] : [{ index, range }];
  });
  return usable.sort((a, b) => b.range.covered - a.range.covered || Number(b.index.unique) - Number(a.index.unique))[0];
}

function idText(id: unknown): string {
  return typeof id === 'string' || typeof id === 'number' ? idKey(id) : 'no such id';
}

/** Whether an index holds both documents under the same keys, so that a change from one to the other leaves it as it is. */
function hasSameKeys(index: Index, before: Document, after: Document): boolean {
  const [old, young] = [indexKeys(index, before), indexKeys(index, after)];
  return old.length === young.length && old.every((key, at) => key === young[at]);
}

function listOf(stored: Stored | undefined): Stored[] {
  return stored === undefined ? [] : [stored];
}

function documentOf(body: string): Document {
  // Only `bodyOf` writes bodies, and it takes a Document.
  return decodeStored(body) as Document;
}

function rowOf({ seq, body }: Stored): Row {
  let document: Document | undefined;
  return {
    seq,
    body,
    get document() {
      return (document ??= documentOf(body));
    },
  };
}

/** @throws CloudError when the document is larger than one may be */
export function bodyOf(document: Document): string {
  const body = encode(document);
  if (Buffer.byteLength(body) > MAX_DOCUMENT_BYTES) {
    throw new CloudError('DATABASE_REQUEST_FAILED', '[FailedOperation] a document must not exceed 16 MB');
  }
  return body;
}
