import type { AnySchemaObject } from 'ajv';
import { shareParts } from '../../../scripts/build/shared-parts';
import { loadSchemas } from '../wire/schemas';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value with everything in it that refers to a schema replaced by that schema. */
const whole = (value: unknown, schemas: ReadonlyMap<string, AnySchemaObject>): unknown => {
  if (Array.isArray(value)) return value.map((item) => whole(item, schemas));
  if (!isRecord(value)) return value;
  if (typeof value['$ref'] === 'string') return whole(schemas.get(value['$ref']), schemas);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, whole(part, schemas)]));
};

const person = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: { name: { type: 'string', minLength: 1, maxLength: 20, pattern: '^[a-z]+$' } },
};

describe('schemas that share their parts', () => {
  it('say what they said before: all those of the wire', async () => {
    const schemas = (await loadSchemas()) as ReadonlyMap<string, AnySchemaObject>;
    const shared = shareParts(schemas);
    for (const [name, schema] of schemas) expect([name, whole(shared.get(name), shared)]).toEqual([name, schema]);
  });

  it('have each part that stands in several places once, wherever it stands', () => {
    const list = { type: 'array', maxItems: 3, items: person };
    const either = { anyOf: [person, { type: 'null' }] };
    const shared = shareParts(
      new Map<string, AnySchemaObject>([
        ['List', list],
        ['Either', { type: 'object', required: [], properties: { list, either } }],
      ]),
    );
    expect(JSON.stringify([...shared]).split('^[a-z]+$')).toHaveLength(2);
    expect([...shared.keys()].slice(0, 2)).toEqual(['List', 'Either']);
  });

  it('leave what is short, or stands in one place, where it is', () => {
    const short = { type: 'boolean' };
    const schema = { type: 'object', required: [], properties: { one: short, other: short, person } };
    expect([...shareParts(new Map([['Schema', schema]]))]).toEqual([['Schema', schema]]);
  });
});
