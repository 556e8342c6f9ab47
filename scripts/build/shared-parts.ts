import type { AnySchemaObject } from 'ajv';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A schema with each schema that stands in it changed; those are in the keywords that the wire uses. */
const mapParts = (schema: AnySchemaObject, change: (part: AnySchemaObject) => AnySchemaObject): AnySchemaObject => {
  const mapped: AnySchemaObject = { ...schema };
  const { properties, items, anyOf }: Readonly<Record<string, unknown>> = schema;
  const changeIfSchema = (part: unknown): unknown => (isRecord(part) ? change(part) : part);
  if (isRecord(properties)) {
    mapped['properties'] = Object.fromEntries(
      Object.entries(properties).map(([name, part]) => [name, changeIfSchema(part)]),
    );
  }
  if (items !== undefined) mapped['items'] = changeIfSchema(items);
  if (Array.isArray(anyOf)) mapped['anyOf'] = anyOf.map(changeIfSchema);
  return mapped;
};

/** What is spelled shorter than this is checked in fewer characters than a call of a check takes. */
const SHORTEST = 40;

/**
 * The same schemas, with every part that stands in several places in one of its own, named by its number and referred to. Compiled
 * one by one, a part that many schemas build upon, such as the entries of a history, would be written out in each of them anew.
 */
export const shareParts = (schemas: ReadonlyMap<string, AnySchemaObject>): Map<string, AnySchemaObject> => {
  const seen = new Map<string, number>();
  const count = (part: AnySchemaObject): AnySchemaObject => {
    const spelled = JSON.stringify(part);
    const times = seen.get(spelled) ?? 0;
    seen.set(spelled, times + 1);
    // What stands in a part that was met before is shared with the part.
    if (times === 0) mapParts(part, count);
    return part;
  };
  for (const schema of schemas.values()) count(schema);

  const shared = new Map<string, AnySchemaObject>();
  const names = new Map<string, string>();
  const share = (part: AnySchemaObject): AnySchemaObject => {
    const spelled = JSON.stringify(part);
    if (spelled.length < SHORTEST || (seen.get(spelled) ?? 0) < 2) return mapParts(part, share);
    const name = names.get(spelled) ?? `part-${String(names.size + 1)}`;
    if (!names.has(spelled)) {
      names.set(spelled, name);
      shared.set(name, mapParts(part, share));
    }
    return { $ref: name };
  };
  const whole = [...schemas].map(([name, schema]): [string, AnySchemaObject] => [name, mapParts(schema, share)]);
  return new Map([...whole, ...shared]);
};
