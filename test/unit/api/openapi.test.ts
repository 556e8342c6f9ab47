import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { apiSchemas } from '../../../cloudfunctions/_adapters/api/api-schemas';
import { apiExamples, pathExamples } from '../../../cloudfunctions/_adapters/api/api-examples';
import {
  operationRows,
  operations as rows,
  refusalsOf,
  type OperationRow,
} from '../../../cloudfunctions/_adapters/api/operations';
import { problemCodes } from '../../../cloudfunctions/_adapters/runtime/problem-table';
import { issuer } from '../../support/issuer';
import { createDocumentUnderTest, type MediaType } from '../../support/openapi/document';
import { validatorOf } from '../wire/schemas';

const { document, operations, compile } = createDocumentUnderTest(issuer);

const support = join(__dirname, '..', '..', 'support', 'openapi');
const isDocument = new Ajv2020({ strict: false, validateFormats: false }).compile(
  JSON.parse(readFileSync(join(support, 'oas-3.1-schema.json'), 'utf8')) as object,
);

/** Every value of the document under that key, with the place where it stands. */
const everywhere = (key: string, part: unknown = document, at = '#'): readonly (readonly [string, unknown])[] => {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, value]) => [
    ...(name === key ? [[at, value] as const] : []),
    ...everywhere(key, value, `${at}/${name}`),
  ]);
};

const mediaTypes: readonly (readonly [string, MediaType])[] = [...operations].flatMap(
  ([line, { requestBody, responses }]) => [
    ...Object.entries(requestBody?.content ?? {}).map(([type, content]) => [`${line} ${type}`, content] as const),
    ...Object.entries(responses).flatMap(([status, { content = {} }]) =>
      Object.entries(content).map(([type, one]) => [`${line} ${status} ${type}`, one] as const),
    ),
  ],
);

describe('the document of the API', () => {
  it('is one of OpenAPI 3.1', () => {
    isDocument(document);
    expect(isDocument.errors ?? []).toEqual([]);
    // The check is one: a status that is none is found.
    const line = operations.get('GET /institution/self');
    const broken = { ...document, paths: { '/x': { get: { ...line, responses: { 20: {} } } } } };
    expect(isDocument(broken)).toBe(false);
  });

  it('refers to nothing that there is not, and names each operation once', () => {
    const lost = everywhere('$ref').filter(([, target]) => {
      const steps = String(target).slice(2).split('/');
      return (
        steps.reduce<unknown>((part, step) => (part as Record<string, unknown> | undefined)?.[step], document) ===
        undefined
      );
    });
    expect(lost).toEqual([]);
    const ids = everywhere('operationId').map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has every row, at its path, with each of its refusals under its status', () => {
    for (const [id, row] of operationRows) {
      const operation = operations.get(`${row.method} /institution${row.path}`);
      expect(operation?.operationId).toBe(id);
      const told = Object.values(operation?.responses ?? {}).flatMap(({ content }) =>
        Object.keys(content?.['application/problem+json']?.examples ?? {}),
      );
      expect([...told].sort()).toEqual([...refusalsOf(row)].sort());
    }
  });

  it('is made of rows that name their schemas: without, nothing compiles', () => {
    const { reply, ...rest } = rows.verifyCode;
    // @ts-expect-error -- a row without the schema of its reply
    const bare: OperationRow = rest;
    // @ts-expect-error -- a schema that there is not
    const foreign: OperationRow = { ...rest, reply: 'Anything' };
    expect([reply, Object.keys(bare).includes('reply'), foreign.reply]).toEqual(['Verification', false, 'Anything']);
  });

  it('has a row for every code but the one of paths, and the one that the sandbox’s provider tells', () => {
    const heard = new Set(operationRows.flatMap(([, row]) => refusalsOf(row)));
    expect(problemCodes.filter((code) => !heard.has(code))).toEqual(['method_not_allowed', 'not_in_sandbox']);
  });

  it('may name nothing in a path, and says so', () => {
    for (const [id, row] of operationRows)
      for (const { schema } of Object.values(row.named))
        expect([id, new RegExp(schema.pattern, 'u').test('!') || refusalsOf(row).includes('not_found')]).toEqual([
          id,
          true,
        ]);
  });

  it('holds schemas of the draft that OpenAPI has, with the keywords that mean the same in both', () => {
    const keywords = new Set(
      'type const enum anyOf properties required additionalProperties items pattern minLength maxLength minItems maxItems minimum maximum'.split(
        ' ',
      ),
    );
    const look = (schema: object): void => {
      for (const [keyword, value] of Object.entries(schema) as [string, unknown][]) {
        expect(keywords).toContain(keyword);
        if (keyword === 'items') look(value as object);
        if (keyword === 'anyOf') (value as object[]).forEach(look);
        if (keyword === 'properties') Object.values(value as object).forEach(look);
      }
    };
    Object.values(apiSchemas).forEach(look);
    for (const schema of Object.values(document.components.schemas)) expect(compile(schema)).toBeDefined();
    for (const [, { schema }] of mediaTypes) expect(compile(schema)).toBeDefined();
  });

  it('tells of every schema and each of its properties what it is', () => {
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      if (name === 'OAuthError') continue;
      // A choice has no properties of its own.
      const { description, properties = {} } = schema as {
        description: string;
        properties?: Record<string, { description?: string }>;
      };
      expect([name, description]).toEqual([name, expect.stringMatching(/\S/)]);
      for (const [field, part] of Object.entries(properties))
        expect([name, field, part.description]).toEqual([name, field, expect.stringMatching(/\S/)]);
    }
  });

  it('says of institutions’ refusals no code that they never hear', () => {
    const check = compile({ $ref: '#/components/schemas/ProblemDetails' });
    const [, internal] = mediaTypes.find(([at]) => at.endsWith('500 application/problem+json')) ?? [];
    const { value } = internal?.examples?.['internal'] ?? { value: {} };
    expect(check(value)).toBe(true);
    expect(check({ ...(value as object), code: 'kill_code_unknown' })).toBe(false);
  });
});

describe('the examples of the document', () => {
  it('are of the schemas beside which they stand, and each order, reply and refusal has one', () => {
    for (const [at, { schema, example, examples = {} }] of mediaTypes) {
      const check = compile(schema);
      const given = [...(example === undefined ? [] : [example]), ...Object.values(examples).map(({ value }) => value)];
      if (!at.includes('x-www-form-urlencoded') && at.includes('problem+json'))
        expect([at, given.length > 0]).toEqual([at, true]);
      for (const value of given) {
        check(value);
        expect([at, check.errors ?? []]).toEqual([at, []]);
      }
    }
  });

  it('pass the checks that the service has compiled from the wire', () => {
    for (const [name, value] of Object.entries(apiExamples))
      expect([name, validatorOf(name)(value)]).toEqual([name, true]);
  });

  it('are of the forms that paths and headers have', () => {
    for (const [id, row] of operationRows)
      for (const [name, { schema }] of Object.entries(row.named)) {
        const example = (pathExamples[id] as Record<string, string>)[name] ?? '';
        expect([id, name, compile(schema)(example)]).toEqual([id, name, true]);
      }
    for (const [name, { schema, ...more }] of Object.entries(document.components.parameters))
      if ('example' in more) expect([name, compile(schema)(more.example)]).toEqual([name, true]);
  });
});
