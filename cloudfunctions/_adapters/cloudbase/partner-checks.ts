import { eventId, instant } from '../../../protocol';
import type { CheckRecord } from '../../_core/happening';
import type { ListPartnerChecks } from '../../_core/partners/checks';
import type { QuotaPorts } from '../../_core/partners/quota';
import { countOf, database } from './app';

interface CheckDocument {
  readonly _id: string;
  readonly at: number;
  readonly check: CheckRecord;
}

/** The checks of partners in the collection `events`, by the partner's part of each, which is in clear. */
export const createPartnerChecks = (): {
  readonly listPartnerChecks: ListPartnerChecks;
  readonly countChecks: QuotaPorts['countChecks'];
} => {
  const collection = database.collection('events');
  const { command } = database;
  return {
    listPartnerChecks: async ({ partner, verifier, before, from }, limit) => {
      const own = { 'check.partner': partner, ...(verifier && { 'check.verifier': verifier }) };
      // The first condition alone bounds the index; the second parts those of the same instant.
      const query = before
        ? command.and(
            { ...own, at: command.and(command.gte(from), command.lte(before.at)) },
            command.or({ at: command.lt(before.at) }, { _id: command.lt(before.id) }),
          )
        : { ...own, at: command.gte(from) };
      const answer = await collection.where(query).orderBy('at', 'desc').orderBy('_id', 'desc').limit(limit).get();
      // Only a check's event has a partner's part.
      const found = answer.data as readonly CheckDocument[];
      return found.map(({ _id, at, check }) => ({ id: eventId(_id), at: instant(at), check }));
    },
    countChecks: async (partner, purpose, from, to) => {
      const at = command.and(command.gte(from), command.lt(to));
      const query = { 'check.partner': partner, 'check.purpose': purpose, at };
      const answer = (await collection.where(query).count()) as { total?: unknown };
      return countOf(answer.total);
    },
  };
};
