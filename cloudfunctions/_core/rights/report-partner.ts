import {
  type AccountKey,
  type Instant,
  type PurposeId,
  type ReportPartnerRequest,
  type ReportReason,
  type StandingReply,
} from '../../../protocol';
import { derivedId } from '../derived-id';
import type { RateLimit } from '../rate-limit';
import type { Result } from '../result';
import { actOnLook, type ActOnLookPorts } from './act-on-look';

/** A holder's report of a partner, as operators are told of it: not who, and not at which check, which would tell the partner who. */
export interface ReportAlarm {
  /** Follows from the look, so that one look is reported once. */
  readonly id: string;
  readonly kind: 'partner_reported';
  readonly partner: string;
  readonly purpose: PurposeId;
  readonly reason: ReportReason;
  readonly at: Instant;
}

export interface ReportPartnerPorts extends ActOnLookPorts {
  /** Raises an alarm; one of the same id stays as it is. */
  readonly raiseAlarm: (alarm: ReportAlarm) => Promise<void>;
}

/** How often an account may report. */
const REPORTS_OF_ACCOUNT: RateLimit = { name: 'report', most: 5, windowMs: 24 * 60 * 60 * 1000 };

/**
 * Reports the partner of a look to the operators. The partner is told nothing. The same look again is once, whatever the reason.
 * Refuses `not_found` where the number is no look of the caller's own, and `too_many_requests` above five a day.
 */
export const reportPartner = (
  ports: ReportPartnerPorts,
  account: AccountKey,
  { number, reason }: ReportPartnerRequest,
): Promise<Result<StandingReply>> =>
  actOnLook(ports, account, number, ({ id, happening: { partner, purpose } }) => ({
    limit: REPORTS_OF_ACCOUNT,
    isDone: ({ reported }) => reported.includes(number),
    doneBy: (acts) => ({ ...acts, reported: [...acts.reported, number] }),
    happening: { kind: 'partner_reported', check: number, partner, reason },
    follow: (at) => {
      const alarm = derivedId(ports.sha256, `report of ${id}`);
      return ports.raiseAlarm({ id: alarm, kind: 'partner_reported', partner, purpose, reason, at });
    },
  }));
