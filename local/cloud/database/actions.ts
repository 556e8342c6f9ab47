import type { Resources } from '../../../cloudfunctions/resources';
import { flag, objects, optionalText, text, texts, wholeNumber } from '../admin/parameters';
import type { After } from '../after';
import { after as byTheClock } from '../after';
import { CloudError, unsupported } from '../cloud-error';
import { compileAggregation } from './aggregate';
import type { Collection, Documents } from './collection';
import { openCollection } from './collection';
import type { Json, JsonObject } from './ejson';
import { encode, parseJson } from './ejson';
import type { GroupCommit } from './group-commit';
import { syncIndexes } from './index-sync';
import { prepareKeys } from './key-format';
import { newDocument, setOne, updateAll, updateFirst, upsert } from './modify';
import type { Order } from './order-by';
import { decodeOrder } from './order-by';
import { readInParts } from './parts';
import { decodeProjection } from './projection';
import { compileFilter } from './query';
import type { Filter } from './query';
import type { Sqlite } from './sqlite';
import { openTransactions } from './transactions';
import { compileReplacement, compileUpdate } from './update';
import { fieldsOfQuery } from './upsert';
import type { Row } from './value';
import { cloneFields } from './value';

/** Handles one action's body and gives what stands beside `requestId` in the answer. */
export type Action = (body: JsonObject) => Promise<JsonObject>;

/** The document database: its actions by name, and what it holds. */
export interface DocumentDatabase {
  readonly actions: Readonly<Record<string, Action>>;
  /** The declared collections by name. */
  readonly collections: ReadonlyMap<string, Collection>;
  counts(): Record<string, number>;
  /** How often each collection had to be read whole because no index served. */
  scans(): Record<string, number>;
  /** Ends the open transactions and removes all documents; the indexes stay as they are declared. */
  clear(): Promise<void>;
  /** Forgets the open transactions. */
  readonly close: () => void;
}

/** What a database stands on. */
export interface DatabaseOptions {
  readonly sqlite: Sqlite;
  readonly commits: GroupCommit;
  readonly resources: Resources;
  /** What a server date stands for, in milliseconds since 1970. */
  readonly now: () => number;
  /** The clock by which transactions end; the machine's, which nobody moves, where none is given. */
  readonly after?: After | undefined;
}

/** The documents that an action is about: those of now, or as the transaction sees them that the request names. */
interface Target {
  find(filter: Filter, limit: number, order: Order | undefined): Promise<Row[]>;
  write<T>(work: (documents: Documents) => T): Promise<T>;
}

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;

/** Opens the declared collections and brings their indexes to what is declared. */
export function openDatabase({ sqlite, commits, resources, now, after }: DatabaseOptions): DocumentDatabase {
  prepareKeys(sqlite);
  const transactions = openTransactions(sqlite, commits, after ?? byTheClock);
  const collections = new Map(
    resources.collections.map((declaration) => [
      declaration.name,
      openCollection(sqlite, declaration, transactions.watch),
    ]),
  );
  syncIndexes(sqlite, resources.collections, collections);

  const everything = compileFilter({}, 0);
  const collectionNamed = (name: string): Collection => {
    const collection = collections.get(name);
    if (collection !== undefined) return collection;
    throw new CloudError('DATABASE_COLLECTION_NOT_EXIST', `[ResourceNotFound] Db or Table not exist: ${name}.`);
  };

  const collectionOf = (body: JsonObject, allowed?: 'transactionId'): Collection => {
    for (const name of ['transactionId', 'instance', 'database']) {
      if (name !== allowed && optionalText(body, name) !== undefined) throw unsupported(name);
    }
    return collectionNamed(text(body, 'collectionName'));
  };

  const targetOf = (body: JsonObject): Target => {
    const collection = collectionOf(body, 'transactionId');
    const id = optionalText(body, 'transactionId');
    if (id === undefined) {
      return {
        find: (filter, limit, order) => readInParts(commits, () => collection.finding(filter, limit, order)),
        write: (work) => transactions.write(() => work(collection)),
      };
    }
    const within: Target['write'] = (work) => transactions.run(id, collection, work);
    return {
      find: (filter, limit, order) => within((documents) => documents.find(filter, limit, order)),
      write: within,
    };
  };

  function* rowsOf(collection: Collection, first: Filter, others: ReadonlyMap<string, Collection>) {
    const found = yield* collection.finding(first);
    const joined = new Map<string, Row[]>();
    for (const [name, other] of others) joined.set(name, yield* other.finding(everything));
    return { found, joined };
  }

  const actions = {
    'database.insertDocument': async (body) => {
      const target = targetOf(body);
      const at = now();
      const documents = texts(body, 'data').map((data) => newDocument(parseJson(data, 'data'), at));
      if (documents.length === 0) throw new CloudError('INVALID_PARAM', 'data must hold at least one document');
      // Many documents are inserted in order up to the first that fails, as MongoDB does: those before it stay.
      await target.write((collection) => {
        for (const document of documents) collection.insert(document, 'Insert');
      });
      return { data: { insertedIds: documents.map((document) => document._id) } };
    },

    'database.getDocument': async (body) => {
      const target = targetOf(body);
      const filter = filterOf(body, now());
      const offset = wholeNumber(body, 'offset', { min: 0, max: Number.MAX_SAFE_INTEGER, fallback: 0 });
      const limit = wholeNumber(body, 'limit', { min: 1, max: MAX_LIMIT, fallback: DEFAULT_LIMIT });
      const order = decodedText(body, 'order', decodeOrder);
      const projection = decodedText(body, 'projection', decodeProjection);
      const enough = offset + limit;
      const rows = await target.find(filter, enough, order);
      const list = rows.slice(offset).map((row) => (projection ? encode(projection(row.document)) : textOf(row)));
      return { data: { list }, limit, offset };
    },

    'database.calculateDocument': async (body) => {
      const collection = collectionOf(body);
      const filter = filterOf(body, now());
      return { data: { total: await readInParts(commits, () => collection.counting(filter)) } };
    },

    'database.aggregateDocuments': async (body) => {
      const collection = collectionOf(body);
      const { first, joined, run } = compileAggregation(objects(body, 'stages'), now());
      const others = new Map(joined.map((name) => [name, collectionNamed(name)]));
      const rows = await readInParts(commits, () => rowsOf(collection, first, others));
      const documentsOf = (found: readonly Row[] = []) => found.map((row) => row.document);
      // The library may change what it is given, and is given a collection as often as it is joined.
      const list = run(documentsOf(rows.found), (name) => documentsOf(rows.joined.get(name)).map(cloneFields));
      return { data: { list: list.map((fields) => encode(fields)) } };
    },

    'database.modifyDocument': async (body) => {
      const target = targetOf(body);
      const filter = filterOf(body, now());
      const data = parseJson(text(body, 'data'), 'data');
      const [merge, multi, isUpsert] = [flag(body, 'merge'), isMulti(body), flag(body, 'upsert')];
      if (!merge && multi) throw unsupported('a replacement of many documents');
      const at = now();
      const fields = merge && isUpsert ? fieldsOfQuery(queryOf(body), at) : undefined;
      const { updated, upsertId } = await target.write((collection) => {
        if (!merge) return setOne(collection, filter, compileReplacement(data, at), isUpsert);
        const update = compileUpdate(data, at);
        return fields === undefined
          ? updateAll(collection, filter, update, multi)
          : upsert(collection, filter, update, { multi, fields });
      });
      return { data: { updated, upsert_id: upsertId } };
    },

    'database.modifyAndReturnDoc': async (body) => {
      const target = targetOf(body);
      const filter = filterOf(body, now());
      const update = compileUpdate(parseJson(text(body, 'data'), 'data'), now());
      const updated = await target.write((collection) => updateFirst(collection, filter, update));
      return { data: { updated: updated === undefined ? 0 : 1, doc: updated === undefined ? null : encode(updated) } };
    },

    'database.removeDocument': async (body) => {
      const target = targetOf(body);
      const filter = filterOf(body, now());
      const multi = isMulti(body);
      const rows = await target.write((collection) => {
        const found = collection.find(filter, multi ? undefined : 1);
        for (const row of found) collection.remove(row);
        return found;
      });
      return { data: { deleted: rows.length } };
    },

    'database.startTransaction': () => Promise.resolve({ transactionId: transactions.start() }),

    'database.commitTransaction': async (body) => {
      await transactions.commit(text(body, 'transactionId'));
      return {};
    },

    'database.abortTransaction': (body) => {
      transactions.abort(text(body, 'transactionId'));
      return Promise.resolve({});
    },
  } satisfies Record<string, Action>;

  const ofEach = (figure: (collection: Collection) => number): Record<string, number> =>
    Object.fromEntries([...collections].map(([name, collection]) => [name, figure(collection)]));
  return {
    actions,
    collections,
    counts: () => ofEach((collection) => collection.count(everything)),
    scans: () => ofEach((collection) => collection.scans()),
    async clear() {
      transactions.endAll();
      await commits.write(() => {
        for (const table of ['document', 'index_entry']) sqlite.prepare(`DELETE FROM ${table}`).run();
      });
    },
    close: transactions.close,
  };
}

/** A row's document as Extended JSON, which is how it is stored. */
function textOf(row: Row): string {
  // The document of a stored row is read only when it is asked for.
  return row.body ?? encode(row.document);
}

function filterOf(body: JsonObject, now: number): Filter {
  return compileFilter(queryOf(body), now);
}

function queryOf(body: JsonObject): Json {
  const query = optionalText(body, 'query');
  return query === undefined ? {} : parseJson(query, 'query');
}

/** Whether all that match are meant; in a transaction one at most, as in the cloud. */
function isMulti(body: JsonObject): boolean {
  const multi = flag(body, 'multi');
  if (multi && optionalText(body, 'transactionId') !== undefined) {
    throw unsupported('a change of many documents in a transaction');
  }
  return multi;
}

function decodedText<T>(body: JsonObject, name: string, decode: (json: Json) => T): T | undefined {
  const value = optionalText(body, name);
  return value === undefined ? undefined : decode(parseJson(value, name));
}
