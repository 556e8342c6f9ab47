import type { Verification, VerificationOrder } from '../../../protocol';
import type { Log, RandomBytes } from '../ambient-ports';
import { createOpenAsk, type AskKeyOf, type OpenAsk } from '../asks/open-ask';
import { createReadAsk, createTellHolder, type HolderNameOf, type ReadAsk, type TellHolder } from '../asks/read-ask';
import type { Consenting } from '../consents/consent';
import type { CounterKeyOf, InstitutionCaller } from '../institutions/counter';
import type { InstitutionCounterPorts } from '../institutions/open-counter';
import type { ReadVerificationPorts } from '../institutions/read-verification';
import type { IdentityBehind, ReferenceTo } from '../institutions/reference';
import type { ReferencePorts } from '../institutions/referred-card';
import type { TakeTurn } from '../rate-limit';
import type { Result } from '../result';
import type { NoteLookPorts } from '../showing/report-look';
import { createSandboxAsks, refusingByNumber, slowing, type SandboxAskPorts, type SandboxAsks } from './asks';
import { createSandboxLooks } from './looks';
import type { LastingGiven, SandboxStore } from './sandbox-store';
import { testPersonOf, type TestPerson } from './test-persons';
import { verifyMagicCode } from './verify-magic-code';

export interface SandboxPorts extends SandboxAskPorts {
  readonly randomBytes: RandomBytes;
  readonly log: Log;
  readonly takeTurn: TakeTurn;
  /** The name of the limit of an ask's polls. */
  readonly pollLimit: string;
  readonly counterKeyOf: CounterKeyOf;
  readonly askKeyOf: AskKeyOf;
  readonly referenceTo: ReferenceTo;
  readonly identityBehind: IdentityBehind;
  readonly holderNameOf: HolderNameOf;
}

/** What institutions ask of test persons. */
export interface Sandbox {
  readonly takeTurn: TakeTurn;
  readonly sessions: Pick<SandboxAsks, 'choose' | 'loadSession'>;
  readonly asks: Pick<SandboxAsks, 'eraseRelease' | 'declineSession'> & {
    readonly openAsk: OpenAsk;
    readonly readAsk: ReadAsk;
    readonly tellHolder: TellHolder;
  };
  readonly verifications: ReadVerificationPorts &
    InstitutionCounterPorts &
    ReferencePorts &
    NoteLookPorts & {
      readonly log: Log;
      readonly verify: (
        caller: InstitutionCaller,
        idempotencyKey: string,
        order: VerificationOrder,
      ) => Promise<Result<Verification>>;
    };
}

/** A test person with the consent that lasts, where there is one. */
const consenting = (person: TestPerson, given: LastingGiven | null): TestPerson & Consenting => ({
  ...person,
  ...(given && { consents: [{ ...given, number: 1, client: '', withdrawnAt: null }] }),
});

/** Test persons as answers and references tell of them. */
const createPersons = (
  store: SandboxStore,
): {
  readonly told: Parameters<typeof createTellHolder>[0]['loadIdentity'];
  readonly later: ReferencePorts['loadIdentity'];
} => ({
  told: async (key, { until, ...given }) => {
    const person = testPersonOf(key);
    if (!person || until === null) return person;
    const lasting = { ...given, until };
    await store.keepConsent(key, lasting);
    return consenting(person, lasting);
  },
  later: async (key, { partner, until }) => {
    const person = testPersonOf(key);
    // Whoever deleted the account after answering is nobody when the card is asked after.
    if (!person || person.later === 'unknown') return null;
    return until === null ? person : consenting(person, await store.findConsent(key, { partner, until }));
  },
});

/**
 * Everything that institutions ask a holder or of a card, answered by test persons: the service's own use cases, over other ports.
 * Whatever takes time follows from what was kept and from the clock.
 */
export const createSandbox = (ports: SandboxPorts): Sandbox => {
  const { store, holderNameOf, referenceTo } = ports;
  const sessions = createSandboxAsks(ports);
  const persons = createPersons(store);
  const { eraseRelease, declineSession } = sessions;
  const shared = {
    ...ports,
    ...sessions,
    takeTurn: slowing(ports.takeTurn, sessions, ports.pollLimit),
    loadUsedQuotas: () => Promise.resolve([]),
  };
  return {
    takeTurn: shared.takeTurn,
    sessions,
    asks: {
      ...{ eraseRelease, declineSession },
      openAsk: refusingByNumber(createOpenAsk(shared)),
      readAsk: createReadAsk(shared),
      tellHolder: createTellHolder({ now: ports.now, loadIdentity: persons.told, holderNameOf, referenceTo }),
    },
    verifications: {
      ...shared,
      ...createSandboxLooks(store),
      loadIdentity: persons.later,
      verify: (...order) => verifyMagicCode(shared, ...order),
    },
  };
};
