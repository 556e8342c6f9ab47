import { sign } from '@cloudbase/signature-nodejs';
import fc from 'fast-check';
import { openAuthorize, type Signable } from '../../../local/cloud/admin/authorization';
import type { JsonObject } from '../../../local/cloud/database/ejson';

const credentials = { secretId: 'AKIDtest', secretKey: 'a secret' };
const authorize = openAuthorize(credentials);

/** What the vendor's signer gives, or that it gives nothing. */
const vendors = ({ url, headers, params, timestamp }: Signable): string | undefined => {
  try {
    // It changes nothing of what it is given.
    const given = { headers: headers as Record<string, string>, params, timestamp };
    return sign({ ...credentials, ...given, method: 'post', url, withSignedParams: true }).authorization;
  } catch {
    return undefined;
  }
};
const ours = (request: Signable): string | undefined => {
  try {
    return authorize(request);
  } catch {
    return undefined;
  }
};

const host = fc.constantFrom('127.0.0.1:8787', 'localhost', 'LOCALHOST:1');
const target = fc.oneof(
  fc.constant('/admin?env=local-test&seqId=1a204cfbba4_1'),
  fc.stringMatching(/^\/[!-~]{0,20}$/).filter((path) => !path.startsWith('//')),
  fc.webPath().map((path) => `/admin?${path}`),
);
const names = fc.oneof(
  fc.constantFrom(
    'action',
    'collectionName',
    'query',
    'data',
    'envName',
    'Content-Type',
    ' spaced ',
    '',
    'a!*()',
    'a\nb',
    'a',
    'b',
  ),
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const texts = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '  ', ' x ', 'multipart/form-data; x'),
);
const INHERITED = Object.getOwnPropertyNames(Object.prototype);
const params = fc
  .dictionary(names, fc.oneof(texts, fc.jsonValue()), { noNullPrototype: true })
  // Where two names fold together, ours refuses and the vendor's lets the later stand for both. Names of Object.prototype
  // it leaves unsigned, however deep they lie.
  .filter((given) => {
    const folded = Object.keys(given).map((name) => name.toLowerCase().trim());
    return new Set(folded).size === folded.length && !INHERITED.some((name) => JSON.stringify(given).includes(name));
  }) as fc.Arbitrary<JsonObject>;
const headerNames = fc.constantFrom(
  'user-agent',
  'x-sdk-version',
  'x-tcb-source',
  'x-client-timestamp',
  '-',
  'a',
  'x-ä',
);
const requests: fc.Arbitrary<Signable> = fc
  .record({
    host,
    target,
    params,
    timestamp: fc.integer({ min: 1, max: 4e9 }),
    others: fc.dictionary(headerNames, texts, { noNullPrototype: true }),
    named: fc.constantFrom('host', 'host', 'host', 'host', 'nothing', 'another'),
    type: fc.constantFrom('application/json', 'application/json; Charset=UTF-8', 'application/json', ''),
  })
  .map(({ host: address, target: path, others, named, type, ...rest }) => {
    const lower = address.toLowerCase();
    const hosts = { host: { host: address }, nothing: {}, another: { host: 'elsewhere' } };
    const headers = { ...others, ...hosts[named], 'content-type': type };
    return { ...rest, url: `http://${lower}${path}`, host: lower, headers };
  });

it('signs every request as the vendor’s signer does, and none that it would not', () => {
  let signed = 0;
  fc.assert(
    fc.property(requests, (request) => {
      // What an address holds unescaped, the vendor's signer escapes; ours refuses it.
      const expected = /^[\w\-.~!$&*+,;=:@/?%]*$/.test(request.url) ? vendors(request) : undefined;
      if (expected !== undefined) signed += 1;
      expect(ours(request)).toBe(expected);
    }),
    { numRuns: 500 },
  );
  expect(signed).toBeGreaterThan(100);
});

it('keeps no name’s place for a value under another one', () => {
  const request = { url: 'http://127.0.0.1/admin', host: '127.0.0.1', timestamp: 1_790_000_000 };
  const headers = { host: '127.0.0.1', 'content-type': 'application/json' };
  const sets: JsonObject[] = [{ a: '1', b: '2' }, { b: '2', a: '1' }, { a: '1', b: '' }, { 'a\nb': '1' }, { a: '1' }];
  for (const given of [...sets, ...sets]) {
    expect(ours({ ...request, headers, params: given })).toBe(vendors({ ...request, headers, params: given }));
  }
});

it('lets nothing pass unsigned that the vendor’s signer leaves out for its name', () => {
  const headers = { host: '127.0.0.1', 'content-type': 'application/json' };
  const request = { url: 'http://127.0.0.1/admin', host: '127.0.0.1', timestamp: 1_790_000_000, headers };
  for (const params of [{ a: '1', constructor: 'x' }, { a: { toString: 'x' } }]) {
    expect(ours({ ...request, params })).not.toBe(vendors({ ...request, params }));
  }
});

it('refuses names that could stand for one another, or for nothing', () => {
  const headers = { host: '127.0.0.1', 'content-type': 'application/json' };
  const request = { url: 'http://127.0.0.1/admin', host: '127.0.0.1', timestamp: 1_790_000_000, headers };
  expect(() => authorize({ ...request, params: { query: '1', Query: '2' } })).toThrow('case');
  expect(() => authorize({ ...request, params: { query: '1', 'query ': '2' } })).toThrow('case');
  expect(() => authorize({ ...request, params: JSON.parse('{"__proto__":"1"}') as JsonObject })).toThrow('__proto__');
});
