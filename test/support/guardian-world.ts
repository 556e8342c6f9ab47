import { createGuardianStatement, enrolmentChallenge, guardianChallenge, type AccountKey } from '../../protocol';
import type { OpenGuardianCallReply } from '../../protocol';
import { sha256 } from '../../cloudfunctions/_adapters/crypto/es256';
import {
  consentAsGuardian,
  openGuardianCall,
  type ConfirmGuardian,
  type ConsentPorts,
} from '../../cloudfunctions/_core/guardian/consent';
import {
  callGuardian,
  type GuardianCall,
  type GuardianCallPorts,
} from '../../cloudfunctions/_core/guardian/guardian-call';
import { listWards, withdrawAsGuardian, type WithdrawAsGuardianPorts } from '../../cloudfunctions/_core/guardian/wards';
import type { Result } from '../../cloudfunctions/_core/result';
import { phoneOf, pictures, proofFace, valueOf, vouched, type Phone } from './enrolment-steps';
import {
  accountOf,
  createEnrolmentWorld,
  guardianKeyOf,
  type EnrolmentPorts,
  type EnrolmentWorld,
} from './enrolment-world';
import { newKeyPair, type KeyPair } from './key-pair';
import { createSensor, verifySoterOf, type Sensor } from './soter';

export type GuardianPorts = EnrolmentPorts &
  GuardianCallPorts &
  Omit<ConsentPorts, 'verifySoter'> &
  WithdrawAsGuardianPorts;

/** The ports of `GuardianPorts` that answer later, beside those of an enrolment. */
export const laterGuardianPorts = [
  'loadAnyCase',
  'createGuardianCall',
  'loadGuardianCall',
  'claimGuardianCall',
  'confirmGuardian',
  'loadWards',
  'loadIdentityByCard',
  'loadIdentityOfAccount',
] as const satisfies readonly (keyof GuardianPorts)[];

/** An enrolment world with guardians. */
export interface GuardianWorld extends Omit<EnrolmentWorld, 'ports'> {
  readonly ports: GuardianPorts;
  readonly calls: () => readonly GuardianCall[];
  /** Sets what the authority says from now on. */
  readonly authoritySays: (word: Awaited<ReturnType<ConfirmGuardian>>) => void;
  /** Whom the authority was asked about: guardian's number, child's number. */
  readonly asked: readonly (readonly [string, string])[];
}

export const createGuardianWorld = (start?: string): GuardianWorld => {
  const world = createEnrolmentWorld(start);
  const calls = new Map<string, GuardianCall>();
  const asked: (readonly [string, string])[] = [];
  let word: Awaited<ReturnType<ConfirmGuardian>> = 'confirmed';
  const ports: GuardianPorts = {
    ...world.ports,
    guardianKeyOf,
    guardianCallIdOf: (number) => `call ${number}`,
    createGuardianCall: (created) => {
      const isNew = !calls.has(created.id);
      if (isNew) calls.set(created.id, created);
      return Promise.resolve(isNew);
    },
    loadGuardianCall: (id) => Promise.resolve(calls.get(id) ?? null),
    claimGuardianCall: (id, reader) => {
      const found = calls.get(id);
      const isFree = found !== undefined && (found.reader?.identity ?? reader.identity) === reader.identity;
      if (isFree) calls.set(id, { ...found, reader });
      return Promise.resolve(isFree);
    },
    loadAnyCase: (id) => Promise.resolve(world.cases.all().find((one) => one.id === id) ?? null),
    loadIdentityByCard: (id) => Promise.resolve(world.identities.all().find(({ card }) => card.id === id) ?? null),
    loadWards: (key, limit) =>
      Promise.resolve(
        world.identities
          .all()
          .filter(({ guardian }) => guardian?.key === key)
          .slice(0, limit),
      ),
    confirmGuardian: (guardian, child) => {
      asked.push([guardian.number, child.number]);
      return Promise.resolve(word);
    },
  };
  return {
    ...world,
    ports,
    calls: () => [...calls.values()],
    authoritySays: (said) => {
      word = said;
    },
    asked,
  };
};

/** A child's phone, with a case whose document was read. */
export interface ChildPhone extends Phone {
  readonly account: AccountKey;
  readonly caseId: string;
  readonly call: () => ReturnType<typeof callGuardian>;
  /** Goes on from the consent to the card. */
  readonly finish: () => Promise<string>;
}

export const openChild = async (
  world: GuardianWorld,
  {
    person,
    account = accountOf(person),
    keepsTemplate = false,
  }: { person: number; account?: AccountKey; keepsTemplate?: boolean },
): Promise<ChildPhone> => {
  const phone = phoneOf(world, account);
  const caseId = await phone.start(keepsTemplate);
  valueOf(await phone.readDocument(caseId, pictures.document(person)));
  return {
    ...phone,
    account,
    caseId,
    call: () => callGuardian(world.ports, account, { action: 'callGuardian', caseId }),
    finish: async () => {
      const matched = await phone.matchFace(caseId, pictures.face(0.7, vouched));
      if (!matched.ok) return matched.error.code;
      if (matched.value.outcome !== 'matched') return matched.value.outcome;
      const minted = await phone.mint(caseId, newKeyPair(), matched.value.nonce);
      return minted.ok ? 'ok' : minted.error.code;
    },
  };
};

/** A guardian's phone: a card of their own, its key, and a sensor. */
export interface GuardianPhone {
  readonly account: AccountKey;
  readonly key: KeyPair;
  readonly sensor: Sensor;
  readonly open: (number: string) => ReturnType<typeof openGuardianCall>;
  readonly sign: (opened: Pick<OpenGuardianCallReply, 'caseId' | 'challenge'>, text?: string) => string;
  /** Consents with what was opened, showing the finger where one is bound. @param more replaces parts of the request */
  readonly consent: (
    number: string,
    opened: OpenGuardianCallReply,
    more?: { readonly statement?: string; readonly fingerprint?: undefined },
    ports?: GuardianPorts,
  ) => ReturnType<typeof consentAsGuardian>;
  readonly list: () => ReturnType<typeof listWards>;
  readonly withdraw: (reference: string, ports?: GuardianPorts) => ReturnType<typeof withdrawAsGuardian>;
}

/** Makes an adult's card. @param hasFinger whether a fingerprint is bound to it */
export const openGuardian = async (
  world: GuardianWorld,
  {
    person,
    account = accountOf(person),
    hasFinger = false,
  }: { person: number; account?: AccountKey; hasFinger?: boolean },
): Promise<GuardianPhone> => {
  const phone = phoneOf(world, account);
  const key = newKeyPair();
  const { caseId, nonce } = await proofFace(phone, person);
  const sensor = createSensor(account);
  if (hasFinger) {
    valueOf(await phone.bind(caseId, sensor.touch(enrolmentChallenge({ caseId, nonce }, sha256))));
  }
  valueOf(await phone.mint(caseId, key, nonce));
  const sign: GuardianPhone['sign'] = (opened, text = '2026-11') =>
    createGuardianStatement({
      challenge: opened.challenge,
      case: opened.caseId,
      text,
      holderKey: key.publicKey,
      sign: key.sign,
    });
  return {
    account,
    key,
    sensor,
    sign,
    open: (number) => openGuardianCall(world.ports, account, { action: 'openGuardianCall', number }),
    consent: (number, opened, more = {}, ports = world.ports) => {
      const finger = opened.fingerprint && !('fingerprint' in more);
      return consentAsGuardian({ ...ports, verifySoter: verifySoterOf(account) }, account, {
        action: 'consentAsGuardian',
        number,
        statement: more.statement ?? sign(opened),
        ...(finger && { fingerprint: sensor.touch(guardianChallenge(opened, sha256)) }),
      });
    },
    list: () => listWards(world.ports, account),
    withdraw: (reference, ports = world.ports) =>
      withdrawAsGuardian(ports, account, { action: 'withdrawAsGuardian', reference }),
  };
};

/** The whole way of a consent. @returns what the guardian heard */
export const consentFor = async (guardian: GuardianPhone, child: ChildPhone): Promise<string> => {
  const { number } = valueOf(await child.call());
  const consented = await guardian.consent(number, valueOf(await guardian.open(number)));
  return heard(consented, ({ guardian: step }) => step);
};

/** A result in one word. */
export const heard = <Value>(result: Result<Value>, said: (value: Value) => string = () => 'ok'): string =>
  result.ok ? said(result.value) : result.error.code;
