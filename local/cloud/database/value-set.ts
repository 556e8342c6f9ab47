import { encodeKey } from './key-encoding';
import type { Value } from './value';

/**
 * Tells whether a value is one of a list, as fast for a long list as for a short one: callers send lists of a hundred thousand values. Values
 * are the same as in `sameValue`, and what is missing is the same as null.
 */
export class ValueSet {
  readonly #plain = new Set<Value | undefined>();
  readonly #keys = new Set<string>();

  constructor(values: Iterable<Value | undefined>) {
    for (const value of values) this.add(value);
  }

  has(value: Value | undefined): boolean {
    if (isPlain(value)) return this.#plain.has(value);
    return this.#keys.size > 0 && this.#keys.has(encodeKey(value));
  }

  /** Adds a value, and tells whether it is new. */
  add(value: Value | undefined): boolean {
    if (this.has(value)) return false;
    if (isPlain(value)) this.#plain.add(value);
    else this.#keys.add(encodeKey(value));
    return true;
  }
}

/** Whether a set of JavaScript tells a value from all others, as it does most of those that are stored. */
function isPlain(value: Value | undefined): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
