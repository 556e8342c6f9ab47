import { instant, type EventId, type Instant } from '../../../protocol';
import type { HistoryEvent } from '../event';
import type { DeletionRequest } from './deletion-request';

type LookHappening = Extract<
  HistoryEvent['happening'],
  { readonly kind: 'card_checked' | 'check_refused' | 'pass_used' | 'pass_used_twice' }
>;

/** A partner's look at the card: a check, a refused one, or the use of a pass. */
export interface LookEvent {
  readonly id: EventId;
  readonly number: number;
  readonly at: Instant;
  readonly happening: LookHappening;
}

const lookKinds: readonly string[] = [
  'card_checked',
  'check_refused',
  'pass_used',
  'pass_used_twice',
] satisfies LookHappening['kind'][];

const isLook = (happening: HistoryEvent['happening']): happening is LookHappening => lookKinds.includes(happening.kind);

/** The event as a partner's look; null where it is none. */
export const lookOf = ({ id, number, at, happening }: HistoryEvent): LookEvent | null =>
  isLook(happening) ? { id, number, at, happening } : null;

/** What a partner was told at a look; null where it was told nothing. */
export const toldAt = ({
  id,
  at,
  happening,
}: LookEvent): Omit<DeletionRequest, 'id' | 'askedAt' | 'answered'> | null => {
  if (happening.kind !== 'card_checked' && happening.kind !== 'pass_used') return null;
  const { partner, shop, terminal, purpose, claims } = happening;
  const checkedAt = happening.kind === 'pass_used' ? instant(happening.acceptedAt) : at;
  const receipt = happening.kind === 'card_checked' ? happening.receipt : null;
  return { check: id, checkedAt, partner, shop, terminal, purpose, claims, receipt };
};
