import {
  createCode,
  createPresentation,
  createShowingStatement,
  presentableClaims,
  stepUpChallenge,
  stepUpFolder,
  type AccountKey,
  type DisclosableClaim,
  type PurposeId,
  type SessionHandle,
  type ShowingHandle,
} from '../../protocol';
import { createBlindIndex } from '../../cloudfunctions/_adapters/crypto/blind-index';
import { createCredentialIssuer } from '../../cloudfunctions/_adapters/crypto/credential-issuer';
import { sha256 } from '../../cloudfunctions/_adapters/crypto/es256';
import { createCheckPresentation } from '../../cloudfunctions/_adapters/crypto/presentations';
import { answerAsk, type AnswerAskPorts } from '../../cloudfunctions/_core/asks/answer-ask';
import {
  findAsk,
  openAskNumber,
  type AskNumber,
  type OpenAskNumberPorts,
} from '../../cloudfunctions/_core/asks/ask-number';
import { declineAsk, type DeclineAskPorts } from '../../cloudfunctions/_core/asks/decline-ask';
import {
  createOpenAsk,
  type AskOrder,
  type OpenAskPorts,
  type OpenedAsk,
} from '../../cloudfunctions/_core/asks/open-ask';
import { createReadAsk, createTellHolder, type ReadAskPorts } from '../../cloudfunctions/_core/asks/read-ask';
import type { AskStanding } from '../../cloudfunctions/_core/asks/ask';
import type { InstitutionCaller } from '../../cloudfunctions/_core/institutions/counter';
import type { Institution } from '../../cloudfunctions/_core/institutions/institution';
import type { Partner } from '../../cloudfunctions/_core/partners/partner';
import { claimCounter } from '../../cloudfunctions/_core/showing/counter';
import { openShowing, prepareShowing } from '../../cloudfunctions/_core/showing/open-showing';
import { createAskNumberStore, type AskNumberPorts } from './ask-store';
import { valueOf } from './enrolment-steps';
import { accountOf, identityKeyOf } from './enrolment-world';
import {
  bank,
  bankApp,
  bankNames,
  createInstitutionWorld,
  laterInstitutionPorts,
  railway,
  type InstitutionPorts,
  type InstitutionWorld,
} from './institution-world';
import { issuer, issuerKeys } from './issuer';
import { newKeyPair } from './key-pair';
import { createRandomBytes } from './random-bytes';
import { holder, holderKey } from './showing-world';
import { createSensor } from './soter';

export type AskWorldPorts = InstitutionPorts &
  AskNumberPorts &
  OpenAskPorts &
  ReadAskPorts &
  OpenAskNumberPorts &
  AnswerAskPorts &
  DeclineAskPorts;

/** The ports of `AskWorldPorts` that answer later. */
export const laterAskPorts = [
  ...laterInstitutionPorts,
  'loadPartners',
  'claimSession',
  'hinderSession',
  'loadInstitution',
  'loadPartner',
  'answerSession',
  'beginDecline',
  'declineSession',
  'loadRelease',
  'putAskNumber',
  'loadAskNumber',
  'takeAskNumber',
] as const satisfies readonly (keyof AskWorldPorts)[];

/** A second holder, with a card like the first one's. */
export const other = accountOf(2);

/** Two holders, the servers of a bank and of a railway, and a service between them. */
export interface AskWorld extends Omit<InstitutionWorld, 'ports'> {
  readonly ports: AskWorldPorts;
  readonly numbers: () => readonly AskNumber[];
  /** Changes what is registered past all ports: what operators have done. */
  readonly register: (change: {
    readonly partner?: Partial<Partner>;
    readonly institution?: Partial<Institution>;
  }) => void;
}

const partnerOf = ({ partner: { id, grants } }: InstitutionCaller): Partner => ({
  ...{ id, revision: 1, carriedOut: [], pending: null, state: 'active', reason: null, shops: [], application: null },
  ...{
    names: bankNames.names,
    creditCode: '91350100M000100Y43',
    category: 'finance',
    address: '台北路',
    contactRole: 'manager',
  },
  grants: grants.map(({ purpose, claims }) => ({ purpose, claims: [...claims], perDay: 100 })),
});

export const createAskWorld = (): AskWorld => {
  const world = createInstitutionWorld();
  const index = createBlindIndex(new Uint8Array(32).fill(7));
  const numbers = createAskNumberStore();
  const callers = [bank, bankApp, railway];
  const partners = new Map(callers.map((caller) => [caller.partner.id, partnerOf(caller)]));
  const institutions = new Map(
    callers.map(({ clientId, partner }): [string, Institution] => [
      clientId,
      { clientId, partner: partner.id, state: 'active', keys: [], redirectUris: [], events: null },
    ]),
  );
  const mine = world.identity();
  const number = '110101199001010002' as typeof mine.person.number;
  world.identities.put({ ...mine, account: other, key: identityKeyOf(number) });
  return {
    ...world,
    numbers: numbers.all,
    register: ({ partner = {}, institution = {} }) => {
      const [found, server] = [partners.get(bank.partner.id), institutions.get(bank.clientId)];
      if (!found || !server) throw new Error('the bank is registered');
      // What a test changes makes a partner of it again.
      partners.set(found.id, { ...found, ...partner } as Partner);
      institutions.set(bank.clientId, { ...server, ...institution });
    },
    ports: {
      ...world.ports,
      ...numbers.ports,
      askKeyOf: index.ofAsk,
      askNumberIdOf: index.ofAskNumber,
      loadInstitution: (clientId) => Promise.resolve(institutions.get(clientId) ?? null),
      loadPartner: (id) => Promise.resolve(partners.get(id) ?? null),
      checkPresentation: createCheckPresentation(issuer, issuerKeys, world.clock.now),
    },
  };
};

/** What the bank asks for where a test does not care: a light task without a step-up. */
export const pickup: AskOrder = { purpose: 'parcel-pickup', way: { kind: 'scan' } };
export const accountOpening: AskOrder = {
  purpose: 'bank-account-opening',
  claims: ['name', 'number', 'birthdate'],
  way: { kind: 'browser' },
};

export const ask = async (world: AskWorld, order: AskOrder = pickup, caller = bank): Promise<OpenedAsk> =>
  valueOf(await createOpenAsk(world.ports)(caller, order));

export const standingOf = (world: AskWorld, session: SessionHandle, caller = bank): Promise<AskStanding> =>
  createReadAsk(world.ports)(caller, session);

export const toldOf = (world: AskWorld, standing: AskStanding, partner = bank.partner.id) => {
  if (standing.kind !== 'answered') throw new Error(`the ask is ${standing.kind}`);
  return createTellHolder({ ...world.ports, holderNameOf: ({ dataKey }) => `name of ${dataKey}` })(
    partner,
    standing.release,
  );
};

/** What the phone of an account does about asks. */
export const phoneOf = (ports: AskWorldPorts, account: AccountKey = holder) => ({
  makeNumber: async () => valueOf(await openAskNumber(ports, account)).number,
  find: async (number: string) => valueOf(await findAsk(ports, account, { action: 'findAsk', number })).session,
  claim: (session: string) => claimCounter(ports, account, { action: 'claimCounter', session }),
  decline: (session: string) => declineAsk(ports, account, { action: 'declineAsk', session }),
  answer: (session: string, code: string, presentation?: string) =>
    answerAsk(ports, account, { action: 'answerAsk', session, code, ...(presentation && { presentation }) }),
});

/**
 * Opens a showing for a session that was claimed, with the holder's finger and face where the purpose asks for them.
 * @returns the text of a code made now
 */
export const consent = async (
  world: AskWorld,
  session: SessionHandle | null,
  purpose: PurposeId = 'parcel-pickup',
  account: AccountKey = holder,
): Promise<() => string> => {
  const handle = valueOf(await prepareShowing(world.ports, account)).handle as ShowingHandle;
  const key = newKeyPair();
  const statement = createShowingStatement({ handle, key: key.publicKey, purpose, session, sign: holderKey.sign });
  const counter = world.identity().stepUp.fingerprint?.counter ?? 0;
  const challenge = stepUpChallenge({ handle, session, purpose }, sha256);
  const stepUp = {
    fingerprint: createSensor(holder, { counter }).touch(challenge),
    selfie: world.selfies.upload(stepUpFolder(handle), { similarity: 0.9 }),
  };
  const isProved = purpose === 'bank-account-opening';
  valueOf(await openShowing(world.ports, account, { action: 'openShowing', statement, ...(isProved && { stepUp }) }));
  return () => createCode({ handle, issuedAt: Math.floor(world.clock.now() / 1000), sign: key.sign });
};

/** An ask that the holder has claimed and agreed to. @returns what is left to be sent */
export const agreed = async (world: AskWorld, order: AskOrder = pickup) => {
  const { session } = await ask(world, order);
  valueOf(await phoneOf(world.ports).claim(session));
  const code = await consent(world, session, order.purpose);
  return { session, code, send: phoneOf(world.ports).answer };
};

/** The nonce of an ask for a presentation. */
export const nonce = 'nonce-of-the-bank-0001';

/** A presentation as the holder's phone makes one. */
export const present = (
  world: AskWorld,
  claims: readonly DisclosableClaim[],
  change: {
    readonly audience?: string;
    readonly nonce?: string;
    readonly credential?: string;
    readonly key?: typeof holderKey;
    /** In seconds since 1970. */
    readonly issuedAt?: number;
  } = {},
): string => {
  const issue = createCredentialIssuer(issuer, issuerKeys, createRandomBytes('credential'));
  const made = createPresentation({
    credential: change.credential ?? issue(world.identity(), world.clock.now()),
    disclose: presentableClaims(claims),
    audience: change.audience ?? bank.clientId,
    nonce: change.nonce ?? nonce,
    issuedAt: change.issuedAt ?? Math.floor(world.clock.now() / 1000),
    sha256,
    sign: (change.key ?? holderKey).sign,
  });
  if (made === null) throw new Error('the credential is none');
  return made;
};
