import fc from 'fast-check';
import { instant } from '../../../protocol';
import { sha256 } from '../../../cloudfunctions/_adapters/crypto/es256';
import type { RateAlarm } from '../../../cloudfunctions/_core/alarm';
import type { ActivePartner } from '../../../cloudfunctions/_core/partners/partner';
import { isUnusual, startOfDay, watchQuotas, type QuotaPorts } from '../../../cloudfunctions/_core/partners/quota';
import { createClock } from '../../support/clock';
import { application, pickupGrant } from '../../support/partner-steps';

const HOUR = 60 * 60 * 1000;
const { action: _action, wanted: _wanted, ...details } = application();
const partnerAt = (at: number, perDay = 100): ActivePartner => ({
  ...details,
  id: String(at).padStart(4, '0'),
  revision: 2,
  carriedOut: [],
  pending: null,
  state: 'active',
  reason: null,
  grants: [{ ...pickupGrant, perDay }],
  shops: [],
  application: null,
});

/** Partners, the instants of their checks, and what came of counting them. */
const watched = (partners: readonly ActivePartner[], checks: readonly (readonly [string, number])[]) => {
  const clock = createClock('2026-03-10T04:30:00.000Z');
  const alarms = new Map<string, RateAlarm>();
  const throttled: (readonly [string, string, number])[] = [];
  const ports: QuotaPorts = {
    now: clock.now,
    sha256,
    listActivePartners: (after, limit) =>
      Promise.resolve(partners.filter(({ id }) => after === null || id > after).slice(0, limit)),
    countChecks: (partner, purpose, from, to) =>
      Promise.resolve(
        purpose === 'parcel-pickup'
          ? checks.filter(([by, ago]) => by === partner && clock.now() - ago >= from && clock.now() - ago < to).length
          : 0,
      ),
    raiseAlarm: (alarm) => {
      if (!alarms.has(alarm.id)) alarms.set(alarm.id, alarm);
      return Promise.resolve();
    },
    throttle: (...given) => {
      throttled.push(given);
      return Promise.resolve();
    },
  };
  return { clock, ports, throttled, alarms: () => [...alarms.values()] };
};
const checksOf = (partner: ActivePartner, count: number, ago: number) =>
  Array.from({ length: count }, () => [partner.id, ago] as const);

describe('a quota', () => {
  it('stops a purpose until midnight in China once it is used', async () => {
    const [one, other] = [partnerAt(1, 5), partnerAt(2, 5)];
    const world = watched(
      [one, other],
      [...checksOf(one, 5, HOUR), ...checksOf(other, 4, HOUR), ...checksOf(other, 9, 13 * HOUR)],
    );
    await watchQuotas(world.ports);
    await watchQuotas(world.ports);
    expect(new Set(world.throttled.map(String))).toEqual(
      new Set([String([one.id, 'parcel-pickup', Date.parse('2026-03-10T16:00:00.000Z')])]),
    );
    expect(world.alarms()).toMatchObject([{ kind: 'over_quota', partner: one.id, count: 5 }]);
  });

  it('is looked at for every partner, however many there are', async () => {
    const partners = Array.from({ length: 120 }, (_, at) => partnerAt(at, 1));
    const world = watched(
      partners,
      partners.map(({ id }) => [id, 1] as const),
    );
    await watchQuotas(world.ports);
    expect(world.alarms()).toHaveLength(120);
  });

  it('has days that begin at midnight in China', () => {
    const day = (text: string) => new Date(startOfDay(instant(Date.parse(text)))).toISOString();
    expect(day('2026-03-10T15:59:59.999Z')).toBe('2026-03-09T16:00:00.000Z');
    expect(day('2026-03-10T16:00:00.000Z')).toBe('2026-03-10T16:00:00.000Z');
  });
});

describe('an unusual hour', () => {
  it('raises one alarm a day, and stops nothing', async () => {
    const one = partnerAt(1, 1000);
    const world = watched([one], checksOf(one, 60, 1));
    await watchQuotas(world.ports);
    await watchQuotas(world.ports);
    expect(world.alarms()).toMatchObject([{ kind: 'unusual_rate', partner: one.id, count: 60 }]);
    expect(world.throttled).toEqual([]);
  });

  it('is none against a busy week', async () => {
    const one = partnerAt(1, 100_000);
    const busy = [...checksOf(one, 60, 1), ...checksOf(one, 60 * 7 * 24, 30 * HOUR)];
    const world = watched([one], busy);
    await watchQuotas(world.ports);
    expect(world.alarms()).toEqual([]);
  });

  it('has more than 50 checks and more than three times the mean, and no other has', () => {
    expect([isUnusual(50, 0), isUnusual(51, 0), isUnusual(60, 20 * 168), isUnusual(61, 20 * 168)]).toEqual([
      false,
      true,
      false,
      true,
    ]);
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(500_000), (hour, week) => {
        if (isUnusual(hour, week)) expect(isUnusual(hour + 1, week) && hour > 50).toBe(true);
        else expect(isUnusual(hour, week + 1)).toBe(false);
      }),
    );
  });
});
