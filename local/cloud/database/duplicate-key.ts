import type { Index } from '../../../cloudfunctions/resources';
import { CloudError } from '../cloud-error';
import { indexKeys } from './index-keys';
import type { Document, Value } from './value';
import { isFields } from './value';

/** Names the failing operation in an error message, as the real service does. */
export type Operation = 'Insert' | 'Update';

/** A document that is about to be written, and which keys are another document's. */
interface Candidate {
  readonly collection: string;
  readonly indexes: readonly Index[];
  readonly document: Document;
  readonly operation: Operation;
  readonly isTaken: (index: Index, key: string) => boolean;
}

/** @throws CloudError when another document holds a key of a unique index that the document would take */
export function refuseTakenKeys({ collection, indexes, document, operation, isTaken }: Candidate): void {
  for (const index of indexes) {
    const keys = indexKeys(index, document);
    if (!index.unique || !keys.some((key) => isTaken(index, key))) continue;
    throw duplicateKey(operation, collection, index.name, keyOf(index, document));
  }
}

/** What is told of a document whose `_id` another one has. */
export function takenId(collection: string, document: Document, operation: Operation): CloudError {
  return duplicateKey(operation, collection, '_id_', `{ _id: ${JSON.stringify(document._id)} }`);
}

function keyOf(index: Index, document: Document): string {
  const shown = Object.keys(index.keys).map((path) => `${path}: ${JSON.stringify(valueAt(document, path))}`);
  return `{ ${shown.join(', ')} }`;
}

function valueAt(document: Document, path: string): Value {
  return path
    .split('.')
    .reduce<Value>(
      (value, field) => (isFields(value) && Object.hasOwn(value, field) ? (value[field] ?? null) : null),
      document,
    );
}

/** The text that the real service passes on from MongoDB, by which callers recognise a clash. */
function duplicateKey(operation: Operation, collection: string, index: string, key: string): CloudError {
  const error = `E11000 duplicate key error collection: tnt-local.${collection} index: ${index} dup key: ${key}`;
  return new CloudError(
    'DATABASE_REQUEST_FAILED',
    `[FailedOperation.${operation}] multiple write errors: [{write errors: [{${error}}]}, {<nil>}]`,
  );
}
