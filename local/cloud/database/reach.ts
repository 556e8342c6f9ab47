import type { Fields, Value } from './value';
import { isFields } from './value';

/** What a condition looks at where a path ends in an array: its elements and then itself, or itself alone. */
export type Leaf = 'elements' | 'whole';

/**
 * The values that a path of a query reaches in a document; `undefined` stands for one that is missing. An array on the way stands for its
 * elements that are objects, and for the one at a position that the path names; what else is in it is passed over.
 *
 * @see https://www.mongodb.com/docs/manual/tutorial/query-array-of-documents/
 */
export function reach(document: Fields | Value[], path: readonly string[], leaf: Leaf): (Value | undefined)[] {
  const reached: (Value | undefined)[] = [];
  const fields = Array.isArray(document) ? Object.fromEntries(Object.entries(document)) : document;
  visit(fields, path, 0, leaf, reached);
  return reached;
}

function visit(start: Fields, path: readonly string[], from: number, leaf: Leaf, reached: (Value | undefined)[]): void {
  let value: Value | undefined = start;
  for (const [at, name] of path.entries()) {
    if (at < from) continue;
    if (Array.isArray(value)) {
      visitElements(value, path, at, leaf, reached);
      return;
    }
    value = isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  if (leaf === 'elements' && Array.isArray(value)) reached.push(...value);
  reached.push(value);
}

function visitElements(
  list: readonly Value[],
  path: readonly string[],
  at: number,
  leaf: Leaf,
  reached: (Value | undefined)[],
): void {
  const isLast = at === path.length - 1;
  for (const [position, item] of list.entries()) {
    if (isFields(item)) visit(item, path, at, leaf, reached);
    if (path[at] !== String(position)) continue;
    // An array at the position that ends the path is compared whole.
    if (isLast) reached.push(item);
    else if (isFields(item)) visit(item, path, at + 1, leaf, reached);
    else if (Array.isArray(item)) visitElements(item, path, at + 1, leaf, reached);
  }
}
