import { collection, startCloudUnderTest, type CloudUnderTest } from './cloud-under-test';

let under: CloudUnderTest;
let fileID: string;
beforeAll(async () => {
  under = await startCloudUnderTest({
    collections: [{ ...collection('open'), clientAccess: 'read' }, collection('closed')],
    storage: [{ prefix: 'evidence/', clientAccess: 'upload', maxBytes: 1000 }],
  });
  const db = under.app.database();
  for (let n = 0; n < 25; n += 1) await db.collection('open').add({ _id: `d${String(n).padStart(2, '0')}`, n });
  await db.collection('closed').add({ _id: 'secret' });
  ({ fileID } = await under.app.uploadFile({ cloudPath: 'evidence/x', fileContent: Buffer.from('x') }));
});
afterAll(() => under.close());

const ask = async (
  name: string,
  body: object,
  headers: Record<string, string> = { 'x-local-openid': 'oAlice' },
): Promise<Record<string, unknown>> => {
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  return (await (await fetch(`${under.cloud.url}/wx/data/${name}`, init)).json()) as Record<string, unknown>;
};
const order = '{"_id":1}';

it('a client reads a collection that is open to it, twenty documents at a time', async () => {
  const { errMsg, data } = await ask('collection.get', { collectionName: 'open', order });
  expect(errMsg).toBe('collection.get:ok');
  expect((data as { list: string[] }).list).toHaveLength(20);
  const page = await ask('collection.get', { collectionName: 'open', order, offset: 20, limit: 100 });
  expect((page['data'] as { list: string[] }).list).toHaveLength(5);
  const some = { collectionName: 'open', query: '{"n":{"$lt":3}}', projection: '{"n":1}', order };
  expect(((await ask('collection.get', { ...some, limit: 1 }))['data'] as { list: string[] }).list).toEqual([
    '{"_id":"d00","n":{"$numberInt":"0"}}',
  ]);
  expect(await ask('collection.count', some)).toMatchObject({ errMsg: 'collection.count:ok', data: { total: 3 } });
});

it.each<[string, string, object, number, string]>([
  ['reads a closed collection', 'collection.get', { collectionName: 'closed' }, -502003, 'DATABASE_PERMISSION_DENIED'],
  ['counts a closed one', 'collection.count', { collectionName: 'closed' }, -502003, 'DATABASE_PERMISSION_DENIED'],
  ['reads one that is not declared', 'collection.get', { collectionName: 'none' }, -502005, 'NOT_EXIST'],
  ['adds a document', 'collection.add', { collectionName: 'open', data: ['{}'] }, -502003, 'PERMISSION_DENIED'],
  ['updates documents', 'collection.update', { collectionName: 'open', query: '{}' }, -502003, 'PERMISSION_DENIED'],
  ['removes documents', 'collection.remove', { collectionName: 'open', query: '{}' }, -502003, 'PERMISSION_DENIED'],
  [
    'joins others',
    'collection.aggregate',
    { collectionName: 'open' },
    -501007,
    'collection.aggregate is not supported',
  ],
  ['watches', 'collection.watch', { collectionName: 'open' }, -501007, 'collection.watch is not supported'],
  ['calls what every object has', 'toString', { collectionName: 'open' }, -501007, 'toString is not supported'],
  ['asks with code', 'collection.get', { collectionName: 'open', query: '{"$where":"1"}' }, -501007, '$where'],
  ['asks for a URL', 'cloud.getTempFileURL', { fileList: ['?'] }, -503001, 'STORAGE_EXCEED_AUTHORITY'],
  ['downloads', 'cloud.downloadFile', { fileID: '?' }, -503001, 'STORAGE_EXCEED_AUTHORITY'],
  ['deletes', 'cloud.deleteFile', { fileList: ['?'] }, -503001, 'STORAGE_EXCEED_AUTHORITY'],
])('a client that %s is refused', async (_name, api, body, errCode, text) => {
  const asked = JSON.parse(JSON.stringify(body).replace('?', fileID)) as object;
  const answer = await ask(api, asked);
  expect(answer).toEqual({ errCode, errMsg: expect.stringContaining(text) as string });
  expect(answer['errMsg']).toMatch(new RegExp(`^${api}:fail `));
  const { total } = (await under.app.database().collection('open').count()) as { total: number };
  expect(total).toBe(25);
  expect((await under.app.downloadFile({ fileID })).fileContent?.toString()).toBe('x');
});

it('a client names its transaction in vain, and must be logged in', async () => {
  const inTransaction = { collectionName: 'open', transactionId: 'made up', order, limit: 1 };
  expect((await ask('collection.get', inTransaction))['errMsg']).toBe('collection.get:ok');
  expect(await ask('collection.get', { collectionName: 'open' }, {})).toMatchObject({ errCode: -501023 });
});
