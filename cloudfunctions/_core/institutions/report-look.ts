import { eventId, type LookOrder } from '../../../protocol';
import { done, refuse, type Result } from '../result';
import { noteLook, type NoteLookPorts } from '../showing/report-look';
import { ORDERS_OF_PARTNER, takeTurnOf, type CounterPorts, type InstitutionCaller } from './counter';
import { ownCheck } from './read-verification';

/**
 * Writes down what the staff of an institution's counter said of portrait and person, once for each check that the caller made.
 * Refuses `too_many_requests`, `not_found` for another's check and for none alike, and `wrong_step` where another answer was given, the
 * time to answer is over, or the holder was asked and nobody looked.
 */
export const reportInstitutionLook = async (
  ports: NoteLookPorts & Pick<CounterPorts, 'takeTurn'>,
  caller: InstitutionCaller,
  named: string,
  { look }: LookOrder,
): Promise<Result<LookOrder>> => {
  const turn = await takeTurnOf(ports, ORDERS_OF_PARTNER, caller);
  if (!turn.ok) return turn;
  const check = eventId(named);
  const found = await ownCheck(ports, caller, check);
  if (!found) return refuse('not_found');
  // Nobody stood before a server that asked, and no portrait was told.
  if (found.check.mode === 'asked') return refuse('wrong_step');
  const noted = await noteLook(ports, { check, at: found.at }, look);
  return noted.ok ? done({ look }) : noted;
};
