import type { Collection as Declaration, Index } from '../../../cloudfunctions/resources';
import { CloudError } from '../cloud-error';
import type { Change, Watch } from './change';
import { touches } from './change';
import type { Operation } from './duplicate-key';
import { refuseTakenKeys, takenId } from './duplicate-key';
import { decodeStored, encode } from './ejson';
import type { Stored } from './entries';
import type { Order } from './order-by';
import { idKey, indexKeys } from './index-keys';
import { keyBytes } from './key-encoding';
import { gatherFirst, gatherLeading } from './leading';
import type { InParts } from './parts';
import { whole } from './parts';
import type { Filter } from './query';
import { openReader } from './reader';
import type { Sqlite } from './sqlite';
import { select } from './sqlite';
import { ID_INDEX, storedIndexes, type StoredIndex } from './stored-index';
import type { Document, Row } from './value';

/** The documents of one collection, as they are or as a transaction sees them. */
export interface Documents {
  /** The first `limit` rows that match, in an order or in that of their insertion. */
  find(filter: Filter, limit?: number, order?: Order): Row[];
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
  /** Finds as `find` does, in parts. */
  finding(filter: Filter, limit?: number, order?: Order): InParts<Row[]>;
  /** Counts as `count` does, in parts. */
  counting(filter: Filter): InParts<number>;
  /** How often every document had to be read because no index served. */
  scans(): number;
  /** Rebuilds the entries of the indexes of these names from the documents. */
  reindex(names: readonly string[]): void;
}

const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/**
 * Opens a declared collection. The index entries live in SQLite beside the documents: they commit in the same
 * transaction, the server starts at once however large the data is, and no document has to stay in memory.
 */
export function openCollection(sqlite: Sqlite, declaration: Declaration, watch: Watch): Collection {
  const { name } = declaration;
  const indexes = storedIndexes(sqlite, declaration);
  const reader = openReader(sqlite, name, [ID_INDEX, ...indexes]);
  const total = select<{ n: number }>(sqlite, 'SELECT count(*) AS n FROM document WHERE collection = ?');
  const insertRow = sqlite.prepare('INSERT INTO document (collection, id, body) VALUES (?, ?, ?)');
  const updateRow = sqlite.prepare('UPDATE document SET body = ? WHERE seq = ?');
  const deleteRow = sqlite.prepare('DELETE FROM document WHERE seq = ?');
  const insertEntry = sqlite.prepare('INSERT INTO index_entry (index_id, key, seq) VALUES (?, ?, ?)');
  const deleteEntry = sqlite.prepare('DELETE FROM index_entry WHERE index_id = ? AND key = ? AND seq = ?');
  const dropEntries = sqlite.prepare('DELETE FROM index_entry WHERE index_id = ?');
  const setMultikey = sqlite.prepare('UPDATE index_definition SET multikey = ? WHERE id = ? AND multikey <> ?');

  const clash = select(
    sqlite,
    'SELECT key FROM index_entry WHERE index_id = ? GROUP BY key HAVING count(*) > 1 LIMIT 1',
  );

  /** Looks at what may match until enough is found. */
  function* look(filter: Filter, candidates: Iterable<Stored>, take: (row: Row) => boolean): InParts<void> {
    for (const stored of candidates) {
      const row = rowOf(stored);
      if ((filter.isById || filter.matches(row.document)) && !take(row)) return;
      yield;
    }
  }

  function* finding(filter: Filter, limit = Infinity, order: Order = {}): InParts<Row[]> {
    const { documents, isOrdered } = reader.candidates(filter, order, limit);
    const { take, rows } = isOrdered ? gatherFirst(limit) : gatherLeading(order, limit);
    yield* look(filter, documents, take);
    return rows();
  }

  function* counting(filter: Filter): InParts<number> {
    if (filter.isEmpty) return total.first(name)?.n ?? 0;
    let count = 0;
    yield* look(filter, reader.candidates(filter, {}, Infinity).documents, () => {
      count += 1;
      return true;
    });
    return count;
  }

  /** Refuses before anything is written, so that a clash leaves no trace. */
  const refuseClash = (among: readonly Index[], document: Document, seq: number, operation: Operation): void => {
    const isTaken = (index: Index, key: string) => reader.isTaken(index.name, key, seq);
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

  const addEntries = (index: StoredIndex, document: Document, seq: number): void => {
    const keys = indexKeys(index, document);
    for (const key of keys) insertEntry.run(index.id, keyBytes(key), seq);
    if (keys.length < 2) return;
    index.isMultikey = true;
    // What is known here may be ahead of a write that is rolled back, so it does not tell what is stored.
    setMultikey.run(1, index.id, 1);
  };

  const dropEntriesOf = (index: StoredIndex, { seq, document }: Row): void => {
    for (const key of indexKeys(index, document)) deleteEntry.run(index.id, keyBytes(key), seq);
  };

  /** Begins anew with an index, whose documents are added afterwards. */
  const empty = (index: StoredIndex): void => {
    dropEntries.run(index.id);
    setMultikey.run(0, index.id, 0);
    index.isMultikey = false;
  };

  return {
    name,
    indexes,
    find: (filter, limit, order) => whole(finding(filter, limit, order)),
    finding,
    row: (id) => reader.one(id).map(rowOf)[0],
    rowsUnder: (index, key) => reader.under(index.name, key).map(rowOf),
    scans: reader.scans,
    count: (filter) => whole(counting(filter)),
    counting,
    insert(document, operation) {
      change(undefined, document, () => {
        const id = idKey(document._id);
        if (reader.one(id).length > 0) throw takenId(name, document, operation);
        refuseClash(indexes, document, 0, operation);
        const seq = Number(insertRow.run(name, keyBytes(id), bodyOf(document)).lastInsertRowid);
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
    reindex(names) {
      const wanted = indexes.filter((index) => names.includes(index.name));
      for (const index of wanted) empty(index);
      for (const stored of reader.everything()) {
        const { seq, document } = rowOf(stored);
        for (const index of wanted) addEntries(index, document, seq);
      }
      for (const index of wanted) {
        if (!index.unique || clash.first(index.id ?? 0) === undefined) continue;
        throw new Error(`index ${index.name} of ${name} cannot be unique: stored documents clash`);
      }
    },
  };
}

/** Whether an index holds both documents under the same keys, so that a change from one to the other leaves it as it is. */
function hasSameKeys(index: Index, before: Document, after: Document): boolean {
  const [old, young] = [indexKeys(index, before), indexKeys(index, after)];
  return old.length === young.length && old.every((key, at) => key === young[at]);
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
