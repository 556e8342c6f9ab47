import {
  base64Encode,
  caseId,
  instant,
  maskName,
  parseIdNumber,
  type AccountKey,
  type CallCounterReply,
  type CallCounterRequest,
  type CaseId,
  type DoneReply,
  type IdentityKey,
  type IdNumber,
  type Instant,
  type RaiseVisitorRequest,
  type ReceiveVisitorReply,
  type ReceiveVisitorRequest,
} from '../../../protocol';
import { statusOn, type Identity } from '../card/identity';
import type { LoadIdentityOfAccount } from '../card/identity-ports';
import { isOpen } from '../enrolment/case';
import type { LoadCase } from '../enrolment/case-ports';
import { done, refuse, type Result } from '../result';
import { noteReadingOf, raiseTier, type CardActPorts } from './card-acts';
import { asOperator } from './operator';
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
  readonly expiresAt: Instant;
  /** The operator whom the holder stands before; null before the number was typed. */
  readonly operator: string | null;
  /** How often the last four characters were typed. */
  readonly tries: number;
}

export interface VisitPorts extends CardActPorts {
  /** The identity of that number, if it has a card. */
  readonly loadIdentityOfNumber: (number: IdNumber) => Promise<Identity | null>;
  /** The keyed hash under which a number lies: eight digits alone could be tried through. */
  readonly visitIdOf: (number: string) => string;
  /** Stores a new visit. @returns false where the number is in use */
  readonly createVisit: (created: Visit) => Promise<boolean>;
  /** Ties a visit to an operator, in one conditional write. @returns null where it is another's, over or gone */
  readonly claimVisit: (id: string, operator: string, at: Instant) => Promise<Visit | null>;
  /** Counts a try, in one conditional write that names the count before. @returns false where it was another */
  readonly countTry: (visit: Visit) => Promise<boolean>;
  readonly endVisit: (id: string) => Promise<void>;
}

/** How long a number serves, in milliseconds. */
export const VISIT_LIFE_MS = 5 * 60 * 1000;
/** How often the last four characters may be typed. */
const VISIT_TRIES = 3;
/** How often a number that is in use is drawn again. */
const DRAWS = 5;

const drawNumber = (bytes: Uint8Array): string =>
  String(bytes.reduce((sum, byte) => (sum * 256 + byte) % 100_000_000, 0)).padStart(8, '0');

type CallPorts = Pick<VisitPorts, 'now' | 'today' | 'randomBytes' | 'visitIdOf' | 'createVisit'> & {
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
  const isValid = statusOn(identity.card, ports.today()) === 'valid';
  return isValid ? done({ kind: 'card', identity: identity.key }) : refuse('card_not_active');
};

/**
 * Gives the holder a number to read out at a counter, once, within five minutes: about their card, or about a case whose document was
 * read and whose face is not to be compared.
 * Refuses `not_found` where there is none, `card_not_active` for a card that is not valid, and `wrong_step` for a case at another step.
 */
export const callCounter = async (
  ports: CallPorts,
  account: AccountKey,
  request: CallCounterRequest,
): Promise<Result<CallCounterReply>> => {
  const subject = await subjectOf(ports, account, request.caseId);
  if (!subject.ok) return subject;
  const expiresAt = instant(ports.now() + VISIT_LIFE_MS);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const number = drawNumber(ports.randomBytes(8));
    const visit = { id: ports.visitIdOf(number), subject: subject.value, expiresAt, operator: null, tries: 0 };
    if (await ports.createVisit(visit)) return done({ ok: true, number, expiresAt });
  }
  return refuse('wrong_step');
};

/** Name and portrait that are compared with the person at the counter, once that they are read is written down. */
const openSubject = async (
  ports: VisitPorts,
  subject: VisitSubject,
): Promise<Omit<ReceiveVisitorReply, 'ok'> | null> => {
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
    };
  }
  const identity = await noteReadingOf(ports, () => ports.loadIdentity(subject.identity), 'counter');
  if (!identity) return null;
  const { person, card } = identity;
  const portrait = base64Encode(person.portrait);
  return { about: 'card', reference: card.id, maskedName: maskName(person.name), portrait, tier: card.tier };
};

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
): Promise<Result<ReceiveVisitorReply>> =>
  asOperator(ports, account, 'receiveVisitors', async (operator) => {
    await ports.recordOperatorAct(operatorAct(ports, operator.id, { kind: 'visitor_received' }));
    const visit = await ports.claimVisit(ports.visitIdOf(number), operator.id, ports.now());
    const opened = visit && (await openSubject(ports, visit.subject));
    return opened ? done({ ok: true, ...opened }) : refuse('not_found');
  });

/**
 * Raises the visitor's card to `full`: the operator has seen person and physical card, and has typed the last four characters of
 * the number on it, which are compared here and told to nobody.
 * Refuses `not_permitted`, `not_found`, `card_not_active`, `too_many_tries`, and `fields_disagree` with the tries that are left.
 */
export const raiseVisitor = (
  ports: VisitPorts,
  account: AccountKey,
  { number, lastFour }: RaiseVisitorRequest,
): Promise<Result<DoneReply>> =>
  asOperator(ports, account, 'receiveVisitors', async (operator) => {
    const visit = await ports.claimVisit(ports.visitIdOf(number), operator.id, ports.now());
    const identity = visit?.subject.kind === 'card' ? await ports.loadIdentity(visit.subject.identity) : null;
    if (!visit || !identity) return refuse('not_found');
    // Counted before it is compared, so that parallel calls cannot share one try.
    if (visit.tries >= VISIT_TRIES || !(await ports.countTry(visit))) return refuse('too_many_tries');
    if (identity.person.number.slice(-4) !== lastFour) {
      return refuse('fields_disagree', { triesLeft: VISIT_TRIES - visit.tries - 1 });
    }
    await ports.recordOperatorAct(operatorAct(ports, operator.id, { kind: 'visitor_raised' }));
    const raised = await raiseTier(ports, identity.card.id);
    if (raised.ok) await ports.endVisit(visit.id);
    return raised;
  });
