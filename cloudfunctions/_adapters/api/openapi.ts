import { INSTITUTION_PATH } from '../oauth/paths';
import { problemOf } from '../runtime/problem';
import { problemTable, PROBLEMS_PATH, type ProblemCode } from '../runtime/problem-table';
import { refer, schemaComponents, type SchemaObject } from './api-components';
import { apiExamples, pathExamples } from './api-examples';
import { oauthError, oauthPaths } from './oauth-operations';
import { operationRows, refusalsOf, type OperationId, type OperationRow } from './operations';

/** Where the document is found. */
export const OPENAPI_PATH = '/public/openapi.json';

/** What a refusal of a status says beside problem details. */
const headersOf: Readonly<Record<number, SchemaObject>> = {
  401: { 'WWW-Authenticate': { $ref: '#/components/headers/WWW-Authenticate' } },
  429: { 'Retry-After': { $ref: '#/components/headers/Retry-After' } },
};

/** Statuses of an operation's refusals, with the codes that come with each. */
const byStatus = (issuer: string, codes: readonly ProblemCode[]): ReadonlyMap<number, readonly ProblemCode[]> => {
  const statuses = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const { status } = problemOf(issuer, code);
    statuses.set(status, [...(statuses.get(status) ?? []), code]);
  }
  return new Map([...statuses].sort(([first], [second]) => first - second));
};

/** Where a fault lies, in the example of a request that has one. */
const placeOf = ({ request }: OperationRow): string => (request === null ? 'Idempotency-Key' : '/purpose');

const problemResponse = (
  issuer: string,
  row: OperationRow,
  status: number,
  codes: readonly ProblemCode[],
): SchemaObject => ({
  description: codes.map((code) => `\`${code}\`: ${problemTable[code].title}`).join('. '),
  ...(headersOf[status] && { headers: headersOf[status] }),
  content: {
    'application/problem+json': {
      schema: {
        allOf: [refer('ProblemDetails'), { properties: { status: { const: status }, code: { enum: codes } } }],
      },
      examples: Object.fromEntries(
        codes.map((code) => {
          const place = code === 'request_invalid' ? { at: placeOf(row) } : {};
          return [code, { value: { ...problemOf(issuer, code), ...place } }];
        }),
      ),
    },
  },
});

const parametersOf = (id: OperationId, { named, isKeyed }: OperationRow): readonly SchemaObject[] => {
  const examples: Readonly<Record<string, string>> = pathExamples[id];
  return [
    ...Object.entries(named).map(([name, { description, schema }]) => ({
      ...{ name, in: 'path', required: true, description, schema, example: examples[name] },
    })),
    ...(isKeyed ? [{ $ref: '#/components/parameters/Idempotency-Key' }] : []),
    { $ref: '#/components/parameters/DPoP' },
  ];
};

const jsonOf = (name: keyof typeof apiExamples): SchemaObject => ({
  'application/json': { schema: refer(name), example: apiExamples[name] },
});

const operationOf = (issuer: string, id: OperationId, row: OperationRow): SchemaObject => {
  const { tag, summary, description, scope, request, reply } = row;
  return {
    ...{ operationId: id, tags: [tag], summary, description },
    // Both at once: a token with that scope, bound to the key of the proof.
    security: [{ openid: [scope], dpop: [] }],
    parameters: parametersOf(id, row),
    ...(request !== null && { requestBody: { required: true, content: jsonOf(request) } }),
    responses: {
      200: { description: 'As asked.', content: jsonOf(reply) },
      ...Object.fromEntries(
        [...byStatus(issuer, refusalsOf(row))].map(([status, codes]) => [
          status,
          problemResponse(issuer, row, status, codes),
        ]),
      ),
    },
  };
};

const pathsOf = (issuer: string): Readonly<Record<string, SchemaObject>> => {
  const paths = new Map<string, SchemaObject>();
  for (const [id, row] of operationRows) {
    const path = `${INSTITUTION_PATH}${row.path}`;
    paths.set(path, { ...paths.get(path), [row.method.toLowerCase()]: operationOf(issuer, id, row) });
  }
  return Object.fromEntries(paths);
};

const about = (issuer: string): string =>
  `Servers of registered partners check cards, and ask holders for verified claims.

A server proves who it is by a key (\`private_key_jwt\`, ES256) and gets access tokens that are bound to another by DPoP (RFC 9449). Whatever the API
refuses is told as problem details (RFC 9457) whose \`code\` is from a closed list, explained below ${issuer}${PROBLEMS_PATH}; a path that there is not is
\`not_found\`, and a method that a path does not take \`method_not_allowed\` with the header \`Allow\`. Whatever the OAuth endpoints refuse is told as OAuth has
it (RFC 6749, section 5.2), with a code of the same list first in \`error_description\` where there is one.`;

const DISCOVERY = '/.well-known/openid-configuration';

/** What anyone may read of the API of institutions: an OpenAPI document (3.1) of the rows by which it answers. */
export const openApiDocument = (issuer: string): SchemaObject => ({
  openapi: '3.1.1',
  info: { title: 'Virtual identity card: API of institutions', version: '1', description: about(issuer) },
  servers: [{ url: issuer }],
  externalDocs: { description: 'What the provider of tokens takes', url: `${issuer}${DISCOVERY}` },
  tags: [
    { name: 'Checks', description: 'A card that is shown at a counter of yours.' },
    { name: 'Counters', description: 'Counters that show their code first, as weighty purposes need.' },
    { name: 'Cards', description: 'What has become of a card since.' },
    { name: 'Server', description: 'Your own registration.' },
    {
      name: 'OAuth',
      description:
        'Tokens, and holders who are asked: use a library of OpenID Connect, and let it find these addresses.',
      externalDocs: { url: `${issuer}${DISCOVERY}` },
    },
  ],
  paths: { ...pathsOf(issuer), ...oauthPaths(issuer) },
  components: {
    schemas: { ...schemaComponents(), OAuthError: oauthError },
    securitySchemes: {
      openid: { type: 'openIdConnect', openIdConnectUrl: `${issuer}${DISCOVERY}` },
      dpop: {
        ...{ type: 'http', scheme: 'dpop' },
        description: 'The header `Authorization: DPoP <access token>`, and a proof in the header `DPoP` (RFC 9449).',
      },
    },
    parameters: {
      'Idempotency-Key': {
        ...{ name: 'Idempotency-Key', in: 'header', required: true },
        description: 'Made anew for each scan: 16 to 64 characters, with or without the quotes of a structured field.',
        schema: { type: 'string', pattern: '^(?:"[\\w.:-]{16,64}"|[\\w.:-]{16,64})$', maxLength: 66 },
        example: 'scan-5f0c2a7e9b1d4c38',
      },
      DPoP: {
        ...{ name: 'DPoP', in: 'header', required: true },
        description:
          'A proof of possession for this method, this address without query, and the access token (RFC 9449, section 4.2).',
        schema: { type: 'string', pattern: '^[\\w-]+\\.[\\w-]+\\.[\\w-]+$', maxLength: 4096 },
      },
    },
    headers: {
      'WWW-Authenticate': {
        ...{ required: true, schema: { type: 'string', pattern: '^DPoP algs="ES256"' } },
        description:
          'How to authenticate, and by OAuth’s own code what was wrong (RFC 6750, section 3; RFC 9449, section 7.1).',
      },
      Location: { description: 'Where the browser goes.', required: true, schema: { type: 'string', minLength: 1 } },
      'Retry-After': {
        ...{ required: true, schema: { type: 'string', pattern: '^[1-9][0-9]{0,4}$' } },
        description: 'How many seconds to wait.',
      },
    },
  },
});
