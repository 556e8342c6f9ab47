import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signGrant } from '../../../local/cloud/storage/signed-url';
import { refusal, startCloudUnderTest, type CloudUnderTest } from './cloud-under-test';

let under: CloudUnderTest;

beforeAll(async () => {
  under = await startCloudUnderTest({
    storage: [
      { prefix: 'evidence/', clientAccess: 'upload', maxBytes: 1000, keptDays: 2 },
      { prefix: 'review/', clientAccess: 'none', maxBytes: 1000 },
    ],
  });
});
afterAll(() => under.close());

const upload = (cloudPath: string, text: string) => under.app.uploadFile({ cloudPath, fileContent: Buffer.from(text) });
const textOf = async (fileID: string) => (await under.app.downloadFile({ fileID })).fileContent?.toString();
const urlOf = async (fileID: string): Promise<string> =>
  (await under.app.getTempFileURL({ fileList: [fileID] })).fileList[0]?.tempFileURL ?? '';
const objects = () => readdirSync(join(under.dataDir, 'files'));

const clientUpload = async (
  path: string,
  body: string,
  headers: Record<string, string> = { 'x-local-openid': 'oAlice' },
) => {
  const response = await fetch(`${under.cloud.url}/wx/upload?cloudPath=${encodeURIComponent(path)}`, {
    method: 'POST',
    headers,
    body,
  });
  return (await response.json()) as Record<string, unknown>;
};

describe('files', () => {
  it('come back as they were stored, at any name', async () => {
    const { fileID } = await upload('review/头像 1%2F?.png', 'hello');
    expect(fileID).toBe('cloud://local-test.6c6f-local-test-1300000000/review/头像 1%2F?.png');
    expect(await textOf(fileID)).toBe('hello');
  });

  it('tell their size and type by HEAD and cannot pass for a page', async () => {
    const { fileID } = await upload('review/size', '12345');
    const response = await fetch(await urlOf(fileID), { method: 'HEAD' });
    expect(response.headers.get('content-length')).toBe('5');
    expect(response.headers.get('content-disposition')).toBe('attachment');
    expect((await under.app.getFileInfo({ fileList: [fileID] })).fileList[0]).toMatchObject({ size: 5 });
  });

  it('are replaced whole, leaving one object on the disk', async () => {
    const before = objects().length;
    const { fileID } = await upload('review/twice', 'first');
    await upload('review/twice', 'second');
    expect(await textOf(fileID)).toBe('second');
    expect(objects()).toHaveLength(before + 1);
  });

  it('are gone when they are deleted, from the disk too', async () => {
    const before = objects();
    const { fileID } = await upload('review/gone', 'secret bytes');
    const url = await urlOf(fileID);
    const deleted = await under.app.deleteFile({ fileList: [fileID, fileID.replace('gone', 'never')] });
    expect(deleted.fileList.map(({ code }) => code)).toEqual(['SUCCESS', 'STORAGE_FILE_NONEXIST']);
    expect((await fetch(url)).status).toBe(404);
    expect(objects()).toEqual(before);
  });

  it('survive a restart, which also clears what no file names', async () => {
    const { fileID } = await upload('review/kept', 'kept');
    writeFileSync(join(under.dataDir, 'files', 'left-over.part'), 'x');
    await under.restart();
    expect(await textOf(fileID)).toBe('kept');
    expect(objects()).not.toContain('left-over.part');
  });

  it('are gone once they are older than their folder keeps them, and not before', async () => {
    const day = 24 * 60 * 60;
    const age = (before: readonly string[], days: number): void => {
      const at = Date.now() / 1000 - days * day;
      for (const name of objects().filter((one) => !before.includes(one)))
        utimesSync(join(under.dataDir, 'files', name), at, at);
    };
    const stored = async (path: string, days: number): Promise<string> => {
      const before = objects();
      const { fileID } = await upload(path, path);
      age(before, days);
      return fileID;
    };
    const old = await stored('evidence/case/old', 2.1);
    const young = await stored('evidence/case/young', 1.9);
    const elsewhere = await stored('review/old', 300);
    const count = objects().length;
    await under.restart();
    const { fileList } = await under.app.getTempFileURL({ fileList: [old, young, elsewhere] });
    expect(fileList.map(({ code }) => code)).toEqual(['STORAGE_FILE_NONEXIST', 'SUCCESS', 'SUCCESS']);
    expect(objects()).toHaveLength(count - 1);
  });

  it('of other environments are not there', async () => {
    const foreign = 'cloud://prod.6c6f-prod-1300000000/review/kept';
    const { fileList } = await under.app.getTempFileURL({ fileList: [foreign] });
    expect(fileList).toMatchObject([{ code: 'STORAGE_FILE_NONEXIST', tempFileURL: '' }]);
  });

  it('are named fifty at a time at the most', async () => {
    const fileList = Array.from({ length: 51 }, (_, n) => `cloud://x/${String(n)}`);
    expect(await refusal(under.app.getTempFileURL({ fileList }))).toMatchObject({ code: 'INVALID_PARAM' });
  });
});

describe('a download URL', () => {
  it('stops working when its time is over', async () => {
    const { fileID } = await upload('review/timed', 'x');
    const url = new URL(await urlOf(fileID));
    const { secretKey } = under.cloud.credentials;
    const expired = { operation: 'get', path: 'review/timed', expiresAt: Date.now() - 1 } as const;
    url.searchParams.set('sign', signGrant(expired, secretKey));
    const response = await fetch(url);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('expired');
  });

  it('cannot be prolonged, moved to another file, made without the key or used to write', async () => {
    const { fileID } = await upload('review/a', 'a');
    await upload('review/b', 'b');
    const url = new URL(await urlOf(fileID));
    const [expiresAt = '', mac = ''] = (url.searchParams.get('sign') ?? '').split('.');
    const forged = [
      { sign: `${String(Number(expiresAt) + 1)}.${mac}`, path: 'review/a' },
      { sign: `${expiresAt}.${mac}`, path: 'review/b' },
      {
        sign: signGrant({ operation: 'get', path: 'review/a', expiresAt: Date.now() + 1000 }, 'guess'),
        path: 'review/a',
      },
      { sign: '', path: 'review/a' },
      { sign: 'NaN.x', path: 'review/a' },
    ];
    for (const { sign, path } of forged) {
      const at = `${under.cloud.url}/storage/${Buffer.from(path).toString('base64url')}?sign=${encodeURIComponent(sign)}`;
      expect((await fetch(at)).status).toBe(403);
    }
    const write = await fetch(url, { method: 'PUT', headers: { authorization: `${expiresAt}.${mac}` }, body: 'x' });
    expect(write.status).toBe(403);
    expect((await fetch(url)).status).toBe(200);
  });
});

describe('a path', () => {
  it.each([
    '../escape',
    'review/../../escape',
    'review/./x',
    'review//x',
    '/review/x',
    'review/',
    'review/a\\..\\b',
    'review/a\nb',
    `review/${'x'.repeat(2000)}`,
    'review/%2e%2e/../x',
  ])('such as %j is refused', async (path) => {
    const before = objects().length;
    expect(await refusal(upload(path, 'x'))).toMatchObject({
      code: expect.stringMatching(/^(INVALID_PARAM|STORAGE_EXCEED_AUTHORITY)$/) as string,
    });
    expect(await clientUpload(path, 'x')).toMatchObject({ errCode: expect.any(Number) as number });
    expect(objects()).toHaveLength(before);
  });

  it('never reaches another file of this machine, however it is asked for', async () => {
    const secret = readFileSync(join(under.dataDir, 'credentials.json'), 'utf8');
    for (const path of [
      '../credentials.json',
      'review/../../credentials.json',
      join(under.dataDir, 'credentials.json'),
    ]) {
      const grant = { operation: 'get', path, expiresAt: Date.now() + 60_000 } as const;
      const sign = signGrant(grant, under.cloud.credentials.secretKey);
      const response = await fetch(
        `${under.cloud.url}/storage/${Buffer.from(path).toString('base64url')}?sign=${sign}`,
      );
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain(secret);
    }
  });

  it('lies in a declared folder', async () => {
    expect(await refusal(upload('elsewhere/x', 'x'))).toMatchObject({ code: 'STORAGE_EXCEED_AUTHORITY' });
  });
});

describe('a client', () => {
  it('uploads to the folders that are open to it', async () => {
    const answer = await clientUpload('evidence/case-1/front', 'picture');
    expect(answer).toEqual({
      errMsg: 'cloud.uploadFile:ok',
      statusCode: 200,
      fileID: expect.stringMatching(/evidence\/case-1\/front$/) as string,
    });
    expect(await textOf(answer['fileID'] as string)).toBe('picture');
  });

  it.each([
    ['a folder of functions', 'review/x', 'x', undefined],
    ['no folder', 'elsewhere/x', 'x', undefined],
    ['too large a file', 'evidence/large', 'x'.repeat(1001), undefined],
    ['no login', 'evidence/x', 'x', {}],
    ['a malformed login', 'evidence/x', 'x', { 'x-local-openid': 'a b;c' }],
  ])('is refused: %s', async (_name, path, body, headers) => {
    const before = objects();
    const answer = await clientUpload(path, body, headers);
    expect(answer).toMatchObject({ errMsg: expect.stringContaining('cloud.uploadFile:fail') as string });
    expect(answer).not.toHaveProperty('fileID');
    expect(objects()).toEqual(before);
  });
});

it('refuses a server’s own upload that is too large for its folder', async () => {
  expect(await refusal(upload('review/large', 'x'.repeat(1001)))).toMatchObject({ code: 'STORAGE_REQUEST_FAIL' });
});
