import { instant, sessionHandle, type AccountKey, type SessionHandle } from '../../../protocol';
import type { CreateAskNumber, EndAskNumbers, LoadAskNumber, TakeAskNumber } from '../../_core/asks/ask-number';
import { countOf, database, isDuplicate, only } from './app';

/** A number as it lies in the collection `ask_numbers`, under its keyed hash; the session is absent until one has asked by it. */
interface NumberDocument {
  readonly _id: string;
  readonly account: AccountKey;
  readonly expiresAt: number;
  readonly session?: SessionHandle;
}

export interface AskNumbers {
  readonly createAskNumber: CreateAskNumber;
  readonly loadAskNumber: LoadAskNumber;
  readonly endAskNumbers: EndAskNumbers;
  readonly takeAskNumber: TakeAskNumber;
  /** Removes numbers that ended before then. @returns how many there were */
  readonly forgetAskNumbers: (before: number) => Promise<number>;
}

/** Numbers by which holders are asked, in the collection `ask_numbers`. */
export const createAskNumbers = (): AskNumbers => {
  const collection = database.collection('ask_numbers');
  const { command } = database;
  return {
    createAskNumber: async ({ id, account, expiresAt }, at) => {
      try {
        await collection.add({ _id: id, account, expiresAt } satisfies NumberDocument);
        return true;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        const over = { _id: id, expiresAt: command.lte(at) };
        const anew = { account, expiresAt, session: command.remove() };
        const answer = (await collection.where(over).update(anew)) as { updated?: unknown };
        return countOf(answer.updated) === 1;
      }
    },
    loadAskNumber: async (id) => {
      // Only this adapter writes to this collection.
      const found = only(await collection.where({ _id: id }).limit(1).get()) as NumberDocument | null;
      if (!found) return null;
      const { account, expiresAt, session } = found;
      return {
        ...{ id, account, expiresAt: instant(expiresAt) },
        session: session === undefined ? null : sessionHandle(session),
      };
    },
    endAskNumbers: async (account) => {
      await collection.where({ account }).remove();
    },
    takeAskNumber: async (id, session, at) => {
      const query = { _id: id, expiresAt: command.gt(at), session: command.exists(false) };
      await collection.where(query).update({ session });
    },
    forgetAskNumbers: async (before) => {
      const answer = (await collection.where({ expiresAt: command.lt(before) }).remove()) as { deleted?: unknown };
      return countOf(answer.deleted);
    },
  };
};
