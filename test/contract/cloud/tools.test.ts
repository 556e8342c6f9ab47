import {
  cloudFunction,
  collection,
  found,
  refusal,
  startCloudUnderTest,
  until,
  type CloudUnderTest,
} from './cloud-under-test';
import { askRaw, askTool, callsSince } from './tools-client';

const clockTeller = `
const atLoad = Date;
exports.main = () => ({ pid: process.pid, now: Date.now(), made: new Date().getTime(), said: Date.parse(Date()),
  fixed: new Date(5).getTime(), same: new Date() instanceof atLoad && atLoad === Date,
  own: require('node:fs').statSync('.').mtime instanceof Date, constructor: new Date().constructor === Date });`;

let under: CloudUnderTest;
beforeAll(async () => {
  under = await startCloudUnderTest(
    {
      collections: [
        collection('plain', [{ name: 'by_key', keys: { key: 1 }, unique: true, sparse: true }]),
        collection('other'),
      ],
      functions: [cloudFunction('clock'), cloudFunction('failing')],
      routes: [{ path: '/clock', function: 'clock' }],
      storage: [{ prefix: 'kept/', clientAccess: 'upload', maxBytes: 1000, keptDays: 2 }],
    },
    { clock: clockTeller, failing: 'exports.main = () => { throw new Error("no"); };' },
  );
});
afterAll(() => under.close());
afterEach(async () => {
  await askTool(under, 'clock', { method: 'POST', body: { offsetMs: 0 } });
  await askTool(under, 'faults', { method: 'DELETE' });
});

const plain = () => under.app.database().collection('plain');
const post = (path: string, body: unknown) => askTool(under, path, { method: 'POST', body });
const told = async () => (await under.app.callFunction({ name: 'clock', data: {} })).result as Record<string, unknown>;

describe('the calls', () => {
  it('are noted with their arguments, how they went, and by which door they came', async () => {
    const { next } = await callsSince(under, 0);
    await plain().add({ _id: 'noted', word: 'hello' });
    await refusal(under.app.callFunction({ name: 'failing', data: { why: 'asked' } }));
    await fetch(`${under.cloud.url}/clock?query=given`);
    const { fileID } = await under.app.uploadFile({ cloudPath: 'kept/noted', fileContent: Buffer.from('x') });
    await under.app.deleteFile({ fileList: [fileID] });
    const { calls } = await callsSince(under, next);
    const shown = calls.map(({ kind, name, outcome }) => `${kind} ${name} ${outcome}`);
    expect(shown).toEqual([
      'action database.insertDocument OK',
      'function failing FUNCTIONS_EXECUTE_FAIL',
      'action functions.invokeFunction FUNCTIONS_EXECUTE_FAIL',
      'function clock OK',
      'route GET /clock OK',
      'action storage.getUploadMetadata OK',
      'storage PUT kept/noted OK',
      'action storage.batchDeleteFile OK',
    ]);
    expect(calls.map(({ number }) => number)).toEqual(calls.map((_, index) => next + 1 + index));
    const [added, failed] = calls;
    expect(added?.arguments).toContain('hello');
    expect(added?.arguments).not.toMatch(/token/i);
    expect(failed?.arguments).toContain('asked');
  });

  it('show what was refused, also what the server does not know', async () => {
    const { next } = await callsSince(under, 0);
    // The SDK declares no type for what these give.
    const db = under.app.database() as unknown as { createCollection(name: string): Promise<unknown> };
    await refusal(db.createCollection('new'));
    const wrong = await fetch(`${under.cloud.url}/storage/${Buffer.from('kept/x').toString('base64url')}?sign=1.x`);
    expect(wrong.status).toBe(403);
    const { calls } = await callsSince(under, next);
    expect(calls.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['database.addCollection', 'INVALID_PARAM'],
      ['GET kept/x', 'SignatureDoesNotMatch'],
    ]);
  });

  it('cut long arguments', async () => {
    const { next } = await callsSince(under, 0);
    await plain().add({ word: 'x'.repeat(100_000) });
    const [call] = (await callsSince(under, next)).calls;
    expect(call?.arguments.length).toBeLessThan(5000);
  });
});

describe('a fault', () => {
  it.each([
    ['conflict', 'DATABASE_TRANSACTION_CONFLICT', 'TransactionConflict'],
    ['busy', 'DATABASE_TRANSACTION_FAIL', 'TransactionBusy'],
    ['timeout', 'DATABASE_TIMEOUT', 'in time'],
    ['disk-full', 'SYS_ERR', 'system error'],
  ])('%s comes to its action as often as it was asked to, and nothing is stored', async (fault, code, text) => {
    const { body } = await post('faults', { action: 'database.insertDocument', fault, times: 2 });
    expect(body['faults']).toEqual([{ action: 'database.insertDocument', fault, times: 2 }]);
    for (let turn = 0; turn < 2; turn += 1) {
      const refused = await refusal(plain().add({ _id: fault }));
      expect(refused).toMatchObject({ code, message: expect.stringContaining(text) as string });
      expect(await found(plain().where({ _id: fault }))).toEqual([]);
    }
    await plain().add({ _id: fault });
    expect((await askTool(under, 'faults')).body['faults']).toEqual([]);
  });

  it('latency lets the action be done later', async () => {
    await post('faults', { action: 'database.getDocument', fault: 'latency', latencyMs: 30 });
    const { next } = await callsSince(under, 0);
    await found(plain().where({ _id: 'nobody' }));
    const [call] = (await callsSince(under, next)).calls;
    // A timer may be early by a part of a millisecond.
    expect(call?.durationMs).toBeGreaterThanOrEqual(29);
  });

  it('is forgotten when it is cleared', async () => {
    await post('faults', { action: 'database.getDocument', fault: 'busy' });
    expect((await askTool(under, 'faults', { method: 'DELETE' })).body['faults']).toEqual([]);
    expect(await found(plain().where({ _id: 'nobody' }))).toEqual([]);
  });

  it.each([
    ['an unknown action', { action: 'database.dropAll', fault: 'busy' }, 'no action database.dropAll'],
    ['an unknown fault', { action: 'database.getDocument', fault: 'fire' }, 'no fault fire'],
    ['a place where it cannot be', { action: 'database.getDocument', fault: 'disk-full' }, 'actions that write'],
    ['a conflict of files', { action: 'storage.batchDeleteFile', fault: 'conflict' }, 'actions of the database'],
    ['no times', { action: 'database.getDocument', fault: 'busy', times: 0 }, 'times'],
    ['latency without its length', { action: 'database.getDocument', fault: 'latency' }, 'latencyMs'],
    ['latency of another', { action: 'database.getDocument', fault: 'busy', latencyMs: 5 }, 'has no latencyMs'],
    ['a further field', { action: 'database.getDocument', fault: 'busy', when: 1 }, 'has no when'],
    ['a crash of a shared process', { action: 'database.insertDocument', fault: 'crash-after-commit' }, 'process'],
    ['a list', [], 'must be an object'],
  ])('is refused: %s', async (_name, body, text) => {
    const refused = await post('faults', body);
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ code: 'INVALID_PARAM', message: expect.stringContaining(text) as string });
    expect((await askTool(under, 'faults')).body['faults']).toEqual([]);
  });
});

const DAY_MS = 24 * 60 * 60 * 1000;

describe('the clock', () => {
  it('moves server dates, and every instance that takes a call from then on', async () => {
    const before = await told();
    const { body } = await post('clock', { offsetMs: 10 * DAY_MS });
    expect(body['offsetMs']).toBe(10 * DAY_MS);
    const ahead = (time: unknown) => Math.round((Number(time) - Date.now()) / DAY_MS);
    expect(ahead(Date.parse(String(body['now'])))).toBe(10);

    const { serverDate } = under.app.database() as unknown as { readonly serverDate: () => object };
    await plain().add({ _id: 'dated', at: serverDate() });
    const [dated] = await found(plain().where({ _id: 'dated' }));
    expect(ahead((dated?.['at'] as Date).getTime())).toBe(10);

    const after = await told();
    expect(after['pid']).not.toBe(before['pid']);
    expect([after['now'], after['made'], after['said']].map(ahead)).toEqual([10, 10, 10]);
    expect(after).toMatchObject({ fixed: 5, same: true, own: true, constructor: true });
    expect(before).toMatchObject({ fixed: 5, same: true, own: true, constructor: true });

    await post('clock', { offsetMs: 0 });
    expect(ahead((await told())['now'])).toBeCloseTo(0);
  });

  it('is set to a time', async () => {
    const { body } = await post('clock', { at: '2040-02-29T12:00:00+08:00' });
    expect(String(body['now'])).toMatch(/^2040-02-29T04:00:0/);
  });

  it('ends temporary URLs and the lives of files', async () => {
    const { fileID } = await under.app.uploadFile({ cloudPath: 'kept/old', fileContent: Buffer.from('x') });
    const [file] = (await under.app.getTempFileURL({ fileList: [fileID] })).fileList;
    expect((await fetch(file?.tempFileURL ?? '')).status).toBe(200);
    await post('clock', { offsetMs: 3 * DAY_MS });
    expect((await fetch(file?.tempFileURL ?? '')).status).toBe(403);
    const paths = async () =>
      ((await askTool(under, 'files')).body['files'] as { path: string }[]).map(({ path }) => path);
    await until(async () => !(await paths()).includes('kept/old'));
  });

  it.each([
    ['nothing', {}],
    ['both', { offsetMs: 1, at: '2040-01-01T00:00:00Z' }],
    ['a part of a millisecond', { offsetMs: 0.5 }],
    ['too far', { offsetMs: 1e15 }],
    ['a text', { offsetMs: '5' }],
    ['a time without its zone', { at: '2040-01-01T00:00:00' }],
    ['no time', { at: '2040-13-01T00:00:00Z' }],
    ['something else', { offsetMs: 1, now: 1 }],
  ])('does not take %s', async (_name, body) => {
    expect((await post('clock', body)).status).toBe(400);
    expect((await askTool(under, 'clock')).body['offsetMs']).toBe(0);
  });
});

describe('a look into the environment', () => {
  it('shows documents by pages, or by a query, as the SDK finds them', async () => {
    const other = under.app.database().collection('other');
    for (let n = 0; n < 5; n += 1) await other.add({ _id: `d${String(n)}`, n });
    const page = (await askTool(under, 'documents?collection=other&offset=1&limit=2')).body;
    expect(page).toMatchObject({ total: 5, documents: [{ _id: 'd1' }, { _id: 'd2' }] });
    const query = encodeURIComponent('{"n":{"$gte":3}}');
    const asked = (await askTool(under, `documents?collection=other&query=${query}`)).body;
    expect(asked).toMatchObject({ total: 2, documents: [{ _id: 'd3', n: { $numberInt: '3' } }, { _id: 'd4' }] });
  });

  it.each([
    ['collection=unknown', 'DATABASE_COLLECTION_NOT_EXIST'],
    ['collection=plain&query=%7B', 'INVALID_PARAM'],
    ['collection=plain&query=%7B%22$where%22:%221%22%7D', 'INVALID_PARAM'],
    ['collection=plain&limit=101', 'INVALID_PARAM'],
    ['collection=plain&offset=-1', 'INVALID_PARAM'],
  ])('refuses %s', async (query, code) => {
    const { status, body } = await askTool(under, `documents?${query}`);
    expect([status, body['code']]).toEqual([400, code]);
  });

  it('shows collections with their indexes', async () => {
    const { body } = await askTool(under, 'collections');
    expect(body['collections']).toMatchObject([{ name: 'plain', indexes: [{ name: 'by_key' }] }, { name: 'other' }]);
  });
});

describe('a reset', () => {
  it('empties documents and files, and keeps credentials and indexes', async () => {
    await plain().add({ _id: 'gone', key: 'k' });
    await under.app.uploadFile({ cloudPath: 'kept/gone', fileContent: Buffer.from('x') });
    await post('reset', {});
    const { body } = await askTool(under, 'state');
    expect(body['collections']).toEqual({ plain: 0, other: 0 });
    expect((await askTool(under, 'files')).body).toMatchObject({ total: 0, files: [] });
    await plain().add({ _id: 'again', key: 'k' });
    expect((await refusal(plain().add({ key: 'k' }))).message).toContain('E11000');
  });
});

describe('the pages of others', () => {
  const json = { 'content-type': 'application/json' };
  const host = () => new URL(under.cloud.url).host;

  it('get nothing and change nothing', async () => {
    const asks: [string, Record<string, string>][] = [
      ['GET', { origin: 'http://evil.example' }],
      ['GET', { origin: 'null' }],
      ['GET', { host: 'evil.example' }],
      ['GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
      ['GET', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }],
      ['POST', { ...json, origin: 'http://evil.example' }],
      ['POST', { ...json, origin: 'http://127.0.0.1:1' }],
      ['POST', { ...json, host: 'evil.example' }],
      ['POST', { 'content-type': 'text/plain' }],
      ['POST', { 'content-type': 'application/x-www-form-urlencoded' }],
      ['POST', { 'content-type': 'application/jsonp' }],
      ['POST', {}],
      ['DELETE', {}],
    ];
    await plain().add({ _id: 'safe' });
    for (const [method, headers] of asks) {
      for (const path of ['reset', 'faults', 'clock', 'documents?collection=plain', 'export', '']) {
        const { status, text } = await askRaw(under, path, method, { host: host(), ...headers }, '{"offsetMs":5}');
        expect([method, headers, path, status]).toEqual([method, headers, path, 400]);
        expect(text).toContain('PERMISSION_DENIED');
      }
    }
    expect(await found(plain().where({ _id: 'safe' }))).toHaveLength(1);
    expect((await askTool(under, 'clock')).body['offsetMs']).toBe(0);
  });

  it('its own page may change something', async () => {
    const headers = { ...json, host: host(), origin: under.cloud.url };
    expect((await askRaw(under, 'clock', 'POST', headers, '{"offsetMs":0}')).status).toBe(200);
  });

  it.each([
    ['PUT', 'clock', 400],
    ['GET', 'reset', 400],
    ['GET', 'nothing', 404],
    ['GET', 'constructor', 404],
    ['GET', '..%2f..%2fcredentials.json', 404],
  ])('%s of %s is refused', async (method, path, status) => {
    expect((await askRaw(under, path, method, { ...json, host: host() })).status).toBe(status);
  });

  it('a body that is no JSON, or too long, is refused', async () => {
    for (const body of ['{', 'x'.repeat(70_000), '"text"']) {
      expect((await askRaw(under, 'clock', 'POST', { ...json, host: host() }, body)).status).toBe(400);
    }
  });
});
