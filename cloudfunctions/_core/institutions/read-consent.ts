import type { CardConsent } from '../../../protocol';
import { done, refuse, type Result } from '../result';
import { READS_OF_PARTNER, takeTurnOf, type InstitutionCaller } from './counter';
import { referredCard, type ReferencePorts } from './referred-card';

/**
 * How the consent stands by which the caller was given a reference. When one has ended, the reference itself says; a withdrawn one is told as
 * withdrawn until then.
 * Refuses `too_many_requests`, and `not_found` alike, after one read, for another partner's reference, one of a counter's check, one to whose
 * partner later consents were given instead, one whose holder deleted the account, and none.
 */
export const readConsent = async (
  ports: ReferencePorts,
  caller: InstitutionCaller,
  reference: string,
): Promise<Result<CardConsent>> => {
  const turn = await takeTurnOf(ports, READS_OF_PARTNER, caller);
  if (!turn.ok) return turn;
  const referred = await referredCard(ports, caller, reference);
  if (!referred?.until) return refuse('not_found');
  const { identity, until } = referred;
  const at = ports.now();
  if (until <= at) return done({ state: 'ended', until });
  const consent = await ports.findConsent(identity, caller.partner.id, { until, at });
  if (!consent) return refuse('not_found');
  const { purpose, withdrawnAt } = consent;
  return done(
    withdrawnAt === null ? { state: 'given', purpose, until } : { state: 'withdrawn', purpose, at: withdrawnAt },
  );
};
