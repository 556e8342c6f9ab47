import type { Index } from '../../../cloudfunctions/resources';
import { CloudError } from '../cloud-error';
import { EMPTY_ARRAY, encodeKey } from './key-encoding';
import type { Document, Fields, Value } from './value';
import { isFields } from './value';

/** A place on the way along a path. */
interface Step {
  readonly value: Value | undefined;
  /** The rest of the path. */
  readonly rest: readonly string[];
  /** Whether an array here stands for itself: it is an element of one in which the path ends. */
  readonly isWhole: boolean;
}

/**
 * The keys under which an index holds a document: one, or one for each element where an indexed field is an array.
 * A missing field counts as null, except that a sparse index leaves out a document that lacks all of its fields.
 *
 * @throws CloudError when fields of one compound index lie in different arrays, which MongoDB cannot index either
 */
export function indexKeys(index: Index, document: Document): string[] {
  const tuples = keyTuples(Object.keys(index.keys), document, `index ${index.name} cannot index parallel arrays`);
  if (index.sparse && tuples.every((tuple) => tuple.every((key) => key === undefined))) return [];
  return [...new Set(tuples.map((tuple) => tuple.map((key) => key ?? MISSING).join('')))];
}

/**
 * The keys of each path's values, together as they stand together: one tuple for each element of the array that paths go through or end
 * in. Nothing stands for a missing value.
 *
 * @param refusal says what cannot be done with several arrays
 * @throws CloudError when paths come to different arrays
 */
export function keyTuples(paths: readonly string[], document: Fields, refusal: string): (string | undefined)[][] {
  const steps = paths.map((path) => ({ value: document, rest: path.split('.'), isWhole: false }));
  return expand(steps, refusal).map((tuple) => tuple.map(keyOf));
}

/** Text of an `_id`, by which documents are found. */
export function idKey(id: string | number): string {
  return encodeKey(id);
}

/** What a missing field counts as. */
export const MISSING = encodeKey(undefined);

/** Stands for an array that has none, which an element without elements is not. */
const NO_ELEMENTS: Value[] = [];

/** Follows all paths until none comes to an array any more; where some come to the same one, they go on from each of its elements. */
function expand(steps: readonly Step[], refusal: string): Step[][] {
  const advanced = steps.map(advance);
  const [array, ...others] = new Set(advanced.flatMap((step) => (isAtArray(step) ? [step.value] : [])));
  if (array === undefined) return [advanced];
  if (others.length > 0) throw new CloudError('DATABASE_REQUEST_FAILED', `[FailedOperation] ${refusal}`);
  const elements: (Value | undefined)[] = array.length === 0 ? [undefined] : array;
  return elements.flatMap((item) =>
    expand(
      advanced.map((step) => (isAtArray(step) ? elementOf(step, item) : step)),
      refusal,
    ),
  );
}

function advance(step: Step): Step {
  let { value, rest } = step;
  for (let [name] = rest; name !== undefined; [name] = rest) {
    if (Array.isArray(value)) {
      const isPosition = /^\d+$/.test(name) && Number(name) < value.length;
      if (!isPosition) break;
      value = value[Number(name)];
    } else {
      value = isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    }
    rest = rest.slice(1);
  }
  return { ...step, value, rest };
}

function isAtArray(step: Step): step is Step & { readonly value: Value[] } {
  return Array.isArray(step.value) && !step.isWhole;
}

/** An array without elements ends a path as itself, and is nothing on the way. What is no object has no fields. */
function elementOf({ value, rest }: Step & { readonly value: Value[] }, item: Value | undefined): Step {
  if (rest.length === 0) return { value: value.length === 0 ? NO_ELEMENTS : item, rest, isWhole: true };
  return { value: isFields(item) ? item : undefined, rest: isFields(item) ? rest : [], isWhole: false };
}

function keyOf({ value }: Step): string | undefined {
  if (value === NO_ELEMENTS) return EMPTY_ARRAY;
  return value === undefined ? undefined : encodeKey(value);
}
