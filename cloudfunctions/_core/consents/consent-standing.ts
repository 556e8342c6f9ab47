import { purposeTable, type ConsentStanding, type Instant } from '../../../protocol';
import type { HistoryEvent } from '../event';
import { consentsOf, type Consenting } from './consent';

/** How the consent stands that is kept under a number; null where none is. */
export const keptStanding = (identity: Consenting, number: number, at: Instant): ConsentStanding | null => {
  const found = consentsOf(identity, at).find((one) => one.number === number);
  if (!found) return null;
  const { withdrawnAt, until } = found;
  return withdrawnAt === null ? { state: 'given', until } : { state: 'withdrawn', at: withdrawnAt };
};

/** How the consent stands that was given with an event; null where none was. */
export const consentStanding = (
  identity: Consenting,
  { number, happening }: Pick<HistoryEvent, 'number' | 'happening'>,
  at: Instant,
): ConsentStanding | null => {
  if (happening.kind !== 'card_checked' || happening.mode !== 'asked') return null;
  if (purposeTable[happening.purpose].consentDays === 0) return null;
  return keptStanding(identity, number, at) ?? { state: 'ended' };
};
