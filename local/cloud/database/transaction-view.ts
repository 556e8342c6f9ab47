import type { Index } from '../../../cloudfunctions/resources';
import { touches } from './change';
import type { Collection, Documents } from './collection';
import { bodyOf } from './collection';
import type { Operation } from './duplicate-key';
import { refuseTakenKeys, takenId } from './duplicate-key';
import { idKey, indexKeys } from './index-keys';
import { leading } from './leading';
import type { Document, Row } from './value';
import { cloneFields } from './value';

/** One write of a transaction, which its commit repeats on the collection. */
export interface Step {
  readonly collection: Collection;
  /** The text of the document's `_id`. */
  readonly id: string;
  /** As it is written; nothing where it is removed. */
  readonly row: Row | undefined;
  /** The length of its text. */
  readonly length: number;
}

/** What a view stands on. */
interface Ground {
  /** What differs from the collection, by the text of its `_id`: a row, or nothing. The view adds what is written. */
  readonly differences: Map<string, Row | undefined>;
  /** Throws when others hold or have changed what is about to be touched. */
  readonly claim: (touches: readonly string[]) => void;
  readonly write: (step: Step) => void;
  /** The place of a new document, behind all those that are stored. */
  readonly nextSeq: () => number;
}

/** A collection as a transaction sees it: as it was when it first looked, with its own writes on top. */
export function transactionView(collection: Collection, { differences, claim, write, nextSeq }: Ground): Documents {
  const { name, indexes } = collection;

  const idOf = ({ document }: Row): string => idKey(document._id);
  const isSame = (row: Row): boolean => !differences.has(idOf(row));
  const different = (): Row[] => [...differences.values()].filter((row) => row !== undefined);

  const put = (id: string, row: Row | undefined): void => {
    write({ collection, id, row, length: row === undefined ? 0 : bodyOf(row.document).length });
    differences.set(id, row);
  };

  const refuseClash = (document: Document, operation: Operation): void => {
    const id = idKey(document._id);
    const others = different().filter((row) => idOf(row) !== id);
    const keysOfOthers = new Map<Index, Set<string>>();
    const isOfOthers = (index: Index, key: string): boolean => {
      const keys = keysOfOthers.get(index) ?? new Set(others.flatMap((row) => indexKeys(index, row.document)));
      keysOfOthers.set(index, keys);
      return keys.has(key);
    };
    refuseTakenKeys({
      collection: name,
      indexes,
      document,
      operation,
      isTaken: (index, key) =>
        collection.rowsUnder(index, key).some((row) => isSame(row) && idOf(row) !== id) || isOfOthers(index, key),
    });
  };

  return {
    find(filter, limit = Infinity, order = {}) {
      if (differences.size === 0) return collection.find(filter, limit, order);
      const rows = collection.find(filter, limit + differences.size, order).filter(isSame);
      rows.push(
        ...different()
          .filter((row) => filter.matches(row.document))
          .map(copyOf),
      );
      return leading(rows, order, limit);
    },
    insert(document, operation) {
      const id = idKey(document._id);
      claim(touches(name, indexes, undefined, document));
      const there = differences.has(id) ? differences.get(id) : collection.row(id);
      if (there !== undefined) throw takenId(name, document, operation);
      refuseClash(document, operation);
      put(id, { seq: nextSeq(), document });
    },
    replace({ seq, document: before }, document) {
      claim(touches(name, indexes, before, document));
      refuseClash(document, 'Update');
      put(idKey(document._id), { seq, document });
    },
    remove({ document }) {
      claim(touches(name, indexes, document, undefined));
      put(idKey(document._id), undefined);
    },
  };
}

/** What the caller gets is its own, as a row read from the disk is. */
function copyOf({ seq, document }: Row): Row {
  return { seq, document: cloneFields(document) };
}
