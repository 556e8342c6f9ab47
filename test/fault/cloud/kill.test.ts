import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import tcb from '@cloudbase/node-sdk';
import { bundle, collection, counted, found as documents, until } from '../../contract/cloud/cloud-under-test';

const ROUNDS = 5;
const WRITERS = 8;
const root = join(__dirname, '..', '..', '..');
// Beside node_modules, so that the bundle finds its packages.
const built = join(root, '.cache', `local-cloud-kill-${String(process.pid)}`);

let dir: string;
let server: ChildProcess | undefined;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'local-cloud-kill-'));
  bundle('main.ts', join(built, 'main.js'));
  const unique = { name: 'one_number', keys: { number: 1 }, unique: true, sparse: false } as const;
  const folder = { prefix: 'files/', clientAccess: 'none', maxBytes: 1_000_000 } as const;
  const resources = {
    collections: [collection('notes', [unique]), collection('counter'), collection('counted')],
    functions: [],
    routes: [],
    timers: [],
    storage: [folder],
  };
  writeFileSync(join(dir, 'resources.json'), JSON.stringify(resources));
  writeFileSync(join(dir, 'environment.json'), '{}');
});
afterAll(() => {
  server?.kill('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
  rmSync(built, { recursive: true, force: true });
});

type Database = ReturnType<ReturnType<typeof tcb.init>['database']>;

/** The SDK leaves its transactions untyped. */
const runTransaction = (db: Database, work: (transaction: Pick<Database, 'collection'>) => Promise<void>) =>
  (db as unknown as { runTransaction(given: typeof work): Promise<void> }).runTransaction(work);

const start = async () => {
  const manifests = ['--resources', join(dir, 'resources.json'), '--environment', join(dir, 'environment.json')];
  const child = spawn(process.execPath, [
    join(built, 'main.js'),
    '--env',
    'local-kill',
    '--data',
    join(dir, 'data'),
    '--functions',
    dir,
    ...manifests,
  ]);
  server = child;
  child.stderr.pipe(process.stderr);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  Object.assign(process.env, (JSON.parse(line) as { sdkEnvironment: Record<string, string> }).sdkEnvironment);
  return { child, app: tcb.init({ env: tcb.SYMBOL_CURRENT_ENV, timeout: 5000 }) };
};

it('keeps every acknowledged write when it is killed in the middle of writing, and starts again', async () => {
  const acknowledged = { notes: new Set<number>(), increments: 0, files: new Map<string, string>(), counted: 0 };
  let attempted = 0;
  let increments = 0;

  for (let round = 0; round < ROUNDS; round += 1) {
    const { child, app } = await start();
    const db = app.database();
    if (round === 0)
      await db.collection('counter').add([
        { _id: 'one', n: 0 },
        { _id: 'counted', n: 0 },
      ]);
    let dead = false;

    const whileAlive = (work: () => Promise<void>) => async () => {
      while (!dead) {
        try {
          await work();
        } catch {
          return;
        }
      }
    };
    const insert = whileAlive(async () => {
      attempted += 1;
      const number = attempted;
      await db.collection('notes').add({ _id: `n${String(number)}`, number, text: 'x'.repeat(300) });
      acknowledged.notes.add(number);
    });
    const increment = whileAlive(async () => {
      increments += 1;
      const { updated } = (await db
        .collection('counter')
        .doc('one')
        .update({ n: db.command.inc(1) })) as { updated: number };
      acknowledged.increments += updated;
    });
    const count = whileAlive(async () => {
      await runTransaction(db, async (transaction) => {
        await transaction.collection('counted').add({ text: 'x'.repeat(300) });
        await transaction
          .collection('counter')
          .doc('counted')
          .update({ n: db.command.inc(1) });
      });
      acknowledged.counted += 1;
    });
    const store = whileAlive(async () => {
      const text = `${String(round)}-${String(Math.floor(attempted))}-${'y'.repeat(5000)}`;
      const { fileID } = await app.uploadFile({
        cloudPath: `files/${String(attempted)}-${String(round)}`,
        fileContent: Buffer.from(text) as never,
      });
      acknowledged.files.set(fileID, text);
    });

    const goal = { notes: acknowledged.notes.size + 20 + randomInt(200), files: acknowledged.files.size + 1 };
    const writers = [...Array.from({ length: WRITERS }, insert), increment(), increment(), count(), store()];
    await until(() => acknowledged.notes.size >= goal.notes && acknowledged.files.size >= goal.files);
    child.kill('SIGKILL');
    dead = true;
    await once(child, 'exit');
    await Promise.all(writers);
  }

  const { child, app } = await start();
  const db = app.database();
  const found = new Set<number>();
  for (let skip = 0; ; skip += 1000) {
    const { data } = await db.collection('notes').skip(skip).limit(1000).get();
    for (const { number } of data as { number: number }[]) found.add(number);
    if ((data as unknown[]).length < 1000) break;
  }
  expect([...acknowledged.notes].filter((number) => !found.has(number))).toEqual([]);
  // A write that was cut off may be there or not, but never twice and never without its index entry.
  expect(await counted(db.collection('notes'))).toBe(found.size);
  for (const number of [...found].slice(-50)) {
    expect(await documents(db.collection('notes').where({ number }))).toHaveLength(1);
  }
  const [counter] = await documents(db.collection('counter').doc('one'));
  expect(counter?.['n']).toBeGreaterThanOrEqual(acknowledged.increments);
  expect(counter?.['n']).toBeLessThanOrEqual(increments);
  // A transaction that was cut off is there as a whole or not at all, and holds nothing up.
  const [together] = await documents(db.collection('counter').doc('counted'));
  expect(together?.['n']).toBeGreaterThanOrEqual(acknowledged.counted);
  expect(await counted(db.collection('counted'))).toBe(together?.['n']);
  await db.collection('counter').doc('counted').update({ n: 0 });
  for (const [fileID, text] of acknowledged.files) {
    expect((await app.downloadFile({ fileID })).fileContent?.toString()).toBe(text);
  }
  child.kill('SIGTERM');
  await once(child, 'exit');
}, 120_000);
