import { eventId, instant } from '../../../protocol';
import type { OpenHappening } from '../../_core/happening';
import type { OversightPorts } from '../../_core/operators/oversight';
import { countOf, database } from './app';

/** What is nobody's act: pictures that were destroyed, and what staff said of a look. */
const noActs = ['evidence_destroyed', 'look_reported'] as const satisfies readonly OpenHappening['kind'][];

interface ActDocument {
  readonly _id: string;
  readonly at: number;
  readonly open: { readonly content: OpenHappening };
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
      const acts = { 'open.salt': command.exists(true), 'open.content.kind': command.nin([...noActs]) };
      const query = before
        ? command.and(
            { ...acts, at: command.lte(before.at) },
            command.or({ at: command.lt(before.at) }, { _id: command.lt(before.id) }),
          )
        : acts;
      const ordered = database.collection('events').where(query).orderBy('at', 'desc').orderBy('_id', 'desc');
      const { data } = (await ordered.limit(limit).get()) as { data: readonly ActDocument[] };
      return data.map(({ _id, at, open }) => ({
        id: eventId(_id),
        at: instant(at),
        content: JSON.stringify(open.content),
      }));
    },
  };
};
