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
  const fields = Array.isArray(document) ? Object.fromEntries(Object.entries(document)) : document;
  const walk: Walk = { path, leaf, reached: [], been: new Map() };
  visit(walk, fields, 0);
  return walk.reached;
}

interface Walk {
  readonly path: readonly string[];
  readonly leaf: Leaf;
  readonly reached: (Value | undefined)[];
  /** From where in the path elements of arrays were visited: by name and by position they could be so 2^50 times. */
  readonly been: Map<Value, Set<number>>;
}

function visit(walk: Walk, start: Fields, from: number): void {
  const { path, leaf, reached } = walk;
  let value: Value | undefined = start;
  for (let at = from; at < path.length; at += 1) {
    const name = path[at] ?? '';
    if (Array.isArray(value)) {
      visitElements(walk, value, at);
      return;
    }
    value = isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  if (leaf === 'elements' && Array.isArray(value)) for (const item of value) reached.push(item);
  reached.push(value);
}

function visitElements(walk: Walk, list: readonly Value[], at: number): void {
  const isLast = at === walk.path.length - 1;
  for (const [position, item] of list.entries()) {
    if (isFields(item) && isNew(walk, item, at)) visit(walk, item, at);
    if (walk.path[at] !== String(position)) continue;
    // An array at the position that ends the path is compared whole.
    if (isLast) walk.reached.push(item);
    else if (isFields(item) && isNew(walk, item, at + 1)) visit(walk, item, at + 1);
    else if (Array.isArray(item) && isNew(walk, item, at + 1)) visitElements(walk, item, at + 1);
  }
}

function isNew(walk: Walk, item: Value, at: number): boolean {
  const places = walk.been.get(item);
  if (places === undefined) walk.been.set(item, new Set([at]));
  else if (places.has(at)) return false;
  else places.add(at);
  return true;
}
