import { CloudError, unsupported } from '../cloud-error';
import { compileCondition } from './condition';
import type { Json } from './ejson';
import { checkFieldName, decodeValue, isJsonObject, typeKey } from './ejson';
import { testExpression } from './expression-context';
import { decodeQuery } from './query-decode';
import type { Fields, Value } from './value';
import { isFields } from './value';

/** A checked projection: what is answered of a document. */
export type Projection = (document: Fields) => Fields;

/** What becomes of a field's value; nothing where the field is left out. */
type Part = (value: Value) => Value | undefined;

type Tree = Map<string, Tree | Part>;

/**
 * Checks a projection: flags of one kind save for `_id`, `$slice`, and `$elemMatch`.
 *
 * @see https://www.mongodb.com/docs/manual/tutorial/project-fields-from-query-results/
 */
export function decodeProjection(json: Json): Projection {
  if (!isJsonObject(json)) throw malformed('projection must be an object');
  const tree: Tree = new Map();
  const kinds = new Set<'include' | 'exclude'>();
  let onlyId: 'include' | 'exclude' | undefined;
  for (const [path, inner] of Object.entries(json)) {
    checkFieldName(path);
    const { part, kind } = decodePart(path, inner);
    if (path === '_id') onlyId = kind;
    else if (kind !== undefined) kinds.add(kind);
    plant(tree, path, part);
  }
  if (kinds.size > 1) throw malformed('a projection cannot both include and exclude fields');
  const kind = [...kinds][0] ?? onlyId ?? 'exclude';
  if (kind === 'include' && !tree.has('_id')) tree.set('_id', keep);
  return (document) => project(document, tree, kind);
}

const keep: Part = (value) => value;
const drop: Part = () => undefined;

function decodePart(path: string, json: Json): { part: Part; kind?: 'include' | 'exclude' } {
  const operator = isJsonObject(json) ? typeKey(json) : undefined;
  if (isJsonObject(json) && operator !== undefined && !operator.startsWith('$number')) {
    if (operator === '$slice') return { part: slicePart(json[operator] ?? null) };
    if (operator === '$elemMatch') return { part: elementPart(path, json[operator] ?? null), kind: 'include' };
    throw unsupported(`the operator ${operator} in a projection`);
  }
  const flag = decodeValue(json, 0);
  if (flag === 1) return { part: keep, kind: 'include' };
  if (flag === 0) return { part: drop, kind: 'exclude' };
  throw malformed('malformed projection');
}

/** The first or last elements, or so many from a place on. */
function slicePart(json: Json): Part {
  const numbers = (Array.isArray(json) ? json : [json]).map((item) => decodeValue(item, 0));
  const [first, count] = numbers;
  const isPair = Array.isArray(json);
  if (!numbers.every(Number.isSafeInteger) || typeof first !== 'number' || numbers.length !== (isPair ? 2 : 1)) {
    throw malformed('$slice takes a whole number, or two');
  }
  if (!isPair)
    return (value) => (Array.isArray(value) ? (first < 0 ? value.slice(first) : value.slice(0, first)) : value);
  if (typeof count !== 'number' || count <= 0) throw malformed('$slice takes a positive number of elements');
  return (value) => {
    if (!Array.isArray(value)) return value;
    const from = first < 0 ? Math.max(0, value.length + first) : first;
    return value.slice(from, from + count);
  };
}

/** The first element that a query matches, alone in an array. */
function elementPart(path: string, json: Json): Part {
  if (path.includes('.')) throw malformed('$elemMatch in a projection takes no path within a field');
  if (!isJsonObject(json)) throw malformed('$elemMatch takes an object');
  // The query of an array with one element is the query of that element.
  const query = decodeQuery({ list: { $elemMatch: json } }, 0);
  const matches = compileCondition(query, testExpression);
  return (value) => {
    const found = Array.isArray(value) ? value.find((item) => matches({ list: [item] })) : undefined;
    return found === undefined ? undefined : [found];
  };
}

function plant(tree: Tree, path: string, part: Part): void {
  const names = path.split('.');
  const last = names.pop() ?? '';
  let branch = tree;
  for (const name of names) {
    const next = branch.get(name) ?? new Map<string, Tree | Part>();
    if (typeof next === 'function') throw malformed(`the projection's path ${path} collides with another one`);
    branch.set(name, next);
    branch = next;
  }
  if (branch.has(last)) throw malformed(`the projection's path ${path} collides with another one`);
  branch.set(last, part);
}

/** An array on the way stands for its elements; one that has no fields is left out where fields are included. */
function project(fields: Fields, tree: Tree, kind: 'include' | 'exclude'): Fields {
  const projected: Fields = {};
  for (const [name, value] of Object.entries(fields)) {
    const branch = tree.get(name);
    if (branch === undefined) {
      if (kind === 'exclude') projected[name] = value;
      continue;
    }
    const part = typeof branch === 'function' ? branch(value) : within(value, branch, kind);
    if (part !== undefined) projected[name] = part;
  }
  return projected;
}

function within(value: Value, tree: Tree, kind: 'include' | 'exclude'): Value | undefined {
  if (isFields(value)) return project(value, tree, kind);
  if (!Array.isArray(value)) return kind === 'exclude' ? value : undefined;
  return value.map((item) => within(item, tree, kind)).filter((item) => item !== undefined);
}

function malformed(message: string): CloudError {
  return new CloudError('INVALID_PARAM', message);
}
