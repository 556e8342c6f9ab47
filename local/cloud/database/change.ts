import type { Index } from '../../../cloudfunctions/resources';
import { idKey, indexKeys } from './index-keys';
import type { Document, Row } from './value';

/** A change of one document. */
export interface Change {
  readonly collection: string;
  /** The text of the document's `_id`. */
  readonly id: string;
  /** As it was; nothing where the document is new. */
  readonly before: Row | undefined;
  /** See `touches`. */
  readonly touches: readonly string[];
}

/** Whoever has to know of changes that are made outside of transactions, and by their commits. */
export interface Watch {
  /** Whether anybody has to know; while nobody does, nothing is told. */
  isOn(): boolean;
  /** Throws when what is about to be touched is not free. */
  refuseHeld(touches: readonly string[]): void;
  record(change: Change): void;
}

/**
 * Names what a change touches: the document's id, and the unique keys that it takes or gives up. Two changes that touch nothing in
 * common may be made in any order.
 */
export function touches(
  collection: string,
  indexes: readonly Index[],
  before: Document | undefined,
  after: Document | undefined,
): string[] {
  const document = before ?? after;
  const names = document === undefined ? [] : [nameOf(collection, '_id_', idKey(document._id))];
  for (const index of indexes) {
    if (!index.unique) continue;
    const old = before === undefined ? [] : indexKeys(index, before);
    const young = after === undefined ? [] : indexKeys(index, after);
    const [wasThere, isThere] = [new Set(old), new Set(young)];
    const changed = [...old.filter((key) => !isThere.has(key)), ...young.filter((key) => !wasThere.has(key))];
    for (const key of changed) names.push(nameOf(collection, index.name, key));
  }
  return names;
}

function nameOf(collection: string, index: string, key: string): string {
  return JSON.stringify([collection, index, key]);
}
