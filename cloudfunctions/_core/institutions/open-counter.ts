import { sessionHandle, type CounterOrder, type CounterStanding, type OpenedCounter } from '../../../protocol';
import { done, refuse, type Result } from '../result';
import { openCounterOf, sessionStanding, type OpenCounterPorts } from '../showing/counter';
import type { LoadSession } from '../showing/counter-session';
import {
  counterOf,
  ORDERS_OF_PARTNER,
  READS_OF_PARTNER,
  takeTurnOf,
  type CounterPorts,
  type InstitutionCaller,
} from './counter';

export interface InstitutionCounterPorts extends Omit<OpenCounterPorts, 'loadStaff'>, CounterPorts {
  readonly loadSession: LoadSession;
}

/**
 * Opens a session of an institution's counter, which shows its code first; that counter alone can redeem what comes of it.
 * Refuses `too_many_requests`, `purpose_not_registered`, `claims_not_granted`, `quota_used`.
 */
export const openInstitutionCounter = async (
  ports: InstitutionCounterPorts,
  caller: InstitutionCaller,
  { counter, ...offer }: CounterOrder,
): Promise<Result<OpenedCounter>> => {
  const turn = await takeTurnOf(ports, ORDERS_OF_PARTNER, caller);
  if (!turn.ok) return turn;
  const opened = await openCounterOf(ports, await counterOf(ports, caller, counter), offer);
  if (!opened.ok) return opened;
  const { ok: _ok, ...told } = opened.value;
  return done(told);
};

/**
 * What became of a session of a counter that the caller opened; where an ask stands, its provider says.
 * Refuses `too_many_requests`, and `not_found` for another's, an ask's and none alike.
 */
export const readInstitutionCounter = async (
  ports: Pick<InstitutionCounterPorts, 'now' | 'takeTurn' | 'loadSession'>,
  caller: InstitutionCaller,
  session: string,
): Promise<Result<CounterStanding>> => {
  const turn = await takeTurnOf(ports, READS_OF_PARTNER, caller);
  if (!turn.ok) return turn;
  const found = await ports.loadSession(sessionHandle(session));
  if (found?.partner !== caller.partner.id || found.shop !== caller.clientId || found.ask) return refuse('not_found');
  const standing = sessionStanding(found, ports.now());
  return done({ state: standing.state, reason: 'reason' in standing ? standing.reason : null });
};
