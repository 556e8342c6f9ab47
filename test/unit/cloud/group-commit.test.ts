import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudError } from '../../../local/cloud/cloud-error';
import { groupCommit, type GroupCommit } from '../../../local/cloud/database/group-commit';
import { closeSqlite, openSqlite, select, type Sqlite } from '../../../local/cloud/database/sqlite';

let dir: string;
let sqlite: Sqlite;
let commits: GroupCommit;
let statements: string[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'group-commit-'));
  sqlite = openSqlite(join(dir, 'cloud.db'));
  statements = [];
  const exec = sqlite.exec.bind(sqlite);
  sqlite.exec = (sql) => {
    statements.push(sql);
    return exec(sql);
  };
  commits = groupCommit(sqlite);
});
afterEach(() => {
  closeSqlite(sqlite);
  rmSync(dir, { recursive: true, force: true });
});

const insert = (id: string) => () =>
  sqlite.prepare("INSERT INTO document (collection, id, body) VALUES ('c', ?, '{}')").run(JSON.stringify(id)).changes;
const stored = () =>
  select<{ id: string }>(sqlite, 'SELECT id FROM document ORDER BY id')
    .all()
    .map(({ id }) => JSON.parse(id) as string);

it('lets writes that arrive together share one transaction', async () => {
  await Promise.all(['a', 'b', 'c'].map((id) => commits.write(insert(id))));
  expect(statements).toEqual(['BEGIN IMMEDIATE', 'COMMIT']);
  expect(stored()).toEqual(['a', 'b', 'c']);
});

it('answers no write, refusal or read before the transaction that it saw is committed', async () => {
  const order: string[] = [];
  const write = commits.write(insert('a')).then(() => order.push(`write after ${String(statements.at(-1))}`));
  const refused = commits
    .write(() => {
      throw new CloudError('DATABASE_REQUEST_FAILED', 'no');
    })
    .catch(() => order.push(`refusal after ${String(statements.at(-1))}`));
  const read = commits
    .read(stored)
    .then((ids) => order.push(`read of ${ids.join()} after ${String(statements.at(-1))}`));
  await Promise.all([write, refused, read]);
  expect(order.sort()).toEqual(['read of a after COMMIT', 'refusal after COMMIT', 'write after COMMIT']);
});

it('keeps what was written beside a refusal', async () => {
  const refusal = commits.write(() => {
    insert('before')();
    throw new CloudError('DATABASE_REQUEST_FAILED', 'no');
  });
  await expect(refusal).rejects.toThrow('no');
  expect(stored()).toEqual(['before']);
});

it('rolls back the whole batch and tells everyone in it when SQLite fails in between', async () => {
  const outcomes = await Promise.allSettled([
    commits.write(insert('a')),
    commits.write(() => {
      insert('b')();
      throw new Error('disk full');
    }),
    commits.read(stored),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  expect(outcomes[2]).toMatchObject({ value: [] });
  expect(stored()).toEqual([]);
  expect(await commits.write(insert('c'))).toBe(1);
});

it('tells the writers when the commit itself fails', async () => {
  const write = commits.write(insert('a'));
  sqlite.exec('ROLLBACK');
  await expect(write).rejects.toThrow();
  await commits.write(insert('b'));
  expect(stored()).toEqual(['b']);
});
