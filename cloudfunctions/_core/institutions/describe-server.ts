import type { InstitutionSelf } from '../../../protocol';
import type { ActivePartner } from '../partners/partner';
import { done, type Result } from '../result';
import { READS_OF_PARTNER, takeTurnOf, type CounterPorts, type InstitutionCaller } from './counter';

/** A partner's server as its token and its registration tell. */
export interface DescribedCaller extends InstitutionCaller {
  readonly partner: Pick<ActivePartner, 'id' | 'names' | 'grants'>;
  /** What its token is for. */
  readonly scopes: ReadonlySet<string>;
}

/**
 * What a server may hear of itself.
 * Refuses `too_many_requests`.
 */
export const describeServer = async (
  ports: Pick<CounterPorts, 'takeTurn'>,
  caller: DescribedCaller,
): Promise<Result<InstitutionSelf>> => {
  const turn = await takeTurnOf(ports, READS_OF_PARTNER, caller);
  if (!turn.ok) return turn;
  const { clientId, partner, scopes } = caller;
  const grants = partner.grants.map(({ purpose, claims, perDay }) => ({ purpose, claims: [...claims], perDay }));
  return done({ client_id: clientId, names: partner.names, scope: [...scopes].join(' '), grants });
};
