import { accountKey, instant, sessionHandle, type AccountKey, type SessionHandle } from '../../../protocol';
import type { LoadAskNumber, PutAskNumber, TakeAskNumber } from '../../_core/asks/ask-number';
import { countOf, database, isDuplicate, only } from './app';

/** An account's only number as it lies in the collection `ask_numbers`, under the account; the session is absent until one has asked by it. */
interface NumberDocument {
  readonly _id: AccountKey;
  /** The number's keyed hash, unique among them. */
  readonly number: string;
  readonly expiresAt: number;
  readonly session?: SessionHandle;
}

export interface AskNumbers {
  readonly putAskNumber: PutAskNumber;
  readonly loadAskNumber: LoadAskNumber;
  readonly takeAskNumber: TakeAskNumber;
  /** Removes numbers that ended before then. @returns how many there were */
  readonly forgetAskNumbers: (before: number) => Promise<number>;
}

/** Numbers by which holders are asked, in the collection `ask_numbers`. */
export const createAskNumbers = (): AskNumbers => {
  const collection = database.collection('ask_numbers');
  const { command } = database;

  /** @returns false where another account's document has the number, whether it is over or not */
  const put = async (account: AccountKey, fields: Omit<NumberDocument, '_id'>): Promise<boolean> => {
    try {
      await collection.doc(account).set(fields);
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return false;
    }
  };

  return {
    putAskNumber: async ({ id: number, account, expiresAt }, at) => {
      const fields = { number, expiresAt };
      if (await put(account, fields)) return true;
      const over = { number, expiresAt: command.lte(at) };
      const answer = (await collection.where(over).remove()) as { deleted?: unknown };
      return countOf(answer.deleted) === 1 && put(account, fields);
    },
    loadAskNumber: async (number) => {
      // Only this adapter writes to this collection.
      const found = only(await collection.where({ number }).limit(1).get()) as NumberDocument | null;
      if (!found) return null;
      const { _id, expiresAt, session } = found;
      return {
        ...{ id: number, account: accountKey(_id), expiresAt: instant(expiresAt) },
        session: session === undefined ? null : sessionHandle(session),
      };
    },
    takeAskNumber: async (number, session, at) => {
      const query = { number, expiresAt: command.gt(at), session: command.exists(false) };
      await collection.where(query).update({ session });
    },
    forgetAskNumbers: async (before) => {
      const answer = (await collection.where({ expiresAt: command.lt(before) }).remove()) as { deleted?: unknown };
      return countOf(answer.deleted);
    },
  };
};
