import { problemCodes } from '../runtime/problem-table';
import { apiSchemas, type ApiSchemaName } from './api-schemas';
import { apiWords } from './api-words';

/** A JSON Schema. */
export type SchemaObject = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is SchemaObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const named = new Map<unknown, string>(Object.entries(apiSchemas).map(([name, schema]) => [schema, name]));

/** A reference to a component. */
export const refer = (name: ApiSchemaName | 'OAuthError'): SchemaObject => ({ $ref: `#/components/schemas/${name}` });

/**
 * A part of the wire's as a part of the document: what has a name is referred to. The wire's keywords mean the same in the draft that
 * OpenAPI 3.1 has (2020-12) as in that which its checks are compiled from; a test holds it to them.
 */
const partOf = (part: unknown): unknown => {
  const name = named.get(part);
  if (name !== undefined) return { $ref: `#/components/schemas/${name}` };
  return isRecord(part) ? wholeOf(part) : part;
};

const wholeOf = (schema: SchemaObject, fields: Readonly<Record<string, string>> = {}): SchemaObject => {
  const { properties, items, anyOf } = schema;
  const described = (name: string, part: unknown): unknown => {
    const converted = partOf(part);
    return isRecord(converted) && name in fields ? { ...converted, description: fields[name] } : converted;
  };
  return {
    ...schema,
    ...(isRecord(properties) && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, described(name, part)])),
    }),
    ...(items !== undefined && { items: partOf(items) }),
    ...(Array.isArray(anyOf) && { anyOf: anyOf.map(partOf) }),
  };
};

/** What is said in the place of the wire's own, where institutions hear less. */
const narrowed: Readonly<Partial<Record<ApiSchemaName, SchemaObject>>> = {
  ProblemDetails: {
    ...apiSchemas.ProblemDetails,
    properties: { ...apiSchemas.ProblemDetails.properties, code: { type: 'string', enum: problemCodes } },
  },
};

const componentOf = (name: ApiSchemaName): SchemaObject => {
  const { about, fields } = apiWords[name];
  return { description: about, ...wholeOf(narrowed[name] ?? apiSchemas[name], fields) };
};

/** The wire's schemas as components of the document, by their names. */
export const schemaComponents = (): Readonly<Record<string, SchemaObject>> =>
  Object.fromEntries((Object.keys(apiSchemas) as ApiSchemaName[]).map((name) => [name, componentOf(name)])); // keys of a constant
