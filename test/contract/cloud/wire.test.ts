import { request } from 'node:http';
import { sign } from '@cloudbase/signature-nodejs';
import tcb from '@cloudbase/node-sdk';
import { collection, refusal, startCloudUnderTest, type CloudUnderTest } from './cloud-under-test';

let under: CloudUnderTest;

beforeAll(async () => {
  under = await startCloudUnderTest({ collections: [collection('plain')] });
});
afterAll(() => under.close());

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

interface Forgery {
  readonly body?: Record<string, unknown>;
  /** What is sent in place of the signed body. */
  readonly sent?: string;
  readonly secretKey?: string;
  readonly secondsAgo?: number;
  readonly headers?: Record<string, string>;
  readonly signedHeaders?: readonly string[];
  readonly path?: string;
}

/** Posts to /admin as the SDK does, save for what the test forges. */
const post = async (forgery: Forgery = {}): Promise<Answer> => {
  const { secretId, secretKey, serviceUrl } = under.cloud.credentials;
  const url = `${serviceUrl}?env=local-test`;
  const body = {
    action: 'database.calculateDocument',
    envName: 'local-test',
    collectionName: 'plain',
    ...forgery.body,
  };
  const all: Record<string, string> = {
    host: new URL(url).host,
    'content-type': 'application/json',
    'user-agent': 'test',
  };
  const { signedHeaders = Object.keys(all) } = forgery;
  const { authorization, timestamp } = sign({
    secretId,
    secretKey: forgery.secretKey ?? secretKey,
    method: 'post',
    url,
    headers: Object.fromEntries(signedHeaders.map((name) => [name, all[name]])),
    params: body,
    timestamp: Math.floor(Date.now() / 1000) - (forgery.secondsAgo ?? 0),
    withSignedParams: true,
  });
  const headers = { ...all, authorization, 'x-timestamp': String(timestamp), ...forgery.headers };
  return send('POST', forgery.path ?? '/admin?env=local-test', headers, forgery.sent ?? JSON.stringify(body));
};

/** Sends a raw request; `fetch` would not let a test choose the Host header. */
const send = (method: string, path: string, headers: Record<string, string>, body: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const outgoing = request(new URL(under.cloud.url), { method, path, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: incoming.statusCode ?? 0, body: JSON.parse(text) as Record<string, unknown> });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

const database = (action: string, more: Record<string, unknown>) =>
  post({ body: { action: `database.${action}`, queryType: 'WHERE', ...more } });

describe('the envelope', () => {
  it('answers a signed request', async () => {
    expect(await post()).toEqual({
      status: 200,
      body: { requestId: expect.any(String) as string, data: { total: 0 } },
    });
  });

  it.each<[string, Forgery]>([
    ['a wrong key', { secretKey: 'wrong' }],
    [
      'another body than was signed',
      { sent: '{"action":"database.removeDocument","envName":"local-test","collectionName":"plain"}' },
    ],
    [
      'a value added beside the signed ones',
      { sent: '{"action":"database.calculateDocument","envName":"local-test","collectionName":"plain","multi":true}' },
    ],
    [
      'a name that differs in case only',
      {
        sent: '{"action":"database.removeDocument","Action":"database.calculateDocument","envName":"local-test","collectionName":"plain"}',
      },
    ],
    ['another address than was signed', { path: '/admin?env=local-other' }],
    ['an old time', { secondsAgo: 601 }],
    ['a time to come', { secondsAgo: -601 }],
    ['another time than was signed', { headers: { 'x-timestamp': String(Math.floor(Date.now() / 1000) + 5) } }],
    ['no time', { headers: { 'x-timestamp': '' } }],
    ['no signature', { headers: { authorization: '' } }],
    ['a malformed signature', { headers: { authorization: 'TC3-HMAC-SHA256 Credential=x' } }],
    ['a changed signed header', { headers: { 'user-agent': 'other' } }],
  ])('refuses %s', async (_name, forgery) => {
    const answer = await post(forgery);
    expect(answer).toMatchObject({
      status: 200,
      body: { code: 'SIGN_PARAM_INVALID', requestId: expect.any(String) as string },
    });
    expect(answer.body).not.toHaveProperty('data');
  });

  it('refuses an access key by name', async () => {
    const { body } = await post({ headers: { authorization: 'Bearer key' } });
    expect(body['message']).toContain('access key');
  });

  it.each([['{'], ['null'], ['[]'], ['"text"'], ['']])('refuses the body %j', async (sent) => {
    expect((await post({ sent })).body).toMatchObject({ code: 'INVALID_PARAM' });
  });

  it('refuses more than 6 MB, told or found', async () => {
    const sent = JSON.stringify({ padding: 'x'.repeat(6 * 1024 * 1024) });
    const refused = {
      code: 'EXCEED_REQUEST_SIZE_LIMIT',
      message: expect.stringContaining('exceeds 6291456 bytes') as string,
    };
    expect((await post({ sent, headers: { 'content-length': String(sent.length) } })).body).toMatchObject(refused);
    expect((await post({ sent, headers: { 'transfer-encoding': 'chunked' } })).body).toMatchObject(refused);
  });

  it('refuses another environment, an unknown action, and by name an action that it knows', async () => {
    expect((await post({ body: { envName: 'prod' } })).body).toMatchObject({ code: 'INVALID_ENV' });
    expect((await post({ body: { action: 'database.toString' } })).body).toMatchObject({ code: 'INVALID_ACTION' });
    expect((await post({ body: { action: 'wx.openApi' } })).body['message']).toContain('wx.openApi');
  });

  it('answers names of the loopback only', async () => {
    const rebound = await send('GET', '/_local/state', { host: 'evil.example' }, '');
    expect(rebound).toMatchObject({ status: 400, body: { code: 'PERMISSION_DENIED' } });
  });

  it('answers an unknown path with 404', async () => {
    expect(await send('GET', '/nowhere', { host: '127.0.0.1' }, '')).toMatchObject({ status: 404 });
    expect(await send('GET', '//evil.example/x', { host: '127.0.0.1' }, '')).toMatchObject({ status: 400 });
  });

  it('tells the SDK the code', async () => {
    const { secretId, serviceUrl, envId } = under.cloud.credentials;
    const stranger = tcb.init({ env: envId, secretId, secretKey: 'wrong', serviceUrl });
    expect(await refusal(stranger.database().collection('plain').get())).toMatchObject({ code: 'SIGN_PARAM_INVALID' });
  });
});

interface Untyped {
  createCollection(name: string): Promise<unknown>;
  collection(name: string): { aggregate(): { match(query: object): { end(): Promise<unknown> } } };
}

describe('what is not supported is refused by name', () => {
  it.each([
    ['an unknown collection', { collectionName: 'other' }, 'DATABASE_COLLECTION_NOT_EXIST', 'other'],
    ['another database', { database: 'd' }, 'INVALID_PARAM', 'database'],
    ['$where', { query: '{"$where":"true"}' }, 'INVALID_PARAM', '$where'],
    ['$jsonSchema', { query: '{"$jsonSchema":{}}' }, 'INVALID_PARAM', '$jsonSchema'],
    ['$where inside', { query: '{"$or":[{"a":1},{"$where":"true"}]}' }, 'INVALID_PARAM', '$where'],
    ['$near', { query: '{"a":{"$nearSphere":{}}}' }, 'INVALID_PARAM', '$nearSphere'],
    ['a type of numbers', { query: '{"a":{"$type":"int"}}' }, 'INVALID_PARAM', 'the type "int" of $type'],
    ['an operator inside of $elemMatch', { query: '{"a":{"$elemMatch":{"$where":"1"}}}' }, 'INVALID_PARAM', '$where'],
    ['an operator inside of a value', { query: '{"a":{"b":{"$function":"x"}}}' }, 'INVALID_PARAM', '$function'],
    ['an object id', { query: '{"_id":{"$oid":"000000000000000000000000"}}' }, 'INVALID_PARAM', '$oid'],
    ['__proto__', { query: '{"__proto__.x":1}' }, 'INVALID_PARAM', '__proto__'],
    ['a flag of an expression', { query: '{"a":{"$regex":"x","$options":"g"}}' }, 'INVALID_PARAM', 'flag'],
    ['a broken expression', { query: '{"a":{"$regex":"("}}' }, 'INVALID_PARAM', 'regular expression'],
    ['a query that is no object', { query: '[]' }, 'INVALID_PARAM', 'query'],
  ])('%s in a query', async (_name, more, code, text) => {
    const { body } = await database('getDocument', { collectionName: 'plain', ...more });
    expect(body).toMatchObject({ code, message: expect.stringContaining(text) as string });
  });

  it.each([
    ['a limit above 1000', { limit: 1001 }, 'limit'],
    ['a negative offset', { offset: -1 }, 'offset'],
    ['a projection operator', { projection: '{"a":{"$meta":"textScore"}}' }, '$meta'],
    ['a mixed projection', { projection: '{"a":{"$numberInt":"1"},"b":{"$numberInt":"0"}}' }, 'projection'],
    ['an unknown order', { order: '{"a":{"$numberInt":"2"}}' }, 'order'],
  ])('%s', async (_name, more, text) => {
    const { body } = await database('getDocument', { collectionName: 'plain', ...more });
    expect(body).toMatchObject({ code: 'INVALID_PARAM', message: expect.stringContaining(text) as string });
  });

  it.each([
    ['$unshift', '{"$unshift":{"a":1}}'],
    ['timestamp', '{"$currentDate":{"a":{"$type":"timestamp"}}}'],
    ['positional $', '{"$inc":{"a.$[].b":1}}'],
    ['positional $', '{"$set":{"a.$[x]":1}}'],
    ['$function', '{"$set":{"a":{"$function":"x"}}}'],
    ['positional $', '{"$set":{"a.$.b":1}}'],
    ['__proto__', '{"$set":{"__proto__.polluted":1}}'],
    ['__proto__', '{"$set":{"a":{"__proto__":{"polluted":1}}}}'],
    ['__proto__', '{"$rename":{"a":"b.__proto__.c"}}'],
    ['_id', '{"$set":{"_id":"other"}}'],
    ['operator', '{}'],
    ['operators', '{"a":1}'],
  ])('%s in an update', async (name, data) => {
    await database('modifyDocument', { collectionName: 'plain', data: '{"a":1}', query: '{"_id":"u"}', upsert: true });
    const { body } = await database('modifyDocument', {
      collectionName: 'plain',
      data,
      query: '{}',
      merge: true,
      multi: true,
    });
    expect(body).toMatchObject({
      code: expect.any(String) as string,
      message: expect.stringContaining(name) as string,
    });
    expect({}).not.toHaveProperty('polluted');
  });

  it.each([
    ['a binary', '{"a":{"$binary":{"base64":"","subType":"00"}}}'],
    ['a decimal', '{"a":{"$numberDecimal":"1"}}'],
    ['a 64-bit integer', '{"a":{"$numberLong":"9223372036854775807"}}'],
    ['NaN', '{"a":{"$numberDouble":"NaN"}}'],
    ['an expression', '{"a":{"$regularExpression":{"pattern":"a","options":""}}}'],
    ['an operator as field', '{"$a":1}'],
    ['a dotted field', '{"a.b":1}'],
    ['__proto__', '{"__proto__":{"polluted":1}}'],
    ['an object as _id', '{"_id":{"a":1}}'],
    ['too deep a document', `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`],
    ['no object', '[1]'],
  ])('%s in a document', async (_name, document) => {
    const { body } = await database('insertDocument', { collectionName: 'plain', data: [document] });
    expect(body).toMatchObject({ code: 'INVALID_PARAM' });
    expect({}).not.toHaveProperty('polluted');
  });

  it.each([
    ['counting', 'calculateDocument', {}, 'transactionId'],
    ['a change of many', 'modifyDocument', { multi: true, merge: true, data: '{"$set":{"a":1}}' }, 'many documents'],
    ['the removal of many', 'removeDocument', { multi: true }, 'many documents'],
  ])('%s in a transaction', async (_name, action, more, text) => {
    const { body: started } = await post({ body: { action: 'database.startTransaction' } });
    const { transactionId } = started;
    const { body } = await database(action, { collectionName: 'plain', query: '{}', transactionId, ...more });
    expect(body).toMatchObject({ code: 'INVALID_PARAM', message: expect.stringContaining(text) as string });
    const { body: ended } = await post({ body: { action: 'database.abortTransaction', transactionId } });
    expect(ended).not.toHaveProperty('code');
  });

  it('new collections through the SDK', async () => {
    // The SDK declares these without a type.
    const db = under.app.database() as unknown as Untyped;
    const named = (action: string) => ({ code: 'INVALID_PARAM', message: expect.stringContaining(action) as string });
    expect(await refusal(db.createCollection('other'))).toMatchObject(named('addCollection'));
  });
});
