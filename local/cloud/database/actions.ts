import { randomBytes } from 'node:crypto';
import type { Resources } from '../../../cloudfunctions/resources';
import { flag, optionalText, text, texts, wholeNumber } from '../admin/parameters';
import { CloudError, unsupported } from '../cloud-error';
import type { Collection } from './collection';
import { openCollection } from './collection';
import type { Json, JsonObject } from './ejson';
import { decodeFields, encode, isJsonObject, parseJson } from './ejson';
import type { Order } from './find';
import { arrange, decodeOrder, decodeProjection } from './find';
import type { GroupCommit } from './group-commit';
import { syncIndexes } from './index-sync';
import { compileFilter } from './query';
import type { Filter } from './query';
import type { Sqlite } from './sqlite';
import { compileReplacement, compileUpdate } from './update';
import type { Document } from './value';
import { sameValue } from './value';

/** Handles one action's body and gives what stands beside `requestId` in the answer. */
export type Action = (body: JsonObject) => Promise<JsonObject>;

/** The document database: its actions by name, and what it holds. */
export interface DocumentDatabase {
  readonly actions: Readonly<Record<string, Action>>;
  readonly collections: ReadonlyMap<string, Collection>;
  counts(): Record<string, number>;
  /** How often each collection had to be read whole because no index served. */
  scans(): Record<string, number>;
}

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;

/** Opens the declared collections and brings their indexes to what is declared. */
export function openDatabase(
  sqlite: Sqlite,
  commits: GroupCommit,
  resources: Resources,
  clock: () => number,
): DocumentDatabase {
  const collections = new Map(
    resources.collections.map((declaration) => [declaration.name, openCollection(sqlite, declaration)]),
  );
  syncIndexes(sqlite, resources.collections, collections);

  const collectionOf = (body: JsonObject): Collection => {
    for (const name of ['transactionId', 'instance', 'database']) {
      if (optionalText(body, name) !== undefined) throw unsupported(name);
    }
    const name = text(body, 'collectionName');
    const collection = collections.get(name);
    if (collection !== undefined) return collection;
    throw new CloudError('DATABASE_COLLECTION_NOT_EXIST', `[ResourceNotFound] Db or Table not exist: ${name}.`);
  };

  const actions = {
    'database.insertDocument': async (body) => {
      const collection = collectionOf(body);
      const now = clock();
      const documents = texts(body, 'data').map((data) => newDocument(parseJson(data, 'data'), now));
      if (documents.length === 0) throw new CloudError('INVALID_PARAM', 'data must hold at least one document');
      // Many documents are inserted in order up to the first that fails, as MongoDB does: those before it stay.
      await commits.write(() => {
        for (const document of documents) collection.insert(document, 'Insert');
      });
      return { data: { insertedIds: documents.map((document) => document._id) } };
    },

    'database.getDocument': async (body) => {
      const collection = collectionOf(body);
      const filter = filterOf(body, clock());
      const offset = wholeNumber(body, 'offset', { min: 0, max: Number.MAX_SAFE_INTEGER, fallback: 0 });
      const limit = wholeNumber(body, 'limit', { min: 1, max: MAX_LIMIT, fallback: DEFAULT_LIMIT });
      const order = decodedText(body, 'order', decodeOrder);
      const projection = decodedText(body, 'projection', decodeProjection);
      const enough = offset + limit;
      const documents = await commits.read(() => {
        const direction = filter.isEmpty && order !== undefined ? onlyById(order) : undefined;
        if (direction !== undefined) return collection.byId(direction, enough);
        return collection.find(filter, order === undefined ? enough : undefined).map((row) => row.document);
      });
      const list = arrange(documents, { order, offset, limit, projection }).map((fields) => encode(fields));
      return { data: { list }, limit, offset };
    },

    'database.calculateDocument': async (body) => {
      const collection = collectionOf(body);
      const filter = filterOf(body, clock());
      return { data: { total: await commits.read(() => collection.count(filter)) } };
    },

    'database.modifyDocument': async (body) => {
      const collection = collectionOf(body);
      const filter = filterOf(body, clock());
      const data = parseJson(text(body, 'data'), 'data');
      const [merge, multi, upsert] = [flag(body, 'merge'), flag(body, 'multi'), flag(body, 'upsert')];
      if (merge && upsert) throw unsupported('an upsert with update operators');
      if (!merge && multi) throw unsupported('a replacement of many documents');
      const result = await commits.write(() =>
        merge ? updateAll(collection, filter, data, clock(), multi) : setOne(collection, filter, data, clock(), upsert),
      );
      return { data: { updated: result.updated, upsert_id: result.upsertId } };
    },

    'database.modifyAndReturnDoc': async (body) => {
      const collection = collectionOf(body);
      const filter = filterOf(body, clock());
      const update = compileUpdate(parseJson(text(body, 'data'), 'data'), clock());
      const updated = await commits.write(() => {
        const row = collection.find(filter, 1)[0];
        if (row === undefined) return undefined;
        const document = update(row.document);
        collection.replace(row, document);
        return document;
      });
      return { data: { updated: updated === undefined ? 0 : 1, doc: updated === undefined ? null : encode(updated) } };
    },

    'database.removeDocument': async (body) => {
      const collection = collectionOf(body);
      const filter = filterOf(body, clock());
      const multi = flag(body, 'multi');
      const rows = await commits.write(() => {
        const found = collection.find(filter, multi ? undefined : 1);
        for (const row of found) collection.remove(row);
        return found;
      });
      return { data: { deleted: rows.length } };
    },
  } satisfies Record<string, Action>;

  const everything = compileFilter({}, 0);
  const ofEach = (figure: (collection: Collection) => number): Record<string, number> =>
    Object.fromEntries([...collections].map(([name, collection]) => [name, figure(collection)]));
  return {
    actions,
    collections,
    counts: () => ofEach((collection) => collection.count(everything)),
    scans: () => ofEach((collection) => collection.scans()),
  };
}

/** The direction of an order that is by `_id` alone. */
function onlyById(order: Order): 1 | -1 | undefined {
  return Object.keys(order).length === 1 ? order['_id'] : undefined;
}

/** `updated` counts the documents that changed; one that already was as asked does not count. */
function updateAll(collection: Collection, filter: Filter, data: Json, now: number, multi: boolean) {
  const update = compileUpdate(data, now);
  let updated = 0;
  for (const row of collection.find(filter, multi ? undefined : 1)) {
    const document = update(row.document);
    if (sameValue(document, row.document)) continue;
    collection.replace(row, document);
    updated += 1;
  }
  return { updated, upsertId: null };
}

function setOne(collection: Collection, filter: Filter, data: Json, now: number, upsert: boolean) {
  const replacement = compileReplacement(data, now);
  const row = collection.find(filter, 1)[0];
  if (row !== undefined) {
    const document = replacement(row.document._id);
    const changed = !sameValue(document, row.document);
    if (changed) collection.replace(row, document);
    return { updated: changed ? 1 : 0, upsertId: null };
  }
  if (!upsert) return { updated: 0, upsertId: null };
  const id = filter.equalities.get('_id') ?? newId();
  const document = replacement(checkedId(id));
  collection.insert(document, 'Update');
  return { updated: 0, upsertId: document._id };
}

/** A document as it arrives, with an `_id` of its own where it has none. @param now what a server date stands for */
export function newDocument(json: Json, now: number): Document {
  if (!isJsonObject(json)) throw new CloudError('INVALID_PARAM', 'a document must be an object');
  const fields = decodeFields(json, now);
  return { _id: checkedId(fields['_id'] ?? newId()), ...fields };
}

function checkedId(id: unknown): string | number {
  if (typeof id === 'string' || typeof id === 'number') return id;
  throw unsupported('an _id that is neither a text nor a number');
}

function newId(): string {
  return randomBytes(16).toString('hex');
}

function filterOf(body: JsonObject, now: number): Filter {
  const query = optionalText(body, 'query');
  return compileFilter(query === undefined ? {} : parseJson(query, 'query'), now);
}

function decodedText<T>(body: JsonObject, name: string, decode: (json: Json) => T): T | undefined {
  const value = optionalText(body, name);
  return value === undefined ? undefined : decode(parseJson(value, name));
}
