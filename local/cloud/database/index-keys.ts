import type { Index } from '../../../cloudfunctions/resources';
import type { Scalar } from './query';
import type { Document, Value } from './value';
import { isFields } from './value';
import { encode } from './ejson';
import { CloudError } from '../cloud-error';

/** Ends each component of a key. JSON text never holds a raw line feed, so a prefix of components is a prefix of text. */
const END = '\n';
const AFTER_END = '\u000b';

/**
 * The keys under which an index holds a document: one, or one for each element where an indexed field is an array.
 * A missing field counts as null, except that a sparse index leaves out a document that lacks all of its fields.
 *
 * @throws CloudError when two fields of one compound index are arrays, which MongoDB cannot index either
 */
export function indexKeys(index: Index, document: Document): string[] {
  const components = Object.keys(index.keys).map((path) => valuesAt(document, path.split('.')));
  if (index.sparse && components.every((values) => values.length === 0)) return [];
  if (components.filter((values) => values.length > 1).length > 1) {
    throw new CloudError(
      'DATABASE_REQUEST_FAILED',
      `[FailedOperation] index ${index.name} cannot index parallel arrays`,
    );
  }
  return components.reduce<string[]>(
    (prefixes, values) => {
      const texts = new Set((values.length === 0 ? [null] : values).map(component));
      return prefixes.flatMap((prefix) => [...texts].map((text) => prefix + text + END));
    },
    [''],
  );
}

/**
 * The range of keys that hold the given equalities, by as many leading fields of the index as they cover.
 * None when the first field is not covered.
 */
export function keyRange(index: Index, equalities: ReadonlyMap<string, Scalar>): KeyRange | undefined {
  let prefix = '';
  let covered = 0;
  for (const path of Object.keys(index.keys)) {
    const value = equalities.get(path);
    if (value === undefined) break;
    prefix += component(value) + END;
    covered += 1;
  }
  return covered === 0 ? undefined : { from: prefix, to: prefix.slice(0, -1) + AFTER_END, covered };
}

/** The ranges of keys whose first field is not null. */
export const NOT_NULL: readonly Readonly<{ from: string; to: string }>[] = [
  { from: '', to: `null${END}` },
  { from: `null${AFTER_END}`, to: '\u{10ffff}' },
];

/** Keys from `from` inclusive to `to` exclusive, fixing the first `covered` fields of the index. */
export interface KeyRange {
  readonly from: string;
  readonly to: string;
  readonly covered: number;
}

/** Text of an `_id`, by which documents are found. */
export function idKey(id: string | number): string {
  return component(id);
}

function component(value: Value): string {
  return isFields(value) || Array.isArray(value) || value instanceof Date ? encode(value) : JSON.stringify(value);
}

/** Every value that a path reaches; arrays on the way, and at the end, stand for their elements. */
function valuesAt(value: Value | undefined, path: readonly string[]): Value[] {
  const [field, ...rest] = path;
  if (field === undefined) return Array.isArray(value) ? elements(value) : value === undefined ? [] : [value];
  if (Array.isArray(value)) {
    const byPosition = /^\d+$/.test(field) ? valuesAt(value[Number(field)], rest) : [];
    return [...byPosition, ...value.filter(isFields).flatMap((item) => valuesAt(item, path))];
  }
  return isFields(value) && Object.hasOwn(value, field) ? valuesAt(value[field], rest) : [];
}

/** An empty array is indexed as a value of its own, so that it does not pass for a missing field. */
function elements(array: Value[]): Value[] {
  return array.length === 0 ? [array] : array;
}
