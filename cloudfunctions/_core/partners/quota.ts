import { instant, type Instant, type PurposeId, type Sha256 } from '../../../protocol';
import { alarmId, type RateAlarm } from '../alarm';
import type { Now } from '../ambient-ports';
import type { ActivePartner } from './partner';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** China's clocks are eight hours ahead of UTC, all year round. */
const CHINA_OFFSET_MS = 8 * HOUR_MS;

/** The rate of an hour is unusual above so many checks, */
const UNUSUAL_FROM = 50;
/** and above so many times the mean of the seven days before. */
const UNUSUAL_TIMES = 3;

/** When the present day began in China. */
export const startOfDay = (at: Instant): Instant =>
  instant(Math.floor((at + CHINA_OFFSET_MS) / DAY_MS) * DAY_MS - CHINA_OFFSET_MS);

/**
 * Whether the checks of an hour stand out against the week before it.
 * @param hour how many in the hour
 * @param week how many in the 168 hours before it
 */
export const isUnusual = (hour: number, week: number): boolean =>
  hour > UNUSUAL_FROM && hour > (UNUSUAL_TIMES * week) / (7 * 24);

export interface QuotaPorts {
  readonly now: Now;
  readonly sha256: Sha256;
  /** The active partners after that id in the order of ids. */
  readonly listActivePartners: (after: string | null, limit: number) => Promise<readonly ActivePartner[]>;
  /** How many checks a partner made for a purpose from one instant on and before another. */
  readonly countChecks: (partner: string, purpose: PurposeId, from: Instant, to: Instant) => Promise<number>;
  /** Raises an alarm; one of the same id stays as it is. */
  readonly raiseAlarm: (alarm: RateAlarm) => Promise<void>;
  /** Stops a partner's checks for a purpose until then. */
  readonly throttle: (partner: string, purpose: PurposeId, until: Instant) => Promise<void>;
}

const PAGE = 50;

/** Raises an alarm about a partner's checks, once a day. */
const raise = async (ports: QuotaPorts, about: Omit<RateAlarm, 'id' | 'at'>): Promise<void> => {
  const at = ports.now();
  const { kind, partner, purpose } = about;
  await ports.raiseAlarm({ ...about, id: alarmId(ports.sha256, [kind, partner, purpose, startOfDay(at)]), at });
};

const lookAt = async (ports: QuotaPorts, { id: partner, grants }: ActivePartner): Promise<void> => {
  const at = ports.now();
  const until = instant(at + 1);
  const today = startOfDay(at);
  for (const { purpose, perDay } of grants) {
    const count = await ports.countChecks(partner, purpose, today, until);
    if (count >= perDay) {
      await ports.throttle(partner, purpose, instant(today + DAY_MS));
      await raise(ports, { kind: 'over_quota', partner, purpose, count });
    }
    const hourAgo = instant(at - HOUR_MS);
    const hour = await ports.countChecks(partner, purpose, hourAgo, until);
    // The week is counted only where the hour alone could be unusual.
    if (hour <= UNUSUAL_FROM) continue;
    const week = await ports.countChecks(partner, purpose, instant(hourAgo - 7 * DAY_MS), hourAgo);
    if (isUnusual(hour, week)) {
      await raise(ports, { kind: 'unusual_rate', partner, purpose, count: hour });
    }
  }
};

/**
 * Counts the checks of every active partner, off the hot path: at its day's quota a purpose is stopped until midnight in China, and
 * an unusual hour raises an alarm. Run again, it does the same again, harmlessly.
 * @returns how many partners there are
 */
export const watchQuotas = async (ports: QuotaPorts): Promise<number> => {
  let after: string | null = null;
  let looked = 0;
  for (;;) {
    const page: readonly ActivePartner[] = await ports.listActivePartners(after, PAGE);
    for (const partner of page) await lookAt(ports, partner);
    looked += page.length;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return looked;
    after = last.id;
  }
};
