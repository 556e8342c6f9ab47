import {
  base64Encode,
  caseId,
  instant,
  maskName,
  parseIdNumber,
  parseKillCode,
  utf8Encode,
  type AccountKey,
  type CallCounterReply,
  type CallCounterRequest,
  type CaseId,
  type IdentityKey,
  type IdNumber,
  type Instant,
  type ReceiveByCodeRequest,
  type ReceiveVisitorReply,
  type ReceiveVisitorRequest,
  type Sha256,
} from '../../../protocol';
import { isDeletableAtCounter } from '../card/delete-account';
import { statusOn, type Identity } from '../card/identity';
import type { LoadIdentityOfAccount } from '../card/identity-ports';
import { identityOfKillCode, type ReadKillCodePorts } from '../card/kill-card';
import { isOpen, type DocumentReadCase } from '../enrolment/case';
import type { LoadCase } from '../enrolment/case-ports';
import { guardianStepOf } from '../guardian/guardianship';
import type { RandomBytes } from '../ambient-ports';
import type { RateLimit, TakeTurn } from '../rate-limit';
import { drawNumber } from '../read-out-number';
import { done, refuse, type Result } from '../result';
import { noteReadingOf, type CardActPorts } from './card-acts';
import { asOperator, type Operator } from './operator';
import { operatorAct } from './propose';

/** What a visit is about. */
export type VisitSubject =
  { readonly kind: 'card'; readonly identity: IdentityKey } | { readonly kind: 'case'; readonly case: CaseId };

/** A holder at a counter. */
export interface Visit {
  /** Keyed hash of the number that the holder reads out. */
  readonly id: string;
  /** Whose card it is about, or which case of somebody who has none yet. */
  readonly subject: VisitSubject;
  /** What opened it: the number that the holder's phone was given, or the kill code of who has no phone. */
  readonly by: 'number' | 'killCode';
  readonly expiresAt: Instant;
  /** The operator whom the holder stands before; null before the number was typed. */
  readonly operator: string | null;
  /** How often the last four characters were typed. */
  readonly tries: number;
}

export interface VisitPorts extends CardActPorts, ReadKillCodePorts {
  /** The identity of that number, if it has a card. */
  readonly loadIdentityOfNumber: (number: IdNumber) => Promise<Identity | null>;
  /** The keyed hash under which a number lies: eight digits alone could be tried through. */
  readonly visitIdOf: (number: string) => string;
  readonly sha256: Sha256;
  /** Stores a new visit, also in the place of one that is over by then. @returns false where the number is in use */
  readonly createVisit: (created: Visit, at: Instant) => Promise<boolean>;
  /** Ties a visit to an operator, in one conditional write. @returns null where it is another's, over or gone */
  readonly claimVisit: (id: string, operator: string, at: Instant) => Promise<Visit | null>;
  /** Counts a try, in one conditional write that names the count before. @returns false where it was another */
  readonly countTry: (visit: Visit) => Promise<boolean>;
  readonly endVisit: (id: string) => Promise<void>;
}

/** How long a number serves, in milliseconds. */
export const VISIT_LIFE_MS = 5 * 60 * 1000;
/** How many numbers an account may have in an hour: more than whoever waits there all that time asks for. */
export const VISITS_OF_ACCOUNT: RateLimit = { name: 'visit', most: 20, windowMs: 60 * 60 * 1000 };
/** How often a number that is in use is drawn again. */
const DRAWS = 5;

type OpenPorts = Pick<VisitPorts, 'now' | 'visitIdOf' | 'createVisit'>;
type CallPorts = OpenPorts & {
  readonly randomBytes: RandomBytes;
  readonly takeTurn: TakeTurn;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly loadCase: LoadCase;
};

/** What the holder comes about: the case that they name, or their card. */
const subjectOf = async (
  ports: CallPorts,
  account: AccountKey,
  named: string | undefined,
): Promise<Result<VisitSubject>> => {
  if (named !== undefined) {
    const found = await ports.loadCase(caseId(named), account);
    if (!found) return refuse('not_found');
    const waits = found.state === 'documentRead' && isOpen(found, ports.now());
    return waits ? done({ kind: 'case', case: found.id }) : refuse('wrong_step');
  }
  const identity = await ports.loadIdentityOfAccount(account);
  if (!identity) return refuse('not_found');
  // Of a valid card, and of one that nobody but an operator or nothing puts right, a counter can do something.
  return isDeletableAtCounter(identity.card.stops)
    ? done({ kind: 'card', identity: identity.key })
    : refuse('card_not_active');
};

/** Opens a visit at a number. @returns null where the number is in use */
const openVisit = async (
  ports: OpenPorts,
  number: string,
  { subject, by }: Pick<Visit, 'subject' | 'by'>,
): Promise<Omit<CallCounterReply, 'ok'> | null> => {
  const serverTime = ports.now();
  const expiresAt = instant(serverTime + VISIT_LIFE_MS);
  const visit = { id: ports.visitIdOf(number), subject, by, expiresAt, operator: null, tries: 0 };
  return (await ports.createVisit(visit, serverTime)) ? { number, serverTime, expiresAt } : null;
};

/** Draws a number for a visit. @returns null where those drawn were all in use */
const drawVisit = async (ports: CallPorts, subject: VisitSubject): Promise<Omit<CallCounterReply, 'ok'> | null> => {
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const opened = await openVisit(ports, drawNumber(ports.randomBytes(8)), { subject, by: 'number' });
    if (opened) return opened;
  }
  return null;
};

/**
 * Gives the holder a number to read out at a counter, once, within five minutes: about their card, or about a case whose document was
 * read and whose face is not to be compared.
 * Refuses `not_found` where there is none, `card_not_active` for a card with which no counter can do anything, `wrong_step` for a case
 * at another step, and `too_many_requests`.
 */
export const callCounter = async (
  ports: CallPorts,
  account: AccountKey,
  request: CallCounterRequest,
): Promise<Result<CallCounterReply>> => {
  const subject = await subjectOf(ports, account, request.caseId);
  if (!subject.ok) return subject;
  if (!(await ports.takeTurn(VISITS_OF_ACCOUNT, { kind: 'account', account }))) return refuse('too_many_requests');
  const opened = await drawVisit(ports, subject.value);
  return opened ? done({ ok: true, ...opened }) : refuse('wrong_step');
};

/** How far a child's case has come with its guardian, and who that is, once that they are read is written down. */
const guardianAt = async (
  ports: VisitPorts,
  found: DocumentReadCase,
): Promise<Pick<ReceiveVisitorReply, 'guardian'>> => {
  const step = guardianStepOf(found, ports.today());
  if (!step) return {};
  const { guardian } = found;
  const adult = guardian && (await noteReadingOf(ports, () => ports.loadIdentity(guardian.identity), 'counter'));
  if (!adult) return { guardian: { step } };
  const { name, portrait } = adult.person;
  return { guardian: { step, maskedName: maskName(name), portrait: base64Encode(portrait) } };
};

/** What a counter can do about a card. Who has no phone with the card has none raised: it would serve whoever has the phone. */
const mayOf = (ports: VisitPorts, { by }: Visit, { card }: Identity): ReceiveVisitorReply['may'] => [
  ...(by === 'number' && statusOn(card, ports.today()) === 'valid' ? (['raise'] as const) : []),
  ...(isDeletableAtCounter(card.stops) ? (['delete'] as const) : []),
];

/** Name and portrait that are compared with the person at the counter, once that they are read is written down. */
const openSubject = async (
  ports: VisitPorts,
  visit: Visit,
): Promise<Omit<ReceiveVisitorReply, 'ok' | 'number'> | null> => {
  const { subject } = visit;
  if (subject.kind === 'case') {
    const found = await ports.loadAnyCase(subject.case);
    if (found?.state !== 'documentRead') return null;
    const { fields, portrait } = found.document;
    const parsed = parseIdNumber(fields.number.value, ports.today());
    if (parsed.ok) await noteReadingOf(ports, () => ports.loadIdentityOfNumber(parsed.number), 'counter');
    return {
      about: 'case',
      reference: found.id,
      maskedName: maskName(fields.name.value),
      portrait: base64Encode(portrait.jpeg),
      tier: null,
      may: [],
      ...(await guardianAt(ports, found)),
    };
  }
  const identity = await noteReadingOf(ports, () => ports.loadIdentity(subject.identity), 'counter');
  if (!identity) return null;
  const { person, card } = identity;
  const portrait = base64Encode(person.portrait);
  const may = mayOf(ports, visit, identity);
  return { about: 'card', reference: card.id, maskedName: maskName(person.name), portrait, tier: card.tier, may };
};

/** Receives a visitor, which is an entry of the operators' log in any case. @param find the number of the visit */
const receive = (
  ports: VisitPorts,
  account: AccountKey,
  find: (operator: Operator) => Promise<Result<string>>,
): Promise<Result<ReceiveVisitorReply>> =>
  asOperator(ports, account, 'receiveVisitors', async (operator) => {
    await ports.recordOperatorAct(operatorAct(ports, operator.id, { kind: 'visitor_received' }));
    const found = await find(operator);
    if (!found.ok) return found;
    const number = found.value;
    const visit = await ports.claimVisit(ports.visitIdOf(number), operator.id, ports.now());
    const opened = visit && (await openSubject(ports, visit));
    return opened ? done({ ok: true, number, ...opened }) : refuse('not_found');
  });

/**
 * Opens a visitor's card or case at the counter, from the number that they read out: portrait and masked name, to compare with the
 * person and the physical card. The history of who it is about tells of it before anything is answered. For a case the operator
 * proposes `vouch_for_case`, and a second one confirms it.
 * Refuses `not_permitted`, and `not_found` for every number that does not serve.
 */
export const receiveVisitor = (
  ports: VisitPorts,
  account: AccountKey,
  { number }: ReceiveVisitorRequest,
): Promise<Result<ReceiveVisitorReply>> => receive(ports, account, () => Promise.resolve(done(number)));

/**
 * The number of a card's visit by kill code at an operator, which is the same while the visit lives: a code that is typed again begins no
 * tries anew. Whoever knows neither the identity's key nor the operator's id cannot tell it.
 * @returns null where those tried were all in use
 */
const visitByCode = async (ports: VisitPorts, operator: Operator, { key }: Identity): Promise<string | null> => {
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const drawn = ports.sha256(utf8Encode(`visit ${key} ${operator.id} ${String(draw)}`));
    const number = drawNumber(drawn.subarray(0, 8));
    if (await openVisit(ports, number, { subject: { kind: 'card', identity: key }, by: 'killCode' })) return number;
    const found = await ports.claimVisit(ports.visitIdOf(number), operator.id, ports.now());
    if (found?.by === 'killCode' && found.subject.kind === 'card' && found.subject.identity === key) return number;
  }
  return null;
};

/**
 * The same from the kill code that a visitor without a phone has brought: it begins a visit, or goes on with the one that the operator has
 * of that card, and its number is answered.
 * Refuses `not_permitted`, `kill_code_mistyped`, and `not_found` for every code that is no card's.
 */
export const receiveByCode = (
  ports: VisitPorts,
  account: AccountKey,
  { killCode }: ReceiveByCodeRequest,
): Promise<Result<ReceiveVisitorReply>> =>
  receive(ports, account, async (operator) => {
    const code = parseKillCode(killCode);
    if (!code) return refuse('kill_code_mistyped');
    const identity = await identityOfKillCode(ports, code);
    const number = identity && (await visitByCode(ports, operator, identity));
    return number === null ? refuse('not_found') : done(number);
  });
