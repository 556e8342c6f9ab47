import type { CardStatus } from '../../../protocol';
import { statusOn } from '../card/identity';
import { done, type Result } from '../result';
import { READS_OF_PARTNER, takeTurnOf, type InstitutionCaller } from './counter';
import { referredCard, type ReferencePorts } from './referred-card';

/**
 * The status of the card behind a reference that the caller was given. Another partner's reference, one whose consent has ended or was
 * withdrawn, one whose holder deleted the account, and no reference at all are `unknown` alike, and each takes one read.
 * Refuses `too_many_requests`.
 */
export const readCardStatus = async (
  ports: ReferencePorts,
  caller: InstitutionCaller,
  reference: string,
): Promise<Result<CardStatus>> => {
  const turn = await takeTurnOf(ports, READS_OF_PARTNER, caller);
  if (!turn.ok) return turn;
  const referred = await referredCard(ports, caller, reference);
  const asOf = ports.now();
  if (!referred) return done({ status: 'unknown', asOf });
  const { identity, until } = referred;
  // What a check at a counter gave has no end, and is no consent.
  const consent = until && (await ports.findConsent(identity, caller.partner.id, { until, at: asOf }));
  const isAllowed = until === null || consent?.withdrawnAt === null;
  return done({ status: isAllowed ? statusOn(identity.card, ports.today()) : 'unknown', asOf });
};
