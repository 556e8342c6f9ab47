import * as protocol from '../../../protocol';

/** As much of a JSON Schema as the wire schemas use. */
export interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** A place in a request: the keys that lead there. */
export type Place = readonly (string | number)[];

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && 'properties' in value;

/** Every schema of a request to a function, under its name. */
export const requestSchemas: readonly (readonly [string, Schema])[] = Object.entries(protocol).flatMap(
  ([name, value]: [string, unknown]) =>
    name.endsWith('Request') && isSchema(value) && value.properties?.['action'] ? [[name, value] as const] : [],
);

const hex = 'a1'.repeat(16);
/** One text for each form that a string of a request can have. */
const texts = [
  hex,
  `cloud://local-wechat-id.6c6f-local-wechat-id-1300000000/evidence/${hex}/${hex}.jpg`,
  '2026-11',
  '2026-11-22',
  'A'.repeat(22),
  'P1:0',
  '91350100M000100Y43',
  '12345678',
  '123456789',
  '123X',
  'A1B2C'.repeat(4),
  hex + hex,
  'A'.repeat(43),
  '{"raw":"a1"}',
];

const textFor = ({ pattern, minLength = 0, maxLength = Infinity }: Schema): string => {
  const fits = texts.find(
    (text) => text.length >= minLength && text.length <= maxLength && new RegExp(pattern ?? '', 'u').test(text),
  );
  if (fits === undefined) throw new Error(`add a text that fits ${pattern ?? 'this length'} to the samples`);
  return fits;
};

/** How many different values a schema can tell apart by a list of words. */
const wordsIn = (schema: Schema): number =>
  Math.max(schema.enum?.length ?? 1, ...Object.values(schema.properties ?? {}).map(wordsIn));

/** A value that the schema accepts; a list holds an item for each word that its items can say. @param word which of them */
export const sampleOf = (schema: Schema, word = 0): unknown => {
  if ('const' in schema) return schema.const;
  if (schema.enum) return schema.enum[word % schema.enum.length];
  switch (schema.type) {
    case 'string':
      return textFor(schema);
    case 'integer':
    case 'number':
      return schema.minimum ?? 0;
    case 'array': {
      const { items = {}, minItems = 0 } = schema;
      return Array.from({ length: Math.max(minItems, wordsIn(items)) }, (_, at) => sampleOf(items, at));
    }
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([key, value]) => [key, sampleOf(value, word)]),
      );
    case undefined:
    default:
      throw new Error(`no sample for a schema of type ${String(schema.type)}`);
  }
};

/** The places of all texts, of all numbers and of all objects of a request. */
export const placesOf = (
  schema: Schema,
  at: Place = [],
): { readonly texts: readonly Place[]; readonly numbers: readonly Place[]; readonly objects: readonly Place[] } => {
  const below =
    schema.type === 'object'
      ? Object.entries(schema.properties ?? {}).map(([key, value]) => placesOf(value, [...at, key]))
      : schema.type === 'array' && schema.items
        ? [placesOf(schema.items, [...at, 0])]
        : [];
  const isText = schema.type === 'string' || typeof schema.const === 'string';
  return {
    texts: [...(isText ? [at] : []), ...below.flatMap(({ texts: found }) => found)],
    numbers: [...(schema.type === 'integer' ? [at] : []), ...below.flatMap(({ numbers }) => numbers)],
    objects: [...(schema.type === 'object' ? [at] : []), ...below.flatMap(({ objects }) => objects)],
  };
};

/** The value with another one at that place; keys such as `__proto__` become plain keys. */
export const withAt = (value: unknown, place: Place, put: unknown): unknown => {
  const [key, ...rest] = place;
  if (key === undefined) return put;
  if (Array.isArray(value)) return value.map((item: unknown, at) => (at === key ? withAt(item, rest, put) : item));
  const record = value as Readonly<Record<string, unknown>>; // a place leads through lists and objects only
  const entries = Object.entries(record).filter(([name]) => name !== key);
  const now = Object.hasOwn(record, key) ? record[key] : undefined;
  return Object.fromEntries([...entries, [key, withAt(now, rest, put)]]);
};

/** A place as a JSON Pointer (RFC 6901). */
export const pointer = (place: Place): string => place.map((key) => `/${String(key)}`).join('');
