import type { AccountKey, Instant, SessionHandle } from '../../protocol';
import type {
  Ask,
  AnswerSession,
  BeginDecline,
  DeclineSession,
  EraseRelease,
  LoadRelease,
  Release,
} from '../../cloudfunctions/_core/asks/ask';
import type { AskNumber, LoadAskNumber, PutAskNumber, TakeAskNumber } from '../../cloudfunctions/_core/asks/ask-number';
import { isAsk, type AskSession, type CounterSession } from '../../cloudfunctions/_core/showing/counter-session';
import { deepFreeze } from './freeze';

interface SessionsInMemory {
  readonly get: (handle: SessionHandle) => CounterSession | undefined;
  readonly put: (session: CounterSession) => void;
}

export interface AskPorts {
  readonly answerSession: AnswerSession;
  readonly beginDecline: BeginDecline;
  readonly declineSession: DeclineSession;
  readonly loadRelease: LoadRelease;
  readonly eraseRelease: EraseRelease;
}

/** What holders said to asks, over sessions in memory: each call is one atomic step. */
export const createAskPorts = ({ get, put }: SessionsInMemory): AskPorts => {
  const releases = new Map<SessionHandle, Release>();
  const unsaid = (handle: SessionHandle, at: Instant): AskSession | null => {
    const found = get(handle);
    return found && isAsk(found) && !found.ask.outcome && found.ask.expiresAt > at ? found : null;
  };
  const say = (found: AskSession | null, outcome: NonNullable<Ask['outcome']>): boolean => {
    if (found) put({ ...found, ask: { ...found.ask, outcome } });
    return found !== null;
  };
  return {
    answerSession: (handle, release, at) => {
      const found = unsaid(handle, at);
      const isSaid = say(found?.hindrance ? null : found, { kind: 'answered', at });
      if (isSaid) releases.set(handle, deepFreeze(release));
      return Promise.resolve(isSaid);
    },
    beginDecline: (handle, at) => {
      const found = unsaid(handle, at);
      if (found) put({ ...found, ask: { ...found.ask, isBeingDeclined: true } });
      return Promise.resolve();
    },
    declineSession: (handle, at) => Promise.resolve(say(unsaid(handle, at), { kind: 'declined', at })),
    loadRelease: (handle) => Promise.resolve(releases.get(handle) ?? null),
    eraseRelease: (handle) => {
      releases.delete(handle);
      return Promise.resolve();
    },
  };
};

export interface AskNumberPorts {
  readonly putAskNumber: PutAskNumber;
  readonly loadAskNumber: LoadAskNumber;
  readonly takeAskNumber: TakeAskNumber;
}

/** Numbers by which holders are asked, in memory: each call is one atomic step. */
export const createAskNumberStore = (): {
  readonly ports: AskNumberPorts;
  readonly all: () => readonly AskNumber[];
} => {
  const numbers = new Map<AccountKey, AskNumber>();
  const byId = (id: string): AskNumber | undefined => [...numbers.values()].find((one) => one.id === id);
  return {
    all: () => [...numbers.values()],
    ports: {
      putAskNumber: (drawn, at) => {
        const found = byId(drawn.id);
        const isFree = !found || found.account === drawn.account || found.expiresAt <= at;
        if (isFree && found) numbers.delete(found.account);
        if (isFree) numbers.set(drawn.account, deepFreeze(drawn));
        return Promise.resolve(isFree);
      },
      loadAskNumber: (id) => Promise.resolve(byId(id) ?? null),
      takeAskNumber: (id, session, at) => {
        const found = byId(id);
        if (found?.session === null && found.expiresAt > at) {
          numbers.set(found.account, deepFreeze({ ...found, session }));
        }
        return Promise.resolve();
      },
    },
  };
};
