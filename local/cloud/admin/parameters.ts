import { CloudError } from '../cloud-error';
import type { Json, JsonObject } from '../database/ejson';
import { isJsonObject } from '../database/ejson';

/** A required text of a request body. */
export function text(body: JsonObject, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw malformed(name, 'a text');
  return value;
}

/** An optional text; an empty one counts as absent, because the SDK sends one where it has nothing to say. */
export function optionalText(body: JsonObject, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw malformed(name, 'a text');
  return value;
}

/** A flag that is false when absent. */
export function flag(body: JsonObject, name: string): boolean {
  const value = body[name] ?? false;
  if (typeof value !== 'boolean') throw malformed(name, 'true or false');
  return value;
}

/** A whole number within bounds, or the fallback when absent. */
export function wholeNumber(
  body: JsonObject,
  name: string,
  bounds: { min: number; max: number; fallback: number },
): number {
  const value = body[name] ?? bounds.fallback;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < bounds.min || value > bounds.max) {
    throw malformed(name, `a whole number from ${String(bounds.min)} to ${String(bounds.max)}`);
  }
  return value;
}

/** A list of texts. */
export function texts(body: JsonObject, name: string): string[] {
  return list(body, name).map((item) => {
    if (typeof item !== 'string') throw malformed(name, 'a list of texts');
    return item;
  });
}

/** A list of objects. */
export function objects(body: JsonObject, name: string): JsonObject[] {
  return list(body, name).map((item) => {
    if (!isJsonObject(item)) throw malformed(name, 'a list of objects');
    return item;
  });
}

function list(body: JsonObject, name: string): Json[] {
  const value = body[name];
  if (!Array.isArray(value)) throw malformed(name, 'a list');
  return value;
}

function malformed(name: string, expected: string): CloudError {
  return new CloudError('INVALID_PARAM', `${name} must be ${expected}`);
}
