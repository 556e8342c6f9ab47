import { eventId, instant, type CalendarDate, type Instant, type SessionHandle, type Sha256 } from '../../../protocol';
import type { Now } from '../ambient-ports';
import type { DeclineSession, EraseRelease, LoadRelease } from '../asks/ask';
import type { AskNumberIdOf, TakeAskNumber } from '../asks/ask-number';
import type { OpenAsk } from '../asks/open-ask';
import { derivedId } from '../derived-id';
import type { TakeTurn } from '../rate-limit';
import { refuse } from '../result';
import { isAsk, type CreateSession, type LoadSession } from '../showing/counter-session';
import type { SignReceipt } from '../showing/redeem-code';
import { askOutcomes, refusedAsks, type Happens } from './forced-outcomes';
import type { Forced, SandboxStore } from './sandbox-store';
import { asItStands } from './standing';
import { tellTestPerson } from './tell';
import { testPersonOf } from './test-persons';

export interface SandboxAskPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly sha256: Sha256;
  readonly signReceipt: SignReceipt;
  readonly store: SandboxStore;
}

/** Sessions that test persons answer, as far as the use cases of asks and counters need to see them. */
export interface SandboxAsks {
  readonly createSession: CreateSession;
  readonly loadSession: LoadSession;
  readonly askNumberIdOf: AskNumberIdOf;
  readonly takeAskNumber: TakeAskNumber;
  readonly loadRelease: LoadRelease;
  readonly eraseRelease: EraseRelease;
  readonly declineSession: DeclineSession;
  /** Forces the outcome of that name for a session where none was. @returns whether it is that one now */
  readonly choose: (session: SessionHandle, outcome: string) => Promise<boolean>;
  /** Whether polls of a session hear to slow down now. */
  readonly isSlowed: (session: SessionHandle) => Promise<boolean>;
}

const forcedAt = (happens: Happens, at: Instant, afterMs = 0, slowMs = 0): Forced => ({
  ...{ happens, chosenAt: at, dueAt: instant(at + afterMs), slowUntil: instant(at + slowMs) },
});

/** Asks of the sandbox, over what it keeps. */
export const createSandboxAsks = (ports: SandboxAskPorts): SandboxAsks => {
  const { now, store } = ports;

  const force = async (session: SessionHandle, outcome: (typeof askOutcomes)[number], at: Instant): Promise<boolean> =>
    store.force(session, forcedAt(outcome.happens, at, outcome.afterMs, outcome.slowMs));

  const loadSession: LoadSession = async (handle) => {
    const session = await store.findSession(handle);
    return session && asItStands(session, await store.findForced(handle), now());
  };

  return {
    createSession: store.putSession,
    loadSession,
    // Of a number that is in the documentation there is nothing to hide.
    askNumberIdOf: (number) => number,
    takeAskNumber: async (number, session, at) => {
      const outcome = askOutcomes.find((one) => one.number === number);
      if (outcome) await force(session, outcome, at);
    },
    loadRelease: async (handle) => {
      const [session, forced] = [await store.findSession(handle), await store.findForced(handle)];
      if (!session || forced?.happens.kind !== 'tells' || forced.isFetched) return null;
      const person = testPersonOf(forced.happens.person);
      if (!person) return null;
      const answer = tellTestPerson(ports, {
        id: eventId(derivedId(ports.sha256, `sandbox ask ${handle}`)),
        ...{ person, place: session, purpose: session.purpose, claims: session.claims, counter: { isAsk: true } },
        ...{ at: forced.dueAt, on: ports.today() },
      });
      return { identity: person.key, card: person.card.id, answer, presentation: null };
    },
    eraseRelease: (handle) => store.fetch(handle, now()),
    declineSession: async (handle, at) => {
      const session = await loadSession(handle);
      if (!session || !isAsk(session) || session.ask.outcome !== null || session.ask.expiresAt <= at) return false;
      const declined = forcedAt({ kind: 'declines' }, at);
      return (await store.force(handle, declined)) || store.overrule(handle, declined);
    },
    choose: async (handle, name) => {
      const [session, at] = [await store.findSession(handle), now()];
      const outcome = askOutcomes.find(({ id }) => id === name);
      if (!outcome || !session || !isAsk(session) || session.ask.expiresAt <= at) return false;
      return force(handle, outcome, at);
    },
    isSlowed: async (handle) => {
      const forced = await store.findForced(handle);
      return forced !== null && now() < forced.slowUntil;
    },
  };
};

/**
 * Asks as `openAsk` does, but for numbers that force a refusal at once.
 * Refuses `not_in_sandbox` for a presentation: no credential is issued here.
 */
export const refusingByNumber =
  (openAsk: OpenAsk): OpenAsk =>
  async (caller, order) => {
    if (order.presentationNonce !== undefined) return refuse('not_in_sandbox');
    const { way } = order;
    const refused = way.kind === 'number' ? refusedAsks.find(({ number }) => number === way.number) : undefined;
    return refused ? refuse(refused.code) : openAsk(caller, order);
  };

/** Counts turns as `takeTurn` does, but for polls of asks that are to hear to slow down. @param polls the name of the limit of polls */
export const slowing =
  (takeTurn: TakeTurn, { isSlowed }: Pick<SandboxAsks, 'isSlowed'>, polls: string): TakeTurn =>
  async (limit, subject) => {
    const isPoll = limit.name === polls && subject.kind === 'ask';
    return isPoll && (await isSlowed(subject.session)) ? false : takeTurn(limit, subject);
  };
