import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import type { Index } from '../../../cloudfunctions/resources';
import { CloudError } from '../../../local/cloud/cloud-error';
import type { Collection } from '../../../local/cloud/database/collection';
import type { Json } from '../../../local/cloud/database/ejson';
import { leading } from '../../../local/cloud/database/leading';
import { compileFilter } from '../../../local/cloud/database/query';
import { closeSqlite, openSqlite, type Sqlite } from '../../../local/cloud/database/sqlite';
import { oneCollection } from './one-collection';

let dir: string;
let sqlite: Sqlite | undefined;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'index-format-'));
});
afterEach(() => {
  close();
  rmSync(dir, { recursive: true, force: true });
});

const close = (): void => {
  if (sqlite !== undefined) closeSqlite(sqlite);
  sqlite = undefined;
};
const file = (): string => join(dir, 'cloud.db');

/** Opens the data file anew, as a server that starts does. */
const opened = (indexes: readonly Index[]) => {
  close();
  sqlite = openSqlite(file());
  return oneCollection(sqlite, indexes);
};
const index = (keys: Index['keys']): Index => ({ name: 'i', keys, unique: false, sparse: false });
const ids = (collection: Collection, query: Json, order = {}, limit = Infinity) =>
  collection.find(compileFilter(query, 0), limit, order).map(({ document }) => document._id);

/** A data file as it was before keys had an order. */
const OLD = `
  CREATE TABLE document (
    seq INTEGER PRIMARY KEY, collection TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (collection, id));
  CREATE INDEX document_by_id ON document (collection, json_extract(id, '$'));
  CREATE TABLE index_entry (
    collection TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY (collection, name, key, seq)) WITHOUT ROWID;
  CREATE TABLE index_definition (
    collection TEXT NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL, PRIMARY KEY (collection, name)) WITHOUT ROWID;
  INSERT INTO index_definition VALUES ('c', 'i', '[{"n":1},false,false]');
  INSERT INTO document (collection, id, body) VALUES
    ('c', '"b"', '{"_id":"b","n":{"$numberInt":"10"}}'),
    ('c', '"a"', '{"_id":"a","n":{"$numberInt":"9"}}'),
    ('c', '{"$numberInt":"7"}', '{"_id":{"$numberInt":"7"},"n":null}');
`;

it('makes the keys of an older data file anew, and those of its ids', () => {
  const old = new Database(file());
  old.exec(OLD);
  old.close();
  const { collection } = opened([index({ n: 1 })]);
  expect(ids(collection, { n: { $gte: 9 } }, { n: 1 })).toEqual(['a', 'b']);
  expect(ids(collection, { _id: 'a' })).toEqual(['a']);
  expect(ids(collection, {}, { _id: 1 })).toEqual([7, 'a', 'b']);
  expect(collection.scans()).toBe(0);
  expect(() => {
    collection.insert({ _id: 7 }, 'Insert');
  }).toThrow('E11000');
});

it('makes the keys of this format once', () => {
  opened([index({ n: 1 })]).collection.insert({ _id: 'a', n: 1 }, 'Insert');
  sqlite?.exec('DELETE FROM index_entry');
  expect(ids(opened([index({ n: 1 })]).collection, { n: 1 })).toEqual([]);
});

it('remembers which index holds a document more than once', () => {
  opened([index({ n: 1 })]).collection.insert({ _id: 'a', n: [0, 9] }, 'Insert');
  const { collection } = opened([index({ n: 1 })]);
  expect(ids(collection, { n: { $gt: 1, $lt: 5 } })).toEqual(['a']);
});

it('remembers it too where the first array was rolled back', async () => {
  const { collection, commits } = opened([index({ n: 1 })]);
  const failed = commits.write(() => {
    collection.insert({ _id: 'a', n: [0, 9] }, 'Insert');
    throw new Error('the disk is full');
  });
  await expect(failed).rejects.toThrow('full');
  await commits.write(() => {
    collection.insert({ _id: 'b', n: [0, 9] }, 'Insert');
  });
  expect(ids(opened([index({ n: 1 })]).collection, { n: { $gt: 1, $lt: 5 } })).toEqual(['b']);
});

it('reads more keys than a page holds in the order of their insertion, both ways', async () => {
  const { collection, commits } = opened([index({ n: 1, m: 1 })]);
  const all = Array.from({ length: 5200 }, (_, at) => at);
  const [low, high] = [all.slice(0, 2600), all.slice(2600)];
  await commits.write(() => {
    for (const at of all) collection.insert({ _id: at, n: 1, m: at < 2600 ? 1 : 2 }, 'Insert');
  });
  expect(ids(collection, {}, { n: 1, m: 1 })).toEqual([...low, ...high]);
  expect(ids(collection, {}, { n: -1, m: -1 })).toEqual([...high, ...low]);
  expect(ids(collection, { n: 1, m: 2 }, {}, 1200)).toEqual(high.slice(0, 1200));
  expect(ids(collection, { n: 1 }, {}, 2000)).toEqual(all.slice(0, 2000));
  expect(ids(collection, { n: 1 }, {}, 4000)).toEqual(all.slice(0, 4000));
  expect(ids(collection, { n: 1, m: { $gt: 0 } })).toEqual(all);
  expect(ids(collection, { n: 1, m: { $gt: 1 } }, {}, 2500)).toEqual(high.slice(0, 2500));
  expect(collection.scans()).toBe(0);
});

it('refuses to sort by two arrays, as MongoDB does', () => {
  const { collection } = opened([]);
  collection.insert({ _id: 'a', x: [1], y: [2] }, 'Insert');
  expect(() => ids(collection, {}, { x: 1, y: 1 })).toThrow(CloudError);
  expect(() => ids(collection, {}, { x: 1, y: 1 })).toThrow('parallel arrays');
});

it('finds what an index over positions or over fields of one element cannot tell apart', () => {
  const documents = [
    {
      _id: 'a',
      n: [
        { x: 1, y: 2 },
        { x: 3, y: 4 },
      ],
    },
    { _id: 'b', n: [{ '0': 5 }] },
    { _id: 'c', n: [{ '1': 5 }] },
    { _id: 'd', n: [5] },
  ];
  const queries = [
    { 'n.x': 1, 'n.y': 4 },
    { 'n.x': { $gt: 2 }, 'n.y': 2 },
    { 'n.0': 5 },
    { 'n.1': null },
    { 'n.1': 5 },
  ];
  const answers = [[], ['n.x', 'n.y'], ['n.0'], ['n.1']].map((paths) => {
    close();
    rmSync(file(), { force: true });
    const { collection } = opened(
      paths.length === 0 ? [] : [index(Object.fromEntries(paths.map((path) => [path, 1])))],
    );
    for (const document of documents) collection.insert(document, 'Insert');
    return queries.map((query) => ids(collection, query));
  });
  expect(answers[0]?.slice(0, 2)).toEqual([['a'], ['a']]);
  for (const answer of answers) expect(answer).toEqual(answers[0]);
});

it('finds a document once that lies in several ranges, or on both sides of a page', async () => {
  const { collection, commits } = opened([index({ n: 1 })]);
  const all = Array.from({ length: 700 }, (_, at) => at);
  await commits.write(() => {
    for (const at of all) collection.insert({ _id: at, n: at % 2 === 0 ? [1, 2] : [2, 3, 4] }, 'Insert');
  });
  expect(ids(collection, { n: { $in: [1, 2, 3] } })).toEqual(all);
  for (const limit of [3, 600]) expect(ids(collection, { n: { $gt: 0 } }, {}, limit)).toEqual(all.slice(0, limit));
});

it('reads several ranges in the order that is asked for', () => {
  const { collection } = opened([index({ n: 1 })]);
  for (const n of [3, 1, 2]) collection.insert({ _id: n, n }, 'Insert');
  expect(ids(collection, { n: { $in: [1, 2, 3] } }, { n: 1 })).toEqual([1, 2, 3]);
  expect(ids(collection, { n: { $in: [1, 2, 3] } }, { n: -1 }, 2)).toEqual([3, 2]);
  expect(collection.scans()).toBe(0);
});

it('sorts what comes in any order, and what is alike by its insertion', () => {
  const rows = [5, 1, 4, 2, 3].map((seq) => ({ seq, document: { _id: seq, n: seq % 2 } }));
  const seqs = (count: number) => leading(rows, { n: -1 }, count).map(({ seq }) => seq);
  expect(seqs(9)).toEqual([1, 3, 5, 2, 4]);
  expect(seqs(2)).toEqual([1, 3]);
});
