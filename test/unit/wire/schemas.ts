import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { validators, type Validator } from '../../../protocol/wire/validators';

/** As much of JSON Schema as the wire uses. */
export interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

const folder = join(__dirname, '..', '..', '..', 'protocol', 'wire');

/** Every schema of the wire by name, read from its modules and not from the validators. */
export const loadSchemas = async (): Promise<Map<string, Schema>> => {
  const modules = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  const found = new Map<string, Schema>();
  for (const module of modules) {
    const exports = (await import(join(folder, basename(module, '.ts')))) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exports))
      if (/^[A-Z]/.test(name) && typeof value === 'object' && value !== null) found.set(name, value);
  }
  return found;
};

export const validatorOf = (name: string): Validator<unknown> => {
  const validator = (validators as Record<string, Validator<unknown> | undefined>)[name];
  if (validator === undefined) throw new Error(`no validator is called ${name}`);
  return validator;
};

/** Values that the schema accepts, as JSON would carry them. */
export const accepted = (schema: Schema): fc.Arbitrary<unknown> => {
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(accepted));
  switch (schema.type) {
    case 'object':
      return fc.record(
        Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, value]) => [key, accepted(value)])),
        { requiredKeys: [...(schema.required ?? [])] },
      );
    case 'array':
      return fc.array(accepted(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, 3),
      });
    case 'string': {
      const text = schema.pattern
        ? fc.stringMatching(new RegExp(schema.pattern, 'u'))
        : fc.string({ minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? 20, 20) });
      return text.filter(({ length }) => length >= (schema.minLength ?? 0) && length <= (schema.maxLength ?? Infinity));
    }
    case 'integer':
      return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 100, Number.MAX_SAFE_INTEGER) });
    case 'number':
      return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 1, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case undefined:
    default:
      throw new Error(`no way to make a value of ${JSON.stringify(schema)}`);
  }
};

/** A place in a JSON value: object keys and array indexes, from the root. */
export type Place = readonly (string | number)[];

/** Every place of a JSON value that holds what `isWanted` asks for. */
export const places = (value: unknown, isWanted: (value: unknown) => boolean, at: Place = []): Place[] => {
  const here = isWanted(value) ? [at] : [];
  if (Array.isArray(value)) return [...here, ...value.flatMap((item, index) => places(item, isWanted, [...at, index]))];
  if (typeof value !== 'object' || value === null) return here;
  return [...here, ...Object.entries(value).flatMap(([key, item]) => places(item, isWanted, [...at, key]))];
};

/** A copy with what stands at the place changed. */
export const changedAt = (value: unknown, place: Place, change: (old: unknown) => unknown): unknown => {
  const [first, ...rest] = place;
  if (first === undefined) return change(value);
  const copy = structuredClone(value) as Record<string | number, unknown>;
  copy[first] = changedAt(copy[first], rest, change);
  return copy;
};
