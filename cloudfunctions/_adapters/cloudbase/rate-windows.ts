import type { Instant } from '../../../protocol';
import type { Now } from '../../_core/ambient-ports';
import type { ForgetWindows } from '../../_core/jobs/forget-windows';
import type { RateSubject, TakeTurn } from '../../_core/rate-limit';
import type { BlindIndex } from '../crypto/blind-index';
import { countOf, database, isDuplicate } from './app';

/** Where windows lie, each under the keyed hash of what it counts, and by which name when they end. */
type Place =
  | { readonly name: 'rate_windows'; readonly end: 'endsAt' }
  | { readonly name: 'sandbox_records'; readonly end: 'expiresAt' };

const ofService: Place = { name: 'rate_windows', end: 'endsAt' };

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

/** Counts turns in the collection `rate_windows`, or where it is told; addresses and accounts are there as keyed hashes alone. */
export const createTakeTurn = (
  index: Pick<BlindIndex, 'ofWindow'>,
  now: Now,
  { name: place, end }: Place = ofService,
): TakeTurn => {
  const collection = database.collection(place);
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
      await collection.add({ _id, turns: 1, [end]: (window + 1) * windowMs });
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
