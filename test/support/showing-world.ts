import {
  accountKey,
  calendarDate,
  cardId,
  caseId,
  createCode,
  createShowingStatement,
  officeKey,
  parseIdNumber,
  purposeIds,
  purposeTable,
  type AccountKey,
  type PurposeId,
  type RedeemCodeRequest,
  type SessionHandle,
  type ShowingHandle,
} from '../../protocol';
import { sha256, verifySignature } from '../../cloudfunctions/_adapters/crypto/es256';
import type { GetCardPorts, HolderCardPorts } from '../../cloudfunctions/_core/card/holder-card';
import type { Identity } from '../../cloudfunctions/_core/card/identity';
import type { ListHistoryPorts } from '../../cloudfunctions/_core/card/list-history';
import type { LogEntry } from '../../cloudfunctions/_core/log-entry';
import type { SealedKey } from '../../cloudfunctions/_core/sealed-key';
import {
  openShowing,
  prepareShowing,
  type OpenShowingPorts,
  type PrepareShowingPorts,
} from '../../cloudfunctions/_core/showing/open-showing';
import type { AliasShowingPorts } from '../../cloudfunctions/_core/showing/alias-showing';
import type { ClaimCounterPorts, OpenCounterPorts } from '../../cloudfunctions/_core/showing/counter';
import type { CounterSession } from '../../cloudfunctions/_core/showing/counter-session';
import type { DescribeTerminalPorts } from '../../cloudfunctions/_core/showing/describe-terminal';
import type { Partner } from '../../cloudfunctions/_core/showing/partner';
import { redeemCode, type RedeemCodePorts } from '../../cloudfunctions/_core/showing/redeem-code';
import type { ReportLookPorts } from '../../cloudfunctions/_core/showing/report-look';
import type { Staff } from '../../cloudfunctions/_core/showing/staff';
import { refuse } from '../../cloudfunctions/_core/result';
import { newStepUpState } from '../../cloudfunctions/_core/step-up/step-up-state';
import { createAliasTurns } from './alias-turns';
import { createClock, type Clock } from './clock';
import { documentOf, numberOf, valueOf } from './enrolment-steps';
import { accountOf, identityKeyOf } from './enrolment-world';
import { createEventLog, type EventLog } from './event-log';
import { createIdentityStore, type IdentityPorts, type IdentityStore } from './identity-store';
import { issuerKeys } from './issuer';
import { newKeyPair, type KeyPair } from './key-pair';
import { createSessionStore, type SessionPorts } from './session-store';
import { createRandomBytes } from './random-bytes';

export type ShowingPorts = PrepareShowingPorts &
  AliasShowingPorts &
  OpenCounterPorts &
  ClaimCounterPorts &
  OpenShowingPorts &
  RedeemCodePorts &
  HolderCardPorts &
  GetCardPorts &
  ListHistoryPorts &
  DescribeTerminalPorts &
  ReportLookPorts &
  IdentityPorts &
  SessionPorts;

/** The ports of `ShowingPorts` that answer later. */
export const laterShowingPorts = [
  'loadStaff',
  'loadIdentityOfAccount',
  'loadIdentityByShowing',
  'loadIdentityByAlias',
  'takeAliasTurn',
  'returnAliasTurn',
  'replaceIdentity',
  'appendEvent',
  'loadEvents',
  'loadLooks',
  'loadCheck',
  'loadPartners',
  'createSession',
  'loadSession',
  'claimSession',
  'hinderSession',
] as const satisfies readonly (keyof ShowingPorts)[];

export const holder = accountOf(1);
export const holderKey = newKeyPair();
const decoyKey = newKeyPair().publicKey;

const terminal = (name: string, at: number, purposes: readonly PurposeId[] = purposeIds): Staff => ({
  key: accountKey(`a${at}`.padStart(64, '0')),
  partner: 'courier',
  shop: 'yunqi',
  terminal: name,
  role: 'clerk',
  grants: purposes.map((purpose) => ({ purpose, claims: purposeTable[purpose].claims })),
  quotaUsed: [],
});
/** Two terminals that are registered for all purposes, and one for none. */
export const [firstTerminal, secondTerminal, unregistered] = [terminal('1', 1), terminal('2', 2), terminal('3', 3, [])];
const staff = [firstTerminal, secondTerminal, unregistered];

/** The partner of all terminals. */
export const courier: Partner = { names: { zh: '云栖路快递驿站', en: 'Yunqi Road Parcel Station' }, state: 'active' };

/** A card, its phone, three terminals and a service between them. */
export interface ShowingWorld {
  readonly clock: Clock;
  readonly identities: IdentityStore;
  readonly events: EventLog;
  readonly sessions: () => readonly CounterSession[];
  readonly logged: readonly LogEntry[];
  /** How many signatures were verified. */
  readonly verified: () => number;
  readonly identity: () => Identity;
  /** Changes the identity past all ports: what an operator or time has done. */
  readonly change: (next: (found: Identity) => Identity) => void;
  readonly ports: ShowingPorts;
}

const personOf = (person: number): Identity['person'] => {
  const { fields, portrait } = documentOf(person);
  const parsed = parseIdNumber(numberOf(person), calendarDate('2026-01-01'));
  if (!parsed.ok) throw new Error('no number');
  return {
    name: fields.name.value,
    number: parsed.number,
    sex: fields.sex.value,
    ethnicity: null,
    birthDate: fields.birthDate.value,
    address: fields.address.value,
    issuingAuthority: fields.issuingAuthority.value,
    validFrom: fields.validFrom.value,
    validTo: fields.validTo?.value ?? null,
    portrait: portrait.jpeg,
  };
};

/** The card of the test's holder, valid for years, never shown. */
const newIdentity = (clock: Clock): Identity => ({
  key: identityKeyOf(personOf(1).number),
  account: holder,
  revision: 0,
  eventCount: 0,
  outbox: [],
  caseId: caseId('c'.repeat(32)),
  card: {
    id: cardId('d'.repeat(32)),
    tier: 'light',
    mintedAt: clock.now(),
    validTo: calendarDate('2031-03-10'),
    holderKey: holderKey.publicKey,
    stops: [],
    limitedUntil: null,
    credential: { kid: 'issuer-1', issuedAt: clock.now(), list: 1, index: 7 },
  },
  office: officeKey('0'.repeat(64)),
  untold: null,
  unannounced: null,
  dataKey: 'data key' as SealedKey,
  person: personOf(1),
  stepUp: newStepUpState({ fingerprint: null, template: null }, clock.today()),
  showing: null,
  lastShowing: null,
  killCodes: [],
  deletion: null,
  dataExport: null,
  guardian: null,
});

export const createShowingWorld = (start?: string): ShowingWorld => {
  const clock = createClock(start);
  const identities = createIdentityStore();
  const events = createEventLog();
  const sessions = createSessionStore();
  const logged: LogEntry[] = [];
  let verified = 0;
  identities.put(newIdentity(clock));
  const identity = (): Identity => {
    const [only] = identities.all();
    if (!only) throw new Error('no identity');
    return only;
  };
  const ports: ShowingPorts = {
    now: clock.now,
    today: clock.today,
    randomBytes: createRandomBytes(),
    log: (entry) => void logged.push(entry),
    verifySignature: (key, message, signature) => {
      verified += 1;
      return verifySignature(key, message, signature);
    },
    decoyKey,
    isKidTrusted: issuerKeys.names.isKidTrusted,
    loadStaff: (account) => Promise.resolve(staff.find(({ key }) => key === account) ?? null),
    ...createAliasTurns(),
    ...identities.ports,
    // A phone without a sensor and without a picture; `createStepUpWorld` has both.
    verifySoter: () => Promise.resolve('unavailable'),
    checkSelfie: () => Promise.resolve(refuse('file_not_found')),
    measurePortrait: () => Promise.resolve(null),
    destroyEvidence: () => Promise.resolve(0),
    sha256,
    loadDeletionRequests: () => Promise.resolve([]),
    loadPartners: (ids) => Promise.resolve(new Map(ids.includes('courier') ? [['courier', courier]] : [])),
    ...events.ports,
    signReceipt: ({ eventId }) => `receipt.of.${eventId}`,
    ...sessions.ports,
  };
  return {
    clock,
    identities,
    events,
    sessions: sessions.all,
    logged,
    verified: () => verified,
    identity,
    change: (next) => identities.put(next(identity())),
    ports,
  };
};

/** A showing that is open on the holder's phone. */
export interface OpenedShowing {
  readonly handle: ShowingHandle;
  readonly key: KeyPair;
  /** The text of a code made now, or so many seconds from now. */
  readonly code: (secondsFromNow?: number) => string;
}

/** Prepares and opens a showing as the holder's phone does. */
export const show = async (
  world: ShowingWorld,
  purpose: PurposeId = 'parcel-pickup',
  account: AccountKey = holder,
  session: SessionHandle | null = null,
): Promise<OpenedShowing> => {
  const { handle } = valueOf(await prepareShowing(world.ports, account));
  const key = newKeyPair();
  const stated = { handle: handle as ShowingHandle, key: key.publicKey, purpose, session, sign: holderKey.sign };
  valueOf(
    await openShowing(world.ports, account, { action: 'openShowing', statement: createShowingStatement(stated) }),
  );
  return {
    handle: stated.handle,
    key,
    code: (secondsFromNow = 0) =>
      createCode({
        handle: stated.handle,
        issuedAt: Math.floor(world.clock.now() / 1000) + secondsFromNow,
        sign: key.sign,
      }),
  };
};

/** A terminal's request. @param request names the scan: the same name is the same request id */
export const scan = (code: string, request = 1, purpose: PurposeId = 'parcel-pickup'): RedeemCodeRequest => ({
  action: 'redeemCode',
  code,
  purpose,
  requestId: request.toString(16).padStart(32, '0'),
});

/** A showing that is open, and a terminal's way to redeem its codes. */
export const shown = async (start?: string) => {
  const world = createShowingWorld(start);
  const showing = await show(world);
  const redeem = (code: string, request = 1, by = firstTerminal) =>
    redeemCode(world.ports, by.key, scan(code, request));
  return { world, showing, redeem };
};

/** Changes the card past all ports. */
export const setCard = (world: ShowingWorld, card: Partial<Identity['card']>): void => {
  world.change((found) => ({ ...found, card: { ...found.card, ...card } }));
};

/** Binds a finger to the card past all ports; null: none. */
export const setFinger = (world: ShowingWorld, fingerprint: Identity['stepUp']['fingerprint'] = aFinger): void => {
  world.change((found) => ({ ...found, stepUp: { ...found.stepUp, fingerprint } }));
};
const aFinger = { fid: '1', uid: '10101', cpuId: 'cpu-1', counter: 4 };
