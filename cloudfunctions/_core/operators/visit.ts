import {
  base64Encode,
  instant,
  maskName,
  type AccountKey,
  type CallCounterReply,
  type DoneReply,
  type IdentityKey,
  type Instant,
  type RaiseVisitorRequest,
  type ReceiveVisitorReply,
  type ReceiveVisitorRequest,
} from '../../../protocol';
import { statusOn } from '../card/identity';
import type { LoadIdentityOfAccount } from '../card/identity-ports';
import { done, refuse, type Result } from '../result';
import { noteReadingOf, raiseTier, type CardActPorts } from './card-acts';
import { asOperator } from './operator';
import { operatorAct } from './propose';

/** A holder at a counter. */
export interface Visit {
  /** Keyed hash of the number that the holder reads out. */
  readonly id: string;
  readonly identity: IdentityKey;
  readonly expiresAt: Instant;
  /** The operator whom the holder stands before; null before the number was typed. */
  readonly operator: string | null;
  /** How often the last four characters were typed. */
  readonly tries: number;
}

export interface VisitPorts extends CardActPorts {
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
export const VISIT_TRIES = 3;
/** How often a number that is in use is drawn again. */
const DRAWS = 5;

const drawNumber = (bytes: Uint8Array): string =>
  String(bytes.reduce((sum, byte) => (sum * 256 + byte) % 100_000_000, 0)).padStart(8, '0');

/**
 * Gives the holder a number to read out at a counter, once, within five minutes.
 * Refuses `not_found` where there is no card, and `card_not_active` for one that is not valid.
 */
export const callCounter = async (
  ports: Pick<VisitPorts, 'now' | 'today' | 'randomBytes' | 'visitIdOf' | 'createVisit'> & {
    readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  },
  account: AccountKey,
): Promise<Result<CallCounterReply>> => {
  const identity = await ports.loadIdentityOfAccount(account);
  if (!identity) return refuse('not_found');
  if (statusOn(identity.card, ports.today()) !== 'valid') return refuse('card_not_active');
  const expiresAt = instant(ports.now() + VISIT_LIFE_MS);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const number = drawNumber(ports.randomBytes(8));
    const visit = { id: ports.visitIdOf(number), identity: identity.key, expiresAt, operator: null, tries: 0 };
    if (await ports.createVisit(visit)) return done({ ok: true, number, expiresAt });
  }
  return refuse('wrong_step');
};

/**
 * Opens a visitor's card at the counter, from the number that they read out: portrait and masked name, to compare with the person
 * and the physical card. The holder's history tells of it before anything is answered.
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
    if (!visit) return refuse('not_found');
    const identity = await noteReadingOf(ports, () => ports.loadIdentity(visit.identity), operator.role);
    if (!identity) return refuse('not_found');
    const { person, card } = identity;
    return done({
      ok: true,
      maskedName: maskName(person.name),
      portrait: base64Encode(person.portrait),
      tier: card.tier,
      card: card.id,
    });
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
    const identity = visit && (await ports.loadIdentity(visit.identity));
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
