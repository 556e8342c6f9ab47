import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../local/cloud/database/actions';
import type { JsonObject } from '../../../local/cloud/database/ejson';
import { decodeStored, encode } from '../../../local/cloud/database/ejson';
import { groupCommit } from '../../../local/cloud/database/group-commit';
import { openSqlite } from '../../../local/cloud/database/sqlite';
import type { Value } from '../../../local/cloud/database/value';
import { collection } from './cloud-under-test';

/** The database's actions without the server around them, for tests that ask very often. */
export interface DirectDatabase {
  /** Gives the answer, or the code of the refusal and its words. */
  readonly ask: (action: string, body: JsonObject) => Promise<JsonObject>;
  /** The documents as texts of Extended JSON. */
  readonly texts: () => Promise<string[]>;
  /** Changes all documents; `more` stands beside the change in the request, or in the place of what is asked there. */
  readonly update: (data: unknown, more?: JsonObject) => Promise<JsonObject>;
  /** The first document, or nothing. */
  readonly only: () => Promise<Value | undefined>;
  readonly clear: () => Promise<void>;
  readonly close: () => void;
}

/** What a server date stands for. */
export const NOW = Date.UTC(2026, 0, 2);

/** Operators and values as they are sent: a date and a number of a test become what the SDK makes of them. */
export const sent = (value: unknown): string => encode(value as Value);

export const openDirect = (collections = [collection('c')]): DirectDatabase => {
  const dir = mkdtempSync(join(tmpdir(), 'local-database-'));
  const sqlite = openSqlite(join(dir, 'data.sqlite'));
  const resources = { collections, functions: [], routes: [], timers: [], storage: [] };
  const database = openDatabase({ sqlite, commits: groupCommit(sqlite), resources, now: () => NOW });
  const actions = new Map(Object.entries(database.actions));

  const ask = async (action: string, body: JsonObject): Promise<JsonObject> => {
    const perform = actions.get(`database.${action}`);
    if (perform === undefined) throw new Error(`no action ${action}`);
    try {
      return await perform({ collectionName: 'c', ...body });
    } catch (error) {
      // Anything but a refusal is a defect, which the server would answer as SYS_ERR.
      if (error instanceof Error && error.name === 'CloudError' && 'code' in error) {
        return { code: String(error.code), message: error.message };
      }
      throw error;
    }
  };
  const texts = async () => ((await ask('getDocument', { limit: 1000 }))['data'] as { list: string[] }).list;
  return {
    ask,
    texts,
    update: (data, more = {}) =>
      ask('modifyDocument', { query: '{}', data: JSON.stringify(data), merge: true, multi: true, ...more }),
    only: async () => {
      const [text] = await texts();
      return text === undefined ? undefined : decodeStored(text);
    },
    clear: () => database.clear(),
    close: () => {
      database.close();
      sqlite.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
