import { instant, sessionHandle } from '../../../protocol';
import type {
  ClaimSession,
  CounterSession,
  CreateSession,
  HinderSession,
  LoadSession,
} from '../../_core/showing/counter-session';
import type { DeleteSessions } from '../../_core/jobs/forget-sessions';
import { countOf, database, only } from './app';

/** A session as it lies in the collection `counter_sessions`, under its handle. */
interface SessionDocument extends Omit<CounterSession, 'handle' | 'claimedBy'> {
  readonly _id: string;
  /** Absent rather than null while nobody has claimed it. */
  readonly claimedBy?: NonNullable<CounterSession['claimedBy']>;
}

export interface CounterSessions {
  readonly createSession: CreateSession;
  readonly loadSession: LoadSession;
  readonly claimSession: ClaimSession;
  readonly hinderSession: HinderSession;
  readonly deleteSessions: DeleteSessions;
}

/** Counters' sessions in the collection `counter_sessions`. */
export const createCounterSessions = (): CounterSessions => {
  const collection = database.collection('counter_sessions');
  const { command } = database;
  return {
    createSession: async ({ handle, claimedBy: _nobody, ...session }) => {
      await collection.add({ _id: handle, ...session });
    },
    loadSession: async (handle) => {
      // Only `createSession` and the updates below write to this collection.
      const found = only(await collection.where({ _id: handle }).limit(1).get()) as SessionDocument | null;
      if (!found) return null;
      const { _id, claimedBy, openedAt, expiresAt, ...session } = found;
      const times = { openedAt: instant(openedAt), expiresAt: instant(expiresAt) };
      return { ...session, ...times, handle: sessionHandle(_id), claimedBy: claimedBy ?? null };
    },
    claimSession: async ({ handle }, claimedBy) => {
      const query = { _id: handle, claimedBy: command.exists(false), expiresAt: command.gt(claimedBy.at) };
      const answer = (await collection.where(query).update({ claimedBy: command.set(claimedBy) })) as {
        updated?: unknown;
      };
      return countOf(answer.updated) === 1;
    },
    deleteSessions: async (before) => {
      const answer = (await collection.where({ expiresAt: command.lt(before) }).remove()) as { deleted?: unknown };
      return countOf(answer.deleted);
    },
    hinderSession: async ({ handle }, hindrance) => {
      await collection.where({ _id: handle }).update({ hindrance });
    },
  };
};
