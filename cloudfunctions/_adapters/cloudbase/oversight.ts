import { eventId, instant } from '../../../protocol';
import type { OpenEvent } from '../../_core/event';
import type { OversightPorts } from '../../_core/operators/oversight';
import { countOf, database } from './app';

/** An event of the collection `events` that is somebody's act. */
interface ActDocument {
  readonly _id: string;
  readonly act: number;
  readonly open: OpenEvent['open'];
}

/** Figures and acts, over all that is stored. */
export const createOversight = (): Pick<OversightPorts, 'countCasesIn' | 'countCards' | 'listAudit'> => {
  const { command } = database;
  const count = async (collection: string, query: object): Promise<number> => {
    const answer = (await database.collection(collection).where(query).count()) as { total?: unknown };
    return countOf(answer.total);
  };
  return {
    countCasesIn: (state) => count('cases', { state }),
    countCards: (status, tier) => count('identities', { 'card.status': status, 'card.tier': tier }),
    listAudit: async (before, limit) => {
      // The first condition alone bounds the index; the second parts those of the same instant.
      const query = before
        ? command.and(
            { act: command.lte(before.at) },
            command.or({ act: command.lt(before.at) }, { _id: command.lt(before.id) }),
          )
        : { act: command.gte(0) };
      const ordered = database.collection('events').where(query).orderBy('act', 'desc').orderBy('_id', 'desc');
      const { data } = (await ordered.limit(limit).get()) as { data: readonly ActDocument[] };
      return data.map(({ _id, act, open }) => ({ id: eventId(_id), at: instant(act), ...open }));
    },
  };
};
