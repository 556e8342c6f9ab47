import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalCloud, type LocalCloud, type LocalCloudOptions } from '../../../local/cloud';
import { openDatabase } from '../../../local/cloud/database/actions';
import { groupCommit } from '../../../local/cloud/database/group-commit';
import { openSqlite } from '../../../local/cloud/database/sqlite';
import { importSnapshot } from '../../../local/cloud/snapshot/import';
import { openFileStore } from '../../../local/cloud/storage/file-store';
import { collection, found, startCloudUnderTest, type CloudUnderTest } from './cloud-under-test';

const HEADER = '{"format":"local-cloudbase","version":1}';
const resources = {
  collections: [collection('plain', [{ name: 'by_key', keys: { key: 1 as const }, unique: true, sparse: true }])],
  functions: [],
  routes: [],
  timers: [],
  storage: [{ prefix: 'kept/', clientAccess: 'none' as const, maxBytes: 10 }],
};

let dir: string;
let under: CloudUnderTest;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'snapshot-'));
  under = await startCloudUnderTest(resources);
});
afterAll(async () => {
  await under.close();
  rmSync(dir, { recursive: true, force: true });
});

let folders = 0;
const start = (load: LocalCloudOptions['load'], dataDir = join(dir, `data-${String((folders += 1))}`)) =>
  startLocalCloud({
    envId: 'local-test',
    dataDir,
    functionsDir: dir,
    instanceRunner: join(dir, 'instance.js'),
    resources,
    functionEnvironment: () => ({}),
    ...(load && { load }),
  });
const snapshotOf = (...lines: readonly string[]): string => {
  const file = join(dir, 'given.jsonl');
  writeFileSync(file, lines.join('\n'));
  return file;
};
const countsOf = async ({ url }: LocalCloud): Promise<unknown> =>
  ((await (await fetch(`${url}/_local/state`)).json()) as { collections: unknown }).collections;

it('gives another environment the same documents and files', async () => {
  const plain = under.app.database().collection('plain');
  const at = new Date(5);
  await plain.add({ _id: 'a', at, n: 1.5, list: [null, { deep: '𠮷\n\u2028' }] });
  await plain.add({ _id: 7, key: 'k' });
  await under.app.uploadFile({ cloudPath: 'kept/a b', fileContent: Buffer.from([0, 255, 10]) });
  const file = join(dir, 'whole.jsonl');
  await under.cloud.export(file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const text = readFileSync(file, 'utf8');
  expect(text.split('\n')).toHaveLength(5);
  expect(await (await fetch(`${under.cloud.url}/_local/export`)).text()).toBe(text);

  const before = await found(plain);
  const copy = await start({ snapshot: file, when: 'always' });
  const again = join(dir, 'again.jsonl');
  await copy.export(again);
  expect(readFileSync(again, 'utf8')).toBe(text);
  expect(await countsOf(copy)).toEqual({ plain: before.length });
  await copy.close();
});

it('is taken as a seed where nothing is stored, and left alone where something is', async () => {
  const snapshot = snapshotOf(HEADER, '{"collection":"plain","document":{"key":"seed"}}', '');
  const dataDir = join(dir, 'seeded');
  for (let turn = 0; turn < 2; turn += 1) {
    const cloud = await start({ snapshot, when: 'where empty' }, dataDir);
    expect(await countsOf(cloud)).toEqual({ plain: 1 });
    await cloud.close();
  }
  await expect(start({ snapshot, when: 'always' }, dataDir)).rejects.toThrow(/given\.jsonl:2: .*E11000/);
});

it('of which a file cannot be written leaves no document either, so that a seed is taken at the next start', async () => {
  const snapshot = snapshotOf(
    HEADER,
    '{"collection":"plain","document":{"_id":"first"}}',
    '{"file":"kept/a","contentType":"a/b","base64":"MDE="}',
    '{"file":"kept/b","contentType":"a/b","base64":"MDE="}',
  );
  const sqlite = openSqlite(join(dir, 'ended.db'));
  const commits = groupCommit(sqlite);
  const now = () => 0;
  const database = openDatabase({ sqlite, commits, resources, now });
  const folder = join(dir, 'ended-files');
  const files = openFileStore(folder, sqlite, commits, now);
  let left = 1;
  const target = { sqlite, database, resources, now: 0 };
  const full = {
    ...files,
    write: (...given: Parameters<typeof files.write>) =>
      left-- > 0 ? files.write(...given) : Promise.reject(new Error('the disk is full')),
  };
  await expect(importSnapshot(snapshot, { ...target, files: full })).rejects.toThrow(/:4: the disk is full/);
  expect(readdirSync(folder)).toEqual([]);
  expect(files.count()).toBe(0);
  expect(sqlite.prepare('SELECT count(*) AS n FROM document').get()).toMatchObject({ n: 0 });
  database.close();
  sqlite.close();

  const cloud = await start({ snapshot, when: 'where empty' });
  expect(await countsOf(cloud)).toEqual({ plain: 1 });
  await cloud.close();
});

it('that is not there is refused', async () => {
  await expect(start({ snapshot: join(dir, 'nowhere.jsonl'), when: 'always' })).rejects.toThrow('ENOENT');
});

const good = '{"collection":"plain","document":{"_id":"good"}}';
it.each([
  ['an empty file', [], 'begins with'],
  ['another header', ['{"format":"local-cloudbase","version":2}', good], ':1: a snapshot begins with'],
  ['no JSON', [HEADER, good, '{'], ':3: the line is not valid JSON'],
  ['no object', [HEADER, '[]'], ':2: the line must be an object'],
  ['neither', [HEADER, '{"x":1}'], ':2: the line must have'],
  ['an undeclared collection', [HEADER, good, '{"collection":"x","document":{}}'], ':3: the manifest declares no'],
  ['an undeclared folder', [HEADER, '{"file":"x/y","contentType":"a/b","base64":""}'], ':2: cloudPath lies in no'],
  ['a path upwards', [HEADER, '{"file":"kept/../y","contentType":"a/b","base64":""}'], ':2: cloudPath is malformed'],
  [
    'too large a file',
    [HEADER, good, '{"file":"kept/y","contentType":"a/b","base64":"MDEyMzQ1Njc4OTA="}'],
    ':3: the file exceeds',
  ],
  ['broken base64', [HEADER, '{"file":"kept/y","contentType":"a/b","base64":"?"}'], ':2: base64'],
  [
    'a type that is no header',
    [HEADER, good, '{"file":"kept/y","contentType":"a\\r\\nb: c","base64":""}'],
    ':3: contentType',
  ],
  ['a bad line after a file', [HEADER, good, '{"file":"kept/y","contentType":"a/b","base64":"MDE="}', '{'], ':4: '],
  ['an unknown type', [HEADER, '{"collection":"plain","document":{"a":{"$oid":"0"}}}'], ':2: '],
  ['a further field', [HEADER, '{"collection":"plain","document":{},"x":1}'], ':2: x has no place'],
  ['two documents of one id', [HEADER, good, good], ':3: '],
])('with %s is refused with its line, and nothing of it is let in', async (_name, lines, text) => {
  const dataDir = join(dir, `refused-${String((folders += 1))}`);
  const snapshot = snapshotOf(...lines);
  await expect(start({ snapshot, when: 'always' }, dataDir)).rejects.toThrow(text);
  expect(readdirSync(join(dataDir, 'files'))).toEqual([]);
  const cloud = await start(undefined, dataDir);
  expect(await countsOf(cloud)).toEqual({ plain: 0 });
  await cloud.close();
});
