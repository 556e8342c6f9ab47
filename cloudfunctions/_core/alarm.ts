import type { Instant, PurposeId, Sha256 } from '../../protocol';
import { derivedId } from './derived-id';
import type { ReportAlarm } from './rights/report-partner';

interface AlarmBase {
  /** Follows from what it is about, so that it is raised once. */
  readonly id: string;
  readonly at: Instant;
  readonly count: number;
}

/** A partner's checks for a purpose: the day's quota is used, or an hour stands out. */
export interface RateAlarm extends AlarmBase {
  readonly kind: 'over_quota' | 'unusual_rate';
  readonly partner: string;
  readonly purpose: PurposeId;
}

/** So many faces are stored that they must be reported to the authority, or soon must be. */
export interface FacesAlarm extends AlarmBase {
  readonly kind: 'stored_faces';
  readonly level: 'near' | 'reached';
}

/** Something that operators should look at. */
export type Alarm = RateAlarm | FacesAlarm | ReportAlarm;

/** The id of an alarm. @param about what makes it another one */
export const alarmId = (sha256: Sha256, about: readonly (string | number)[]): string =>
  derivedId(sha256, JSON.stringify(about));
