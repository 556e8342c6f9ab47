import type { IdentityKey, Verification, VerificationOrder } from '../../../protocol';
import type { Log, RandomBytes } from '../ambient-ports';
import { createOpenAsk, type AskKeyOf, type OpenAsk } from '../asks/open-ask';
import { createReadAsk, createTellHolder, type HolderNameOf, type ReadAsk, type TellHolder } from '../asks/read-ask';
import type { CounterKeyOf, InstitutionCaller } from '../institutions/counter';
import type { InstitutionCounterPorts } from '../institutions/open-counter';
import type { ReadVerificationPorts } from '../institutions/read-verification';
import type { IdentityBehind, ReferenceTo } from '../institutions/reference';
import type { ReferencePorts } from '../institutions/referred-card';
import type { TakeTurn } from '../rate-limit';
import type { Result } from '../result';
import type { NoteLookPorts } from '../showing/report-look';
import { createSandboxAsks, refusingByNumber, slowing, type SandboxAskPorts, type SandboxAsks } from './asks';
import { findConsentLater, findGiven, tellingConsents } from './consents';
import { createSandboxLooks } from './looks';
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

const findPerson = (key: IdentityKey): Promise<TestPerson | null> => Promise.resolve(testPersonOf(key));

/** Whoever deleted the account after answering is nobody when the card is asked after. */
const findPersonLater = async (key: IdentityKey): Promise<TestPerson | null> => {
  const person = await findPerson(key);
  return person?.later === 'unknown' ? null : person;
};

/**
 * Everything that institutions ask a holder or of a card, answered by test persons: the service's own use cases, over other ports.
 * Whatever takes time follows from what was kept and from the clock.
 */
export const createSandbox = (ports: SandboxPorts): Sandbox => {
  const { store } = ports;
  const sessions = createSandboxAsks(ports);
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
      tellHolder: tellingConsents(
        store,
        createTellHolder({ ...shared, loadIdentity: findPerson, findConsent: findGiven(store) }),
      ),
    },
    verifications: {
      ...shared,
      ...createSandboxLooks(store),
      loadIdentity: findPersonLater,
      findConsent: findConsentLater(store),
      verify: (...order) => verifyMagicCode(shared, ...order),
    },
  };
};
