import {
  caseId,
  cardId,
  type AccountKey,
  type CalendarDate,
  type CaseId,
  type DoneReply,
  type EndReason,
  type FindCardReply,
  type FindCardRequest,
  type HoldCardRequest,
  type IdentityKey,
  type OperatorRevocation,
  type OperatorRole,
  type ReleaseCardRequest,
} from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import {
  changeIdentity,
  nextRevisionOf,
  ROUNDS_OF_OTHERS,
  withEvent,
  type Change,
  type ChangeIdentityPorts,
} from '../card/change-identity';
import { statusOn, type Identity } from '../card/identity';
import type { LoadIdentity, LoadIdentityByCard } from '../card/identity-ports';
import { stop } from '../card/stop-card';
import { isStoppedFor, standingOf, without } from '../card/stops';
import type { LoadAnyCase } from '../enrolment/case-ports';
import type { Happening } from '../happening';
import { done, refuse, type Result } from '../result';
import { asOperator, type Operator, type OperatorPorts } from './operator';
import type { OperatorDeed, RecordOperatorAct } from './operator-act';
import { operatorAct } from './propose';

export interface CardActPorts extends OperatorPorts, ChangeIdentityPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly randomBytes: RandomBytes;
  readonly loadIdentity: LoadIdentity;
  readonly loadIdentityByCard: LoadIdentityByCard;
  readonly loadAnyCase: LoadAnyCase;
  readonly recordOperatorAct: RecordOperatorAct;
}

const changed = <Value>(
  ports: CardActPorts,
  identity: Identity,
  card: Partial<Identity['card']>,
  happening: Happening,
  value: Value,
): Change<Value> => {
  const next = nextRevisionOf(identity, { card: { ...identity.card, ...card } });
  return { kind: 'changed', next: withEvent(ports.sealEvent, next, { at: ports.now(), happening }), value };
};

const record = (ports: CardActPorts, { id }: Operator, deed: OperatorDeed): Promise<void> =>
  ports.recordOperatorAct(operatorAct(ports, id, deed));

/** Writes into a holder's history that an operator has read of them. Where there is no card, there is no history to write into. */
export const noteReadingOf = async (
  ports: CardActPorts,
  load: () => Promise<Identity | null>,
  role: OperatorRole,
): Promise<Identity | null> => {
  const noted = await changeIdentity(
    ports,
    load,
    (identity) => changed(ports, identity, {}, { kind: 'card_looked_up', role }, identity),
    ROUNDS_OF_OTHERS,
  );
  if (noted.ok) return noted.value;
  if (noted.error.code === 'not_found') return null;
  // Without its entry nothing may be read.
  throw new Error('the history could not be written');
};

const ofCase = async (ports: CardActPorts, id: CaseId): Promise<IdentityKey | null> => {
  const found = await ports.loadAnyCase(id);
  return found?.state === 'minted' ? found.identity : null;
};

/**
 * Looks a card up by its exact id or its case's; a name, a number or a part of an id finds nothing. The holder's history tells of it,
 * before anything is answered. Whoever may not look hears the same as who finds nothing: `not_found`.
 */
export const findCard = async (
  ports: CardActPorts,
  account: AccountKey,
  { by, reference }: FindCardRequest,
): Promise<Result<FindCardReply>> => {
  const found = await asOperator(ports, account, 'findCard', async (operator) => {
    await record(ports, operator, { kind: 'card_looked_up', by });
    const key = by === 'case' ? await ofCase(ports, caseId(reference)) : null;
    const load = async (): Promise<Identity | null> => {
      if (by === 'card') return ports.loadIdentityByCard(cardId(reference));
      return key && ports.loadIdentity(key);
    };
    const identity = await noteReadingOf(ports, load, operator.role);
    return identity ? done(identity.card) : refuse('not_found');
  });
  if (!found.ok) return refuse('not_found');
  const { id, tier, mintedAt, stops } = found.value;
  const status = statusOn(found.value, ports.today());
  return done({ ok: true, card: id, status, tier, mintedAt, stops: stops.map((one) => ({ ...one })) });
};

const onCard = (
  ports: CardActPorts,
  card: string,
  decide: (identity: Identity) => Change<DoneReply>,
): Promise<Result<DoneReply>> =>
  changeIdentity(ports, () => ports.loadIdentityByCard(cardId(card)), decide, ROUNDS_OF_OTHERS);

const kept = { kind: 'kept', value: { ok: true } } as const;
const notActive = { kind: 'refused', error: { code: 'card_not_active' } } as const;

const stoppedFor = (ports: CardActPorts, identity: Identity, reason: EndReason): Change<DoneReply> => {
  const change = stop(ports, identity, reason);
  return change.kind === 'refused' ? change : { ...change, value: { ok: true } };
};

/**
 * Suspends a card, whatever its holder wants, beside whatever else stops it. Twice for one reason is once.
 * Refuses `not_permitted`, `not_found`, and `card_not_active` for one that is revoked.
 */
export const holdCard = (
  ports: CardActPorts,
  account: AccountKey,
  { card, reason }: HoldCardRequest,
): Promise<Result<DoneReply>> =>
  asOperator(ports, account, 'holdCard', async (operator) => {
    await record(ports, operator, { kind: 'card_held' });
    return onCard(ports, card, (identity) =>
      standingOf(identity.card.stops) === 'revoked' ? notActive : stoppedFor(ports, identity, reason),
    );
  });

/**
 * Lifts what an operator had suspended a card for and an operator settles; whatever else stops it stays in force, its holder's own
 * brake among it. Twice is once. Refuses `not_permitted`, `not_found`, and `card_not_active` for one that is revoked.
 */
export const releaseCard = (
  ports: CardActPorts,
  account: AccountKey,
  { card }: ReleaseCardRequest,
): Promise<Result<DoneReply>> =>
  asOperator(ports, account, 'holdCard', async (operator) => {
    await record(ports, operator, { kind: 'card_released' });
    return onCard(ports, card, (identity) => {
      const { stops } = identity.card;
      if (standingOf(stops) === 'revoked') return notActive;
      if (!isStoppedFor(stops, ['operator'])) return kept;
      const left = without(stops, 'operator');
      const reasons = stops.filter((one) => !left.includes(one)).map(({ reason }) => reason);
      return changed(ports, identity, { stops: left }, { kind: 'card_released', reasons }, { ok: true });
    });
  });

/** Revokes a card, as two operators decided. Twice for one reason is once. Refuses `not_found`. */
export const revokeCard = (ports: CardActPorts, card: string, reason: OperatorRevocation): Promise<Result<DoneReply>> =>
  onCard(ports, card, (identity) => stoppedFor(ports, identity, reason));

/**
 * Raises a card to `full`, and ends what a move to another phone had limited: person and physical card were seen. Twice is once.
 * Refuses `not_found`, and `card_not_active` for one that is not valid.
 */
export const raiseTier = (ports: CardActPorts, card: string): Promise<Result<DoneReply>> =>
  onCard(ports, card, (identity) => {
    const { tier, limitedUntil } = identity.card;
    if (tier === 'full' && limitedUntil === null) return kept;
    if (statusOn(identity.card, ports.today()) !== 'valid') return notActive;
    const seen = { tier: 'full', limitedUntil: null, raisedAt: ports.now() } as const;
    return changed(ports, identity, seen, { kind: 'tier_raised' }, { ok: true });
  });
