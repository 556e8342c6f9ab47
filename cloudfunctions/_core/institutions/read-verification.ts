import { eventId, type EventId, type MadeVerification, type Sha256 } from '../../../protocol';
import type { LoadCheck, LoadLooks } from '../event';
import { done, refuse, type Result } from '../result';
import { lookIdOf } from '../showing/look-id';
import { READS_OF_PARTNER, takeTurnOf, type CounterPorts, type InstitutionCaller } from './counter';

export interface ReadVerificationPorts extends Pick<CounterPorts, 'takeTurn'> {
  readonly sha256: Sha256;
  readonly loadCheck: LoadCheck;
  readonly loadLooks: LoadLooks;
}

/** A check that the server itself made; another's and none are both null. */
export const ownCheck = async (
  { loadCheck }: Pick<ReadVerificationPorts, 'loadCheck'>,
  { clientId, partner }: InstitutionCaller,
  id: EventId,
): Promise<Awaited<ReturnType<LoadCheck>>> => {
  const found = await loadCheck(id);
  return found?.check.partner === partner.id && found.check.shop === clientId ? found : null;
};

/**
 * A check that the caller made: facts, receipt, and what staff said of the look. Neither the claims nor the reference are told again,
 * since the record of a check names nobody.
 * Refuses `too_many_requests`, and `not_found` for another's and for none alike.
 */
export const readVerification = async (
  ports: ReadVerificationPorts,
  caller: InstitutionCaller,
  named: string,
): Promise<Result<MadeVerification>> => {
  const turn = await takeTurnOf(ports, READS_OF_PARTNER, caller);
  if (!turn.ok) return turn;
  const id = eventId(named);
  const found = await ownCheck(ports, caller, id);
  if (!found) return refuse('not_found');
  const { at, check } = found;
  // A pass is handed in by a phone: a server's check has a receipt, and a mode of the two that it can have.
  if (check.receipt === null || check.mode === 'offline') return refuse('not_found');
  const lookId = lookIdOf(ports.sha256, id);
  const looks = await ports.loadLooks([lookId]);
  const { terminal: counter, purpose, mode, tier, stepUp, claims, receipt } = check;
  return done({
    ...{ id, counter, purpose, mode, tier, receipt },
    stepUp: [...stepUp],
    facts: { redeemedAt: at, status: 'valid', statusAsOf: at },
    claims: [...claims],
    look: looks.get(lookId) ?? null,
  });
};
