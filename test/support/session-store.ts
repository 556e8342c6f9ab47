import type { SessionHandle } from '../../protocol';
import type {
  ClaimSession,
  CounterSession,
  CreateSession,
  HinderSession,
  LoadSession,
} from '../../cloudfunctions/_core/showing/counter-session';
import { createAskPorts, type AskPorts } from './ask-store';
import { deepFreeze } from './freeze';

export interface SessionPorts extends AskPorts {
  readonly createSession: CreateSession;
  readonly loadSession: LoadSession;
  readonly claimSession: ClaimSession;
  readonly hinderSession: HinderSession;
}

/** Counters' sessions in memory: each call is one atomic step. */
export const createSessionStore = (): {
  readonly ports: SessionPorts;
  readonly all: () => readonly CounterSession[];
} => {
  const sessions = new Map<SessionHandle, CounterSession>();
  const put = (session: CounterSession): void => void sessions.set(session.handle, deepFreeze(session));
  return {
    all: () => [...sessions.values()],
    ports: {
      createSession: (created) => {
        put(created);
        return Promise.resolve();
      },
      loadSession: (handle) => Promise.resolve(sessions.get(handle) ?? null),
      claimSession: ({ handle }, claimedBy) => {
        const found = sessions.get(handle);
        const isFree = found?.claimedBy === null && found.expiresAt > claimedBy.at;
        if (isFree) put({ ...found, claimedBy });
        return Promise.resolve(isFree);
      },
      hinderSession: ({ handle }, hindrance) => {
        const found = sessions.get(handle);
        if (found && !found.ask?.outcome) put({ ...found, hindrance });
        return Promise.resolve();
      },
      ...createAskPorts({ get: (handle) => sessions.get(handle), put }),
    },
  };
};
