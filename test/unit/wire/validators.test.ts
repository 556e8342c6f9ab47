import fc from 'fast-check';
import { accepted, changedAt, loadSchemas, places, validatorOf, type Schema } from './schemas';

/** What is put where a string should stand: each a way into a document database or an object's prototype. */
const hostileValues: readonly string[] = [
  '{"$gt":""}',
  '{"$ne":null}',
  '{"$where":"sleep(1000)"}',
  '{"$regex":".*"}',
  '{"a.b":"c"}',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"length":3,"0":"a"}',
  '["a"]',
  '[]',
  '{}',
  '0',
  'true',
  'null',
];

/** Keys that are put beside those that a schema names. */
const hostileKeys = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '$where', 'a.b', '', '_id'];

/** An own property, as `JSON.parse` makes it also of `__proto__`. */
const withOwnKey = (value: unknown, key: string): unknown => {
  const members = JSON.stringify(value).slice(1);
  return JSON.parse(`{${JSON.stringify(key)}:{"admin":true}${members === '}' ? '' : ','}${members}`);
};

const isString = (value: unknown): boolean => typeof value === 'string';
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

const subschemas = (schema: Schema): Schema[] => [
  schema,
  ...[
    ...Object.values(schema.properties ?? {}),
    ...(schema.anyOf ?? []),
    ...(schema.items ? [schema.items] : []),
  ].flatMap(subschemas),
];

describe('the wire', () => {
  let schemas = new Map<string, Schema>();
  let requests: [string, Schema][] = [];

  beforeAll(async () => {
    schemas = await loadSchemas();
    requests = [...schemas].filter(([name]) => /(Request|Call|Order)$/.test(name));
  });

  const forEachRequest = (
    property: (value: unknown, accepts: (value: unknown) => boolean, name: string) => void,
  ): void => {
    expect(requests.length).toBeGreaterThan(5);
    for (const [name, schema] of requests) {
      const accepts = validatorOf(name);
      fc.assert(
        fc.property(accepted(schema), (value) => {
          property(value, (candidate) => accepts(candidate), name);
        }),
        { numRuns: 20 },
      );
    }
  };

  it('has a validator for every schema, which accepts what the schema describes', () => {
    expect(schemas.size).toBeGreaterThan(20);
    for (const [name, schema] of schemas) {
      const accepts = validatorOf(name);
      fc.assert(
        fc.property(accepted(schema), (value) => {
          accepts(value);
          expect({ name, errors: accepts.errors }).toEqual({ name, errors: null });
        }),
        { numRuns: 20 },
      );
    }
  });

  it('closes every object, bounds every string and array, ranges every number', () => {
    const loose = [...schemas].flatMap(([name, schema]) =>
      subschemas(schema)
        .filter((part) => {
          if (part.enum || 'const' in part) return false;
          switch (part.type) {
            case 'object':
              return part.additionalProperties !== false;
            case 'string':
              return part.maxLength === undefined;
            case 'array':
              return part.maxItems === undefined || !part.items;
            case 'integer':
            case 'number':
              return part.minimum === undefined || part.maximum === undefined;
            case undefined:
            default:
              return !part.anyOf && part.type !== 'null' && part.type !== 'boolean';
          }
        })
        .map((part) => `${name}: ${JSON.stringify(part)}`),
    );
    expect(loose).toEqual([]);
  });

  it('refuses anything but a string wherever a string belongs', () => {
    forEachRequest((value, accepts, name) => {
      for (const place of places(value, isString))
        for (const hostile of hostileValues) {
          const forged = changedAt(value, place, () => JSON.parse(hostile) as unknown);
          expect({ name, place, hostile, accepted: accepts(forged) }).toEqual({
            name,
            place,
            hostile,
            accepted: false,
          });
        }
    });
  });

  it('refuses a key that no schema names, on every level, also where it is a prototype’s name', () => {
    forEachRequest((value, accepts, name) => {
      for (const place of places(value, isObject))
        for (const key of hostileKeys) {
          const forged = changedAt(value, place, (object) => withOwnKey(object, key));
          expect({ name, place, key, accepted: accepts(forged) }).toEqual({ name, place, key, accepted: false });
        }
    });
  });

  it('refuses strings beyond their bound', () => {
    forEachRequest((value, accepts, name) => {
      for (const place of places(value, isString)) {
        const forged = changedAt(value, place, (text) => String(text) + 'A'.repeat(30_000));
        expect({ name, place, accepted: accepts(forged) }).toEqual({ name, place, accepted: false });
      }
    });
  });

  it('refuses whatever lacks a required key, and whatever is no object', () => {
    for (const [name, schema] of requests) {
      const accepts = validatorOf(name);
      const [whole] = fc.sample(accepted(schema), 1) as [Record<string, unknown>];
      for (const key of schema.required ?? []) {
        const { [key]: missing, ...rest } = whole;
        expect({ name, key, accepted: accepts(rest) }).toEqual({ name, key, accepted: false });
        expect(missing).toBeDefined();
      }
      for (const nothing of [undefined, null, [], '', 0, () => whole]) expect(accepts(nothing)).toBe(false);
    }
  });

  it('leaves no prototype changed', () => {
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });
});
