import { instant } from '../../../protocol';
import type { Visit, VisitPorts } from '../../_core/operators/visit';
import { countOf, database, isDuplicate, only } from './app';

/** A visit as it lies in the collection `visits`; the operator is absent until the number was typed. */
type VisitDocument = Omit<Visit, 'id' | 'operator'> & { readonly _id: string; readonly operator?: string };

/** Holders at counters in the collection `visits`. */
export const createVisits = (): Pick<VisitPorts, 'createVisit' | 'claimVisit' | 'countTry' | 'endVisit'> & {
  readonly forgetVisits: (before: number) => Promise<number>;
} => {
  const collection = database.collection('visits');
  const { command } = database;
  return {
    createVisit: async ({ id, operator: _nobody, ...visit }, at) => {
      try {
        await collection.add({ _id: id, ...visit });
        return true;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        const anew = { ...visit, subject: command.set(visit.subject), operator: command.remove() };
        const over = { _id: id, expiresAt: command.lte(at) };
        const answer = (await collection.where(over).update(anew)) as { updated?: unknown };
        return countOf(answer.updated) === 1;
      }
    },
    claimVisit: async (id, operator, at) => {
      const isFree = command.or({ operator }, { operator: command.exists(false) });
      // What this operator has claimed before counts as claimed again, though the write changes nothing.
      await collection.where(command.and({ _id: id, expiresAt: command.gt(at) }, isFree)).update({ operator });
      const query = { _id: id, operator, expiresAt: command.gt(at) };
      const found = only(await collection.where(query).limit(1).get()) as VisitDocument | null;
      if (!found) return null;
      const { _id, subject, by, expiresAt, tries } = found;
      return { id: _id, subject, by, expiresAt: instant(expiresAt), tries, operator };
    },
    countTry: async ({ id, tries }) => {
      const answer = (await collection.where({ _id: id, tries }).update({ tries: tries + 1 })) as { updated?: unknown };
      return countOf(answer.updated) === 1;
    },
    endVisit: async (id) => {
      await collection.where({ _id: id }).remove();
    },
    forgetVisits: async (before) => {
      const answer = (await collection.where({ expiresAt: command.lt(before) }).remove()) as { deleted?: unknown };
      return countOf(answer.deleted);
    },
  };
};
