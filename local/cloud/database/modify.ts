import { randomBytes } from 'node:crypto';
import { CloudError, unsupported } from '../cloud-error';
import type { Documents } from './collection';
import type { Json } from './ejson';
import { decodeFields, isJsonObject } from './ejson';
import type { Filter } from './query';
import type { Replacement, Update } from './update';
import type { Document, Fields } from './value';
import { sameValue } from './value';

/** What is told of a change. */
interface Modified {
  readonly updated: number;
  readonly upsertId: Document['_id'] | null;
}

/** `updated` counts the documents that changed; one that already was as asked does not count. */
export function updateAll(collection: Documents, filter: Filter, update: Update, multi: boolean): Modified {
  let updated = 0;
  for (const row of collection.find(filter, multi ? undefined : 1)) {
    const document = update(row.document);
    if (sameValue(document, row.document)) continue;
    collection.replace(row, document);
    updated += 1;
  }
  return { updated, upsertId: null };
}

/** Changes what matches; where nothing does, adds a document with the fields that the query asks for, changed. */
export function upsert(
  collection: Documents,
  filter: Filter,
  update: Update,
  { multi, fields }: { readonly multi: boolean; readonly fields: Fields },
): Modified {
  if (collection.find(filter, 1).length > 0) return updateAll(collection, filter, update, multi);
  const document = update({ ...fields, _id: checkedId(fields['_id'] ?? newId()) }, true);
  collection.insert(document, 'Update');
  return { updated: 0, upsertId: document._id };
}

/** Changes the first document that matches and gives it as it is now. */
export function updateFirst(collection: Documents, filter: Filter, update: Update): Document | undefined {
  const row = collection.find(filter, 1)[0];
  if (row === undefined) return undefined;
  const document = update(row.document);
  collection.replace(row, document);
  return document;
}

/** Replaces the first document that matches; where none does, an upsert adds one. */
export function setOne(collection: Documents, filter: Filter, replacement: Replacement, upsert: boolean): Modified {
  const row = collection.find(filter, 1)[0];
  if (row !== undefined) {
    const document = replacement(row.document._id);
    const changed = !sameValue(document, row.document);
    if (changed) collection.replace(row, document);
    return { updated: changed ? 1 : 0, upsertId: null };
  }
  if (!upsert) return { updated: 0, upsertId: null };
  const id = filter.id ?? newId();
  const document = replacement(checkedId(id));
  collection.insert(document, 'Update');
  return { updated: 0, upsertId: document._id };
}

/** A document as it is inserted, with an id where it brings none. @throws CloudError */
export function newDocument(json: Json, now: number): Document {
  if (!isJsonObject(json)) throw new CloudError('INVALID_PARAM', 'a document must be an object');
  const fields = decodeFields(json, now);
  return { _id: checkedId(fields['_id'] ?? newId()), ...fields };
}

function checkedId(id: unknown): string | number {
  if (typeof id === 'string' || typeof id === 'number') return id;
  throw unsupported('an _id that is neither a text nor a number');
}

function newId(): string {
  return randomBytes(16).toString('hex');
}
