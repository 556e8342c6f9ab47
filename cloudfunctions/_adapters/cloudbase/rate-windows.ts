import type { Instant } from '../../../protocol';
import type { Now } from '../../_core/ambient-ports';
import type { ForgetWindows } from '../../_core/jobs/forget-windows';
import type { RateSubject, TakeTurn } from '../../_core/rate-limit';
import type { BlindIndex } from '../crypto/blind-index';
import { countOf, database, isDuplicate } from './app';

/** A window as it lies in the collection `rate_windows`, under the keyed hash of what it counts. */
interface WindowDocument {
  readonly _id: string;
  readonly turns: number;
  readonly endsAt: number;
}

const nameOf = (subject: RateSubject): string => {
  switch (subject.kind) {
    case 'account':
      return subject.account;
    case 'address':
      return subject.address;
    case 'partner':
      return subject.partner;
    case 'client':
      return subject.client;
    case 'ask':
      return subject.session;
    case 'request':
      return subject.request;
    case 'everybody':
      return '';
  }
};

/** Counts turns in the collection `rate_windows`; addresses and accounts are there as keyed hashes alone. */
export const createTakeTurn = (index: Pick<BlindIndex, 'ofWindow'>, now: Now): TakeTurn => {
  const collection = database.collection('rate_windows');
  const { command } = database;
  return async ({ name, most, windowMs }, subject) => {
    const window = Math.floor(now() / windowMs);
    const _id = index.ofWindow([name, subject.kind, nameOf(subject), String(window)]);
    const count = async (): Promise<boolean> => {
      const query = { _id, turns: command.lt(most) };
      const answer = (await collection.where(query).update({ turns: command.inc(1) })) as { updated?: unknown };
      return countOf(answer.updated) === 1;
    };
    if (await count()) return true;
    try {
      await collection.add({ _id, turns: 1, endsAt: (window + 1) * windowMs } satisfies WindowDocument);
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // It is full, or another call has just begun it.
      return count();
    }
  };
};

/** Forgets windows that ended before then. */
export const forgetWindows: ForgetWindows = async (before: Instant) => {
  const query = { endsAt: database.command.lt(before) };
  const answer = (await database.collection('rate_windows').where(query).remove()) as { deleted?: unknown };
  return countOf(answer.deleted);
};
