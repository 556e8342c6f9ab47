import fc from 'fast-check';
import { eventId, instant, type AccountKey, type EventId } from '../../../protocol';
import { sha256 } from '../../../cloudfunctions/_adapters/crypto/es256';
import {
  exportChecks,
  listChecks,
  type ChecksPorts,
  type RecordedCheck,
} from '../../../cloudfunctions/_core/partners/checks';
import { removeStaff } from '../../../cloudfunctions/_core/partners/staff';
import { lookIdOf } from '../../../cloudfunctions/_core/showing/look-id';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { joined, registered } from '../../support/partner-steps';
import { createPartnerWorld } from '../../support/partner-store';

const [owner, manager, clerk] = [accountOf(1), accountOf(2), accountOf(3)];
const refused = (code: string) => ({ ok: false, error: { code } });

/** A partner whose owner and clerk have made checks, and another partner's checks beside them. */
const checked = async (times: readonly number[], terminal = 'counter-1') => {
  const world = createPartnerWorld();
  const { partner, shop } = await registered(world, owner);
  const managing = await joined(world.ports, owner, manager, 'manager', shop);
  await joined(world.ports, owner, clerk, 'clerk', shop);
  const made = (by: AccountKey, of: string, at: number, index: number): RecordedCheck => ({
    id: eventId(index.toString(16).padStart(32, '0')),
    at: instant(at),
    check: {
      ...{ partner: of, shop, terminal, verifier: by, purpose: 'parcel-pickup', mode: 'shown', tier: 'light' },
      ...{ claims: ['masked_name'], stepUp: [], receipt: 'a.receipt.signed' },
    },
  });
  const checks = times.flatMap((at, index) => [
    made(index % 2 === 0 ? owner : clerk, partner, at, 2 * index + 1),
    made(owner, 'another', at, 2 * index + 2),
  ]);
  const looks = new Map(checks.slice(0, 1).map(({ id }) => [lookIdOf(sha256, id), 'same' as const]));
  const ports: ChecksPorts = {
    sha256,
    loadMember: world.ports.loadMember,
    listPartnerChecks: ({ partner: of, verifier, before, from }, limit) =>
      Promise.resolve(
        checks
          .filter(({ check }) => check.partner === of && (verifier === null || check.verifier === verifier))
          .filter(({ at, id }) => at >= from && (!before || at < before.at || (at === before.at && id < before.id)))
          .sort((one, other) => other.at - one.at || (one.id < other.id ? 1 : -1))
          .slice(0, limit),
      ),
    loadLooks: (ids: readonly EventId[]) => Promise.resolve(new Map([...looks].filter(([id]) => ids.includes(id)))),
  };
  const all = async (by: AccountKey): Promise<readonly string[]> => {
    const seen: string[] = [];
    let page = valueOf(await listChecks(ports, by, { action: 'listChecks' }));
    seen.push(...page.checks.map(({ id }) => id));
    while (page.next) {
      page = valueOf(await listChecks(ports, by, { action: 'listChecks', before: page.next }));
      seen.push(...page.checks.map(({ id }) => id));
    }
    return seen;
  };
  return { world, ports, all, managing, checks: checks.filter(({ check }) => check.partner === partner) };
};

describe('a partner’s own checks', () => {
  it('are all for who manages, the own ones for a clerk, and each once, whatever their times', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 5 }), { maxLength: 70 }), async (times) => {
        const { all, checks } = await checked(times);
        const ids = (by?: AccountKey) =>
          checks.filter(({ check }) => by === undefined || check.verifier === by).map(({ id }) => String(id));
        for (const [by, expected] of [
          [owner, ids()],
          [manager, ids()],
          [clerk, ids(clerk)],
        ] as const)
          expect([...(await all(by))].sort()).toEqual([...expected].sort());
      }),
      { numRuns: 40 },
    );
  });

  it('come with what staff said, and are nobody’s who does not work there', async () => {
    const { world, ports, managing } = await checked([10, 20]);
    const { checks } = valueOf(await listChecks(ports, manager, { action: 'listChecks' }));
    expect(checks.map(({ at, look }) => [at, look])).toEqual([
      [20, null],
      [10, 'same'],
    ]);
    expect(await listChecks(ports, accountOf(9), { action: 'listChecks' })).toEqual(refused('not_permitted'));
    valueOf(await removeStaff(world.ports, owner, { action: 'removeStaff', member: managing }));
    expect(await listChecks(ports, manager, { action: 'listChecks' })).toEqual(refused('not_permitted'));
  });

  it('are exported by period, page after page, as one file without a formula', async () => {
    const times = Array.from({ length: 1100 }, (_, at) => at);
    const { ports } = await checked(times, '=1+1');
    const period = { action: 'exportChecks', from: 100, to: 1000 } as const;
    let page = valueOf(await exportChecks(ports, owner, period));
    let file = page.csv;
    while (page.next) {
      page = valueOf(await exportChecks(ports, owner, { ...period, before: page.next }));
      file += page.csv;
    }
    const rows = file.trimEnd().split('\r\n');
    expect(rows).toHaveLength(901);
    expect(rows[0]).toMatch(/^event,time,/);
    expect(rows[1]).toContain(new Date(999).toISOString());
    expect(rows[900]).toContain(new Date(100).toISOString());
    expect(rows[1]).toContain(",'=1+1,");
    expect(await exportChecks(ports, clerk, period)).toEqual(refused('not_permitted'));
  });
});
