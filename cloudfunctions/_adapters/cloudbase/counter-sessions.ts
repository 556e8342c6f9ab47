import { instant, sessionHandle } from '../../../protocol';
import type {
  ClaimSession,
  CounterSession,
  CreateSession,
  HinderSession,
  LoadSession,
} from '../../_core/showing/counter-session';
import type { Ask } from '../../_core/asks/ask';
import type { DeleteSessions } from '../../_core/jobs/forget-sessions';
import type { SealedKey } from '../../_core/sealed-key';
import { countOf, database, only } from './app';

/** An ask as it lies in its session's document; the outcome is absent while there is none, and that it is being declined while it is not. */
type AskDocument = Omit<Ask, 'outcome' | 'isBeingDeclined'> & {
  readonly isBeingDeclined?: boolean;
  readonly outcome?: NonNullable<Ask['outcome']>;
};

/** A session as it lies in the collection `counter_sessions`, under its handle. */
export interface SessionDocument extends Omit<CounterSession, 'handle' | 'claimedBy' | 'ask'> {
  readonly _id: string;
  /** Absent rather than null while nobody has claimed it. */
  readonly claimedBy?: NonNullable<CounterSession['claimedBy']>;
  /** Absent of a counter's own. */
  readonly ask?: AskDocument;
  /** What an ask released, under a key of its own; absent until it was answered, and once it was fetched. */
  readonly release?: { readonly dataKey: SealedKey; readonly sealed: string };
}

const askOf = ({ expiresAt, isBeingDeclined, outcome, ...ask }: AskDocument): Ask => ({
  ...ask,
  expiresAt: instant(expiresAt),
  isBeingDeclined: isBeingDeclined ?? false,
  outcome: outcome ? { ...outcome, at: instant(outcome.at) } : null,
});

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
    createSession: async ({ handle, claimedBy: _nobody, ask, ...session }) => {
      const { outcome: _none, isBeingDeclined: _not, ...asked } = ask ?? {};
      await collection.add({ _id: handle, ...session, ...(ask && { ask: asked }) });
    },
    loadSession: async (handle) => {
      // Only `createSession`, the updates below and those of asks write to this collection.
      const found = only(await collection.where({ _id: handle }).limit(1).get()) as SessionDocument | null;
      if (!found) return null;
      const { _id, claimedBy, openedAt, expiresAt, ask, release: _sealed, ...session } = found;
      const times = { openedAt: instant(openedAt), expiresAt: instant(expiresAt) };
      return {
        ...session,
        ...times,
        handle: sessionHandle(_id),
        claimedBy: claimedBy ?? null,
        ask: ask ? askOf(ask) : null,
      };
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
      await collection.where({ _id: handle, 'ask.outcome': command.exists(false) }).update({ hindrance });
    },
  };
};
