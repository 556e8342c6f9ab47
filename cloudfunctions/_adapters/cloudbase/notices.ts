import { instant, noticeLineKey } from '../../../protocol';
import type {
  CreateNoticeLine,
  ForgetNoticeLines,
  LoadDueLines,
  LoadNoticeLine,
  NextDueClient,
  NoticeLine,
  ReplaceNoticeLine,
} from '../../_core/notices/notice';
import { countOf, database, isDuplicate, only } from './app';

/** A line as it lies in the collection `notices`, under its key. */
interface LineDocument extends Omit<NoticeLine, 'key' | 'dueAt'> {
  readonly _id: string;
  /** Absent rather than null: the index of what is due leaves out what is absent. */
  readonly dueAt?: number;
}

const toDocument = ({ key, dueAt, ...line }: NoticeLine): LineDocument => ({
  _id: key,
  ...line,
  ...(dueAt !== null && { dueAt }),
});

const fromDocument = ({ _id, dueAt, ...line }: LineDocument): NoticeLine => ({
  ...line,
  key: noticeLineKey(_id),
  dueAt: dueAt === undefined ? null : instant(dueAt),
});

/** What waits to be told to institutions' servers, in the collection `notices`. */
export const createNotices = (): {
  readonly loadNoticeLine: LoadNoticeLine;
  readonly createNoticeLine: CreateNoticeLine;
  readonly replaceNoticeLine: ReplaceNoticeLine;
  readonly nextDueClient: NextDueClient;
  readonly loadDueLines: LoadDueLines;
  readonly forgetNoticeLines: ForgetNoticeLines;
} => {
  const collection = database.collection('notices');
  const { command } = database;
  return {
    loadNoticeLine: async (key) => {
      // Only the two below write here.
      const found = only(await collection.where({ _id: key }).limit(1).get()) as LineDocument | null;
      return found && fromDocument(found);
    },
    createNoticeLine: async (created) => {
      try {
        await collection.add(toDocument(created));
        return true;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return false;
      }
    },
    replaceNoticeLine: async ({ key, revision }, next) => {
      const { waiting, dueAt, order, tries, keptUntil } = next;
      const answer = (await collection.where({ _id: key, revision }).update({
        ...{ revision: next.revision, order, tries, keptUntil },
        waiting: command.set(waiting),
        dueAt: dueAt === null ? command.remove() : command.set(dueAt),
      })) as { updated?: unknown };
      return countOf(answer.updated) === 1;
    },
    nextDueClient: async (after, at) => {
      const query = { client: command.gt(after), dueAt: command.lte(at) };
      const next = collection.where(query).orderBy('client', 'asc').limit(1).field({ client: true });
      return (only(await next.get()) as Pick<LineDocument, 'client'> | null)?.client ?? null;
    },
    loadDueLines: async (client, at, limit) => {
      const query = { client, dueAt: command.lte(at) };
      const due = collection.where(query).orderBy('dueAt', 'asc').limit(limit);
      return ((await due.get()) as { data: readonly LineDocument[] }).data.map(fromDocument);
    },
    forgetNoticeLines: async (before) => {
      const query = { keptUntil: command.lt(before), dueAt: command.exists(false) };
      const answer = (await collection.where(query).remove()) as { deleted?: unknown };
      return countOf(answer.deleted);
    },
  };
};
