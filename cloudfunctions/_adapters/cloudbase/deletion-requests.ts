import { instant, type EventId } from '../../../protocol';
import type {
  AnswerRequest,
  DeletionRequest,
  KeepDeletionRequest,
  ListDeletionRequests,
  LoadDeletionRequests,
} from '../../_core/rights/deletion-request';
import { countOf, database, isDuplicate } from './app';

/** A request as it lies in the collection `delete_requests`. */
interface RequestDocument extends Omit<DeletionRequest, 'id' | 'answered'> {
  readonly _id: EventId;
  readonly state: 'open' | 'answered';
  readonly answered?: NonNullable<DeletionRequest['answered']>;
}

const fromDocument = ({ _id, state: _state, ...found }: RequestDocument): DeletionRequest => ({
  id: _id,
  check: found.check,
  checkedAt: instant(found.checkedAt),
  partner: found.partner,
  shop: found.shop,
  terminal: found.terminal,
  purpose: found.purpose,
  claims: found.claims,
  receipt: found.receipt,
  askedAt: instant(found.askedAt),
  answered: found.answered ?? null,
});

/** Requests of holders to partners in the collection `delete_requests`: nothing in it leads to a holder. */
export const createDeletionRequests = (): {
  readonly keepDeletionRequest: KeepDeletionRequest;
  readonly loadDeletionRequests: LoadDeletionRequests;
  readonly listDeletionRequests: ListDeletionRequests;
  readonly answerRequest: AnswerRequest;
} => {
  const collection = database.collection('delete_requests');
  const { command } = database;
  return {
    keepDeletionRequest: async ({ id, answered: _none, ...request }) => {
      try {
        await collection.add({ _id: id, ...request, state: 'open' } satisfies RequestDocument);
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    },
    loadDeletionRequests: async (ids) => {
      if (ids.length === 0) return [];
      const answer = await collection
        .where({ _id: command.in([...ids]) })
        .limit(ids.length)
        .get();
      // Only `keepDeletionRequest` and `answerRequest` write to this collection.
      return (answer.data as readonly RequestDocument[]).map(fromDocument);
    },
    listDeletionRequests: async ({ partner, state, after }, limit) => {
      const own = { partner, state };
      const [order, reaches, beyond] =
        state === 'open' ? (['asc', 'gte', 'gt'] as const) : (['desc', 'lte', 'lt'] as const);
      // The first condition alone bounds the index; the second parts those of the same instant.
      const query = after
        ? command.and(
            { ...own, askedAt: command[reaches](after.at) },
            command.or({ askedAt: command[beyond](after.at) }, { _id: command[beyond](after.id) }),
          )
        : own;
      const answer = await collection.where(query).orderBy('askedAt', order).orderBy('_id', order).limit(limit).get();
      return (answer.data as readonly RequestDocument[]).map(fromDocument);
    },
    answerRequest: async (id, partner, answered) => {
      const query = { _id: id, partner, state: 'open' };
      const answer = (await collection.where(query).update({ state: 'answered', answered })) as { updated?: unknown };
      return countOf(answer.updated) === 1;
    },
  };
};
