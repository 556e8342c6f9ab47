import { createHash } from 'node:crypto';
import type { SealedKey } from '../../_core/sealed-key';
import type { Sealing } from '../crypto/sealing';
import { countOf, database, isDuplicate, only } from './app';

/** What the provider of OAuth keeps: a token, a pushed request, the trace of a proof that was used. */
export interface OauthRecord {
  /** What it is of, and its name among those: a token's name is the token itself. */
  readonly model: string;
  readonly id: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** What falls with it, where it is of a grant. */
  readonly grantId?: string | undefined;
  /** Another name, where it has one. */
  readonly uid?: string | undefined;
  /** In milliseconds since 1970. */
  readonly expiresAt: number;
}

/** A record that was found, and when it was used up, in milliseconds since 1970. */
export interface FoundRecord {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly consumedAt: number | null;
}

/**
 * A record as it lies in its collection. Names are there as hashes, since a token's name is the token; the payload may
 * speak of a person and is sealed under a key of its own. A copy of the database can neither use nor read one.
 */
interface RecordDocument {
  readonly _id: string;
  readonly grant?: string;
  readonly uid?: string;
  readonly expiresAt: number;
  readonly consumedAt?: number;
  readonly dataKey: SealedKey;
  readonly sealed: string;
}

export interface OauthRecords {
  /** Keeps a record that must be the first of its name. @returns false where there is one */
  readonly addRecord: (record: OauthRecord) => Promise<boolean>;
  /** Keeps a record in place of one of the same name. */
  readonly putRecord: (record: OauthRecord) => Promise<void>;
  /** Replaces a record, in one conditional write. @returns false where it was used up before or is gone */
  readonly replaceUnusedRecord: (record: OauthRecord) => Promise<boolean>;
  readonly loadRecord: (model: string, id: string) => Promise<FoundRecord | null>;
  readonly loadRecordByUid: (model: string, uid: string) => Promise<FoundRecord | null>;
  /** Uses a record up, in one conditional write. @returns false where it was used up before or is gone */
  readonly consumeRecord: (model: string, id: string, at: number) => Promise<boolean>;
  /** @returns false where it was gone; of all who try at the same time one removes it */
  readonly removeRecord: (model: string, id: string) => Promise<boolean>;
  /** Removes all records of a grant. */
  readonly removeGrant: (grantId: string) => Promise<void>;
  /** Forgets what was over before then. @returns how many */
  readonly forgetOauthRecords: (before: number) => Promise<number>;
}

const hashed = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

const idOf = (model: string, id: string): string => hashed(model, id);
const uidOf = (model: string, uid: string): string => hashed(model, 'uid', uid);
const grantOf = (grantId: string): string => hashed('grant', grantId);

/** What a provider of OAuth keeps, in the collection `oauth_records` or in the one that is named. */
export const createOauthRecords = (
  sealing: Sealing,
  name: 'oauth_records' | 'sandbox_records' = 'oauth_records',
): OauthRecords => {
  const collection = database.collection(name);
  const { command } = database;
  const context = (_id: string): string => `oauth record ${_id}`;

  const toDocument = ({ model, id, payload, grantId, uid, expiresAt }: OauthRecord): RecordDocument => {
    const _id = idOf(model, id);
    const dataKey = sealing.newDataKey();
    return {
      _id,
      ...(grantId === undefined ? {} : { grant: grantOf(grantId) }),
      ...(uid === undefined ? {} : { uid: uidOf(model, uid) }),
      expiresAt,
      dataKey,
      sealed: sealing.seal(dataKey, context(_id), Buffer.from(JSON.stringify(payload))),
    };
  };

  const load = async (query: { readonly _id: string } | { readonly uid: string }): Promise<FoundRecord | null> => {
    // Only this adapter writes to this collection.
    const found = only(await collection.where(query).limit(1).get()) as RecordDocument | null;
    if (!found) return null;
    const plain = sealing.open(found.dataKey, context(found._id), found.sealed).toString();
    const payload = JSON.parse(plain) as FoundRecord['payload'];
    return { payload, consumedAt: found.consumedAt ?? null };
  };

  return {
    addRecord: async (record) => {
      try {
        await collection.add(toDocument(record));
        return true;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return false;
      }
    },
    putRecord: async (record) => {
      const { _id, ...fields } = toDocument(record);
      await collection.doc(_id).set(fields);
    },
    replaceUnusedRecord: async (record) => {
      const { _id, ...fields } = toDocument(record);
      const unused = { _id, consumedAt: command.exists(false) };
      const answer = (await collection.where(unused).update(fields)) as { updated?: unknown };
      return countOf(answer.updated) === 1;
    },
    loadRecord: (model, id) => load({ _id: idOf(model, id) }),
    loadRecordByUid: (model, uid) => load({ uid: uidOf(model, uid) }),
    consumeRecord: async (model, id, at) => {
      const query = { _id: idOf(model, id), consumedAt: command.exists(false) };
      const answer = (await collection.where(query).update({ consumedAt: at })) as { updated?: unknown };
      return countOf(answer.updated) === 1;
    },
    removeRecord: async (model, id) => {
      const answer = (await collection.where({ _id: idOf(model, id) }).remove()) as { deleted?: unknown };
      return countOf(answer.deleted) === 1;
    },
    removeGrant: async (grantId) => {
      await collection.where({ grant: grantOf(grantId) }).remove();
    },
    forgetOauthRecords: async (before) => {
      const answer = (await collection.where({ expiresAt: command.lt(before) }).remove()) as { deleted?: unknown };
      return countOf(answer.deleted);
    },
  };
};
