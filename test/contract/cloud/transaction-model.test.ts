import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { After } from '../../../local/cloud/after';
import { CloudError } from '../../../local/cloud/cloud-error';
import { openDatabase, type DocumentDatabase } from '../../../local/cloud/database/actions';
import type { JsonObject } from '../../../local/cloud/database/ejson';
import { groupCommit } from '../../../local/cloud/database/group-commit';
import { closeSqlite, openSqlite, type Sqlite } from '../../../local/cloud/database/sqlite';
import { collection } from './cloud-under-test';
import { model, steps, type Edit, type Outcome, type Step } from './transaction-copies';

let dir: string;
let sqlite: Sqlite;
let database: DocumentDatabase;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'transaction-model-'));
  sqlite = openSqlite(join(dir, 'cloud.db'));
  // What is on the disk is another test's question.
  sqlite.pragma('synchronous = OFF');
  const unique = { name: 'one_key', keys: { key: 1 }, unique: true, sparse: true } as const;
  const resources = {
    collections: [collection('items', [unique])],
    functions: [],
    routes: [],
    timers: [],
    storage: [],
  };
  const after: After = (milliseconds, work) => {
    // Nothing ends by itself.
    if (milliseconds < 1000) setImmediate(work);
    return () => undefined;
  };
  database = openDatabase({ sqlite, commits: groupCommit(sqlite), resources, now: Date.now, after });
});
afterAll(() => {
  closeSqlite(sqlite);
  rmSync(dir, { recursive: true, force: true });
});

const call = async (action: string, body: JsonObject = {}): Promise<JsonObject> => {
  const answer = await database.actions[`database.${action}`]?.({ collectionName: 'items', ...body });
  if (answer === undefined) throw new Error(`no action ${action}`);
  return answer;
};

const listed = async (within: JsonObject): Promise<Outcome> => {
  const { data } = (await call('getDocument', within)) as { data: { list: string[] } };
  return data.list.map((text) => {
    const { _id, v, key } = JSON.parse(text) as { _id: string; v: { $numberInt: string }; key?: string };
    return [_id, { v: Number(v.$numberInt), ...(key !== undefined && { key }) }] as const;
  });
};

const edited = async (edit: Edit, within: JsonObject): Promise<Outcome> => {
  const query = edit.kind === 'increase all' ? '{}' : JSON.stringify({ _id: edit.id });
  const increase = { ...within, query, merge: true, data: '{"$inc":{"v":1}}' };
  switch (edit.kind) {
    case 'add':
      await call('insertDocument', { ...within, data: [JSON.stringify({ _id: edit.id, ...edit.item })] });
      return 1;
    case 'set': {
      const set = { ...within, query, merge: false, upsert: true, data: JSON.stringify(edit.item) };
      const { data } = (await call('modifyDocument', set)) as { data: { updated: number; upsert_id: string | null } };
      return data.upsert_id === null ? data.updated : 1;
    }
    case 'increase':
    case 'increase all': {
      const { data } = await call('modifyDocument', { ...increase, multi: edit.kind === 'increase all' });
      return (data as { updated: number }).updated;
    }
    case 'remove': {
      const { data } = await call('removeDocument', { ...within, query, multi: false });
      return (data as { deleted: number }).deleted;
    }
  }
};

const outcomeOf = async (work: Promise<Outcome>): Promise<Outcome> => {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    if (error.code === 'DATABASE_TRANSACTION_CONFLICT') return 'conflict';
    if (error.message.includes('E11000')) return 'taken';
    if (error.message.includes('TransactionNotExist')) return 'over';
    throw error;
  }
};

/** The transactions of one history by their numbers; one that is over is followed by a new one of its number. */
const participants = () => {
  const open = new Map<number, string>();
  const idOf = async (number: number): Promise<string> => {
    const known = open.get(number);
    if (known !== undefined) return known;
    const { transactionId } = (await call('startTransaction')) as { transactionId: string };
    open.set(number, transactionId);
    return transactionId;
  };
  return {
    forget: (number: number) => open.delete(number),
    async take(step: Step): Promise<Outcome> {
      const within: JsonObject = step.by === 'beside' ? {} : { transactionId: await idOf(step.by) };
      switch (step.kind) {
        case 'read':
          return outcomeOf(listed(within));
        case 'edit':
          return outcomeOf(edited(step.edit, within));
        case 'commit':
        case 'abort':
          return outcomeOf(call(`${step.kind}Transaction`, within).then(() => 0));
      }
    },
    async end() {
      for (const transactionId of open.values())
        await outcomeOf(call('abortTransaction', { transactionId }).then(() => 0));
    },
  };
};

/** Lets all be done that nobody holds up. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
};

it('does with any order of steps of several transactions and of writers beside them what copies of everything would', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { maxLength: 30 }), async (sequence) => {
      await call('removeDocument', { query: '{}', multi: true });
      const copies = model();
      const those = participants();
      const outcomes: (Outcome | 'waits')[] = [];
      for (const step of sequence) {
        copies.take(step);
        const at = outcomes.push('waits') - 1;
        void those.take(step).then((outcome) => {
          outcomes[at] = outcome;
        });
        await settle();
        expect(outcomes).toEqual(copies.outcomes());
        if (step.by !== 'beside' && !copies.isOpen(step.by)) those.forget(step.by);
        expect(await listed({})).toEqual(copies.stored());
      }
      await those.end();
      await settle();
      expect(outcomes).not.toContain('waits');
    }),
    { numRuns: 150 },
  );
});
