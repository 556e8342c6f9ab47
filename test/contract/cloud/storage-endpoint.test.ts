import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { refusal, startCloudUnderTest, until, type CloudUnderTest } from './cloud-under-test';
import { askTool } from './tools-client';

let under: CloudUnderTest;
beforeAll(async () => {
  under = await startCloudUnderTest({ storage: [{ prefix: 'kept/', clientAccess: 'none', maxBytes: 1000 }] });
});
afterAll(() => under.close());
afterEach(() => askTool(under, 'clock', { method: 'POST', body: { offsetMs: 0 } }));

const move = (seconds: number) => askTool(under, 'clock', { method: 'POST', body: { offsetMs: seconds * 1000 } });
const objects = () => readdirSync(join(under.dataDir, 'files'));
const idOf = (path: string) => `cloud://local-test.6c6f-local-test-1300000000/${path}`;
const upload = async (path: string, text: string): Promise<string> =>
  (await under.app.uploadFile({ cloudPath: path, fileContent: Buffer.from(text) })).fileID;
const urlOf = async (fileID: string): Promise<string> =>
  (await under.app.getTempFileURL({ fileList: [fileID] })).fileList[0]?.tempFileURL ?? '';

/** What an upload is permitted with. */
const permission = async (path: string): Promise<{ url: string; headers: Record<string, string> }> => {
  const { data } = await under.app.getUploadMetadata({ cloudPath: path });
  const { url, token, authorization } = data as Record<'url' | 'token' | 'authorization', string>;
  return { url, headers: { authorization, 'x-cos-security-token': token, 'content-type': 'image/png' } };
};

describe('a batch', () => {
  it('of fifty answers for each file, in order, whatever the others are', async () => {
    const there = await upload('kept/there', 'x');
    const fileList = Array.from({ length: 50 }, (_, n) => (n % 10 === 0 ? there : idOf(`kept/never-${String(n)}`)));
    const codes = fileList.map((fileID) => (fileID === there ? 'SUCCESS' : 'STORAGE_FILE_NONEXIST'));
    const urls = (await under.app.getTempFileURL({ fileList })).fileList;
    expect(urls.map(({ fileID, code }) => [fileID, code])).toEqual(fileList.map((fileID, n) => [fileID, codes[n]]));
    expect(urls.map(({ tempFileURL }) => tempFileURL !== '')).toEqual(codes.map((code) => code === 'SUCCESS'));
    const infos = (await under.app.getFileInfo({ fileList: fileList.slice(0, 2) })).fileList;
    expect(infos).toMatchObject([
      { code: 'SUCCESS', size: 1, contentType: 'application/octet-stream', fileName: 'there' },
      { code: 'STORAGE_FILE_NONEXIST' },
    ]);
    // One of five copies of the same id finds the file.
    const deleted = (await under.app.deleteFile({ fileList })).fileList.map(({ code }) => code);
    expect(deleted.filter((code) => code === 'SUCCESS')).toHaveLength(1);
    expect(deleted).toHaveLength(50);
  });

  it.each([0, 51])('of %d is refused by name, and nothing of it is done', async (count) => {
    const there = await upload('kept/safe', 'x');
    const fileList = Array.from({ length: count }, () => there);
    const refused = { code: 'INVALID_PARAM', message: expect.stringContaining('1 to 50 files') as string };
    expect(await refusal(under.app.deleteFile({ fileList }))).toMatchObject(refused);
    expect(await refusal(under.app.getTempFileURL({ fileList }))).toMatchObject(refused);
    expect((await under.app.downloadFile({ fileID: there })).fileContent?.toString()).toBe('x');
  });
});

describe('a temporary URL', () => {
  it('lives as long as was asked for its own file, and a day at the most', async () => {
    const [short, long, usual] = [
      await upload('kept/s', 's'),
      await upload('kept/l', 'l'),
      await upload('kept/u', 'u'),
    ];
    const { fileList } = await under.app.getTempFileURL({
      fileList: [{ fileID: short, maxAge: 60 }, { fileID: long, maxAge: 7200 }, usual] as never,
    });
    const statuses = async () =>
      Promise.all(fileList.map(async ({ tempFileURL }) => (await fetch(tempFileURL)).status));
    expect(await statuses()).toEqual([200, 200, 200]);
    await move(61);
    expect(await statuses()).toEqual([403, 200, 200]);
    await move(7201);
    expect(await statuses()).toEqual([403, 403, 200]);
    await move(24 * 60 * 60 + 1);
    expect(await statuses()).toEqual([403, 403, 403]);
  });

  it.each([0, -1, 1.5, 86_401, '60'])('is not made for the time %j', async (maxAge) => {
    const fileList = [{ fileID: idOf('kept/x'), maxAge }] as never;
    expect(await refusal(under.app.getTempFileURL({ fileList }))).toMatchObject({
      code: 'INVALID_PARAM',
      message: expect.stringContaining('max_age') as string,
    });
  });

  it('is that of the storage itself, and no other kind', async () => {
    const fileID = await upload('kept/direct', 'direct');
    const direct = await under.app.downloadFile({ fileID, urlType: 'COS_URL' });
    expect(direct.fileContent?.toString()).toBe('direct');
    const fileList = [{ fileID, maxAge: 60, urlType: 'CDN_URL' }] as never;
    expect((await refusal(under.app.getTempFileURL({ fileList }))).message).toContain('CDN_URL is not supported');
  });
});

describe('an upload', () => {
  it('is whole or not at all, with the type that it came with', async () => {
    const { url, headers } = await permission('kept/typed');
    expect((await fetch(url, { method: 'PUT', headers, body: 'picture' })).status).toBe(200);
    const response = await fetch(await urlOf(idOf('kept/typed')));
    expect([response.headers.get('content-type'), await response.text()]).toEqual(['image/png', 'picture']);

    const before = objects();
    const outgoing = request(url, { method: 'PUT', headers: { ...headers, 'content-length': '900' } });
    outgoing.on('error', () => undefined);
    outgoing.write('half');
    await until(() => objects().length > before.length);
    outgoing.destroy();
    await until(() => objects().length === before.length);
    expect((await under.app.downloadFile({ fileID: idOf('kept/typed') })).fileContent?.toString()).toBe('picture');
  });

  it('may be empty', async () => {
    const fileID = await upload('kept/empty', '');
    const response = await fetch(await urlOf(fileID), { headers: { range: 'bytes=0-' } });
    expect(response.status).toBe(416);
    expect((await under.app.downloadFile({ fileID })).fileContent).toHaveLength(0);
  });

  it.each<[string, number, string, (given: Record<string, string>) => Record<string, string>, string, number]>([
    ['without its signature', 403, 'SignatureDoesNotMatch', ({ authorization: _, ...rest }) => rest, 'x', 0],
    ['with another signature', 403, 'SignatureDoesNotMatch', (given) => ({ ...given, authorization: '1.x' }), 'x', 0],
    ['without its token', 403, 'AccessDenied', ({ 'x-cos-security-token': _, ...rest }) => rest, 'x', 0],
    ['with another token', 403, 'AccessDenied', (given) => ({ ...given, 'x-cos-security-token': 'other' }), 'x', 0],
    ['too late', 403, 'Request has expired', (given) => given, 'x', 15 * 60 + 1],
    ['of too much', 400, 'EntityTooLarge', (given) => given, 'x'.repeat(1001), 0],
  ])('%s is refused', async (_name, status, text, change, body, late) => {
    const before = objects();
    const { url, headers } = await permission('kept/refused');
    if (late > 0) await move(late);
    const response = await fetch(url, { method: 'PUT', headers: change(headers), body });
    expect([response.status, await response.text()]).toEqual([status, expect.stringContaining(text)]);
    expect(objects()).toEqual(before);
  });

  it('is permitted for its own path and for nothing else', async () => {
    const { headers } = await permission('kept/mine');
    const { url } = await permission('kept/theirs');
    expect((await fetch(url, { method: 'PUT', headers, body: 'x' })).status).toBe(403);
    const read = `${url}?sign=${headers['authorization'] ?? ''}`;
    expect((await fetch(read)).status).toBe(403);
    for (const method of ['POST', 'DELETE', 'PATCH']) {
      expect((await fetch(url, { method, headers })).status).toBe(405);
    }
  });
});

describe('a part of a file', () => {
  let url: string;
  beforeAll(async () => {
    url = await urlOf(await upload('kept/digits', '0123456789'));
  });

  it.each([
    ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=7-99', 206, '789', 'bytes 7-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=0-0', 206, '0', 'bytes 0-0/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=4-2', 200, '0123456789', null],
    ['bytes=0-1,3-4', 200, '0123456789', null],
    ['lines=0-1', 200, '0123456789', null],
    ['bytes=-', 200, '0123456789', null],
  ])('%s answers %d', async (range, status, text, told) => {
    const response = await fetch(url, { headers: { range } });
    expect([response.status, response.headers.get('content-range')]).toEqual([status, told]);
    const body = await response.text();
    if (status === 416) expect(body).toContain('InvalidRange');
    else expect(body).toBe(text);
  });

  it('is told by HEAD without its bytes', async () => {
    const response = await fetch(url, { method: 'HEAD', headers: { range: 'bytes=2-4' } });
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([206, '3', '']);
    expect((await fetch(url, { method: 'HEAD' })).headers.get('accept-ranges')).toBe('bytes');
  });
});

describe('what storage does not do is refused by name', () => {
  it('copies', async () => {
    const fileList = [{ srcPath: 'kept/a', dstPath: 'kept/b/a' }];
    expect((await refusal(under.app.copyFile({ fileList }))).message).toContain('storage.batchCopyFile');
  });

  it('authorities of a user over files', async () => {
    process.env['WX_OPENID'] = 'oAlice';
    process.env['WX_CONTEXT_KEYS'] = 'WX_OPENID';
    try {
      const fileList = [{ path: 'kept/a', type: 'READ' }] as never;
      const { message } = await refusal(under.app.getFileAuthority({ fileList }));
      expect(message).toContain('storage.getFileAuthority is not supported');
    } finally {
      delete process.env['WX_OPENID'];
      delete process.env['WX_CONTEXT_KEYS'];
    }
  });
});
