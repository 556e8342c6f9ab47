import type {
  Ask,
  AnswerSession,
  BeginDecline,
  DeclineSession,
  EraseRelease,
  LoadRelease,
  Release,
} from '../../_core/asks/ask';
import type { EraseReleases } from '../../_core/jobs/erase-releases';
import type { Instant, SessionHandle } from '../../../protocol';
import type { Sealing } from '../crypto/sealing';
import { countOf, database, only } from './app';
import type { SessionDocument } from './counter-sessions';

export interface Asks {
  readonly answerSession: AnswerSession;
  readonly beginDecline: BeginDecline;
  readonly declineSession: DeclineSession;
  readonly loadRelease: LoadRelease;
  readonly eraseRelease: EraseRelease;
  readonly eraseReleases: EraseReleases;
}

const contextOf = (session: SessionHandle): string => `release ${session}`;

/** What holders said to asks, in the asks' documents in `counter_sessions`: what they released lies sealed under a key of its own. */
export const createAsks = (sealing: Sealing): Asks => {
  const collection = database.collection('counter_sessions');
  const { command } = database;

  /** Where nothing was said before, and the ask was not over then. */
  const unsaid = (session: SessionHandle, at: Instant) => ({
    _id: session,
    'ask.outcome': command.exists(false),
    'ask.expiresAt': command.gt(at),
  });

  /** Writes what a holder said. */
  const say = async (
    query: ReturnType<typeof unsaid>,
    outcome: NonNullable<Ask['outcome']>,
    more: Pick<SessionDocument, 'release'> = {},
  ): Promise<boolean> => {
    const answer = (await collection.where(query).update({ 'ask.outcome': command.set(outcome), ...more })) as {
      updated?: unknown;
    };
    return countOf(answer.updated) === 1;
  };

  return {
    answerSession: (session, release, at) => {
      const dataKey = sealing.newDataKey();
      const sealed = sealing.seal(dataKey, contextOf(session), Buffer.from(JSON.stringify(release)));
      const unhindered = { ...unsaid(session, at), hindrance: null };
      return say(unhindered, { kind: 'answered', at }, { release: { dataKey, sealed } });
    },
    beginDecline: async (session, at) => {
      await collection.where(unsaid(session, at)).update({ 'ask.isBeingDeclined': true });
    },
    declineSession: (session, at) => say(unsaid(session, at), { kind: 'declined', at }),
    loadRelease: async (session) => {
      const found = only(await collection.where({ _id: session }).limit(1).get()) as SessionDocument | null;
      if (!found?.release) return null;
      const { dataKey, sealed } = found.release;
      // Only `answerSession` writes one.
      return JSON.parse(sealing.open(dataKey, contextOf(session), sealed).toString()) as Release;
    },
    eraseRelease: async (session) => {
      await collection.where({ _id: session }).update({ release: command.remove() });
    },
    eraseReleases: async (before: Instant) => {
      const query = { expiresAt: command.lt(before), release: command.exists(true) };
      const answer = (await collection.where(query).update({ release: command.remove() })) as { updated?: unknown };
      return countOf(answer.updated);
    },
  };
};
