import fc from 'fast-check';
import { purposeTable, type AccountKey } from '../../../protocol';
import { applyAsPartner } from '../../../cloudfunctions/_core/partners/apply';
import { refusePartner, resumePartner, suspendPartner } from '../../../cloudfunctions/_core/partners/decide-partner';
import { acceptInvitation, inviteStaff } from '../../../cloudfunctions/_core/partners/invite';
import { changeStaff, removeStaff } from '../../../cloudfunctions/_core/partners/staff';
import { settlePartner } from '../../../cloudfunctions/_core/partners/settle';
import { failing, InjectedFault, interleaved } from '../../support/asynchronous';
import { accountOf } from '../../support/enrolment-world';
import {
  application,
  approve,
  creditCodes,
  partnerOperator,
  pickupGrant,
  registered,
  warrant,
} from '../../support/partner-steps';
import {
  createPartnerWorld,
  laterPartnerPorts,
  type AllPartnerPorts,
  type PartnerWorld,
} from '../../support/partner-store';

const people = [1, 2, 3, 4, 5].map(accountOf);
const someone = fc.constantFrom(...people);
const pick = fc.nat({ max: 5 });

/** One thing that somebody does, on what is there when they do it. */
type Step = (world: PartnerWorld, ports: AllPartnerPorts, tokens: string[]) => Promise<unknown>;

const at = <Value>(list: readonly Value[], index: number): Value | undefined => list[index % Math.max(list.length, 1)];
const shopOf = ({ partners }: PartnerWorld): string => {
  const [first] = partners().flatMap((partner) => ('shops' in partner ? partner.shops : []));
  return first?.id ?? 'none';
};
const memberAt = ({ members }: PartnerWorld, index: number): string => at(members(), index)?.member ?? 'none';
const partnerAt = ({ partners }: PartnerWorld, index: number): string => at(partners(), index)?.id ?? 'none';
const role = fc.constantFrom('owner', 'manager', 'clerk');

const step: fc.Arbitrary<Step> = fc.oneof(
  someone.map(
    (account): Step =>
      (_world, ports) =>
        applyAsPartner(ports, account, application({ creditCode: creditCodes[1] })),
  ),
  fc.tuple(pick, fc.subarray([...pickupGrant.claims], { minLength: 1 })).map(
    ([index, claims]): Step =>
      (world, ports) =>
        approve({ ...world, ports }, partnerAt(world, index), [{ ...pickupGrant, claims }]),
  ),
  pick.map(
    (index): Step =>
      (world, ports) =>
        refusePartner(ports, partnerOperator, partnerAt(world, index), 'claims_too_wide'),
  ),
  pick.map(
    (index): Step =>
      (world, ports) =>
        suspendPartner(ports, warrant(), partnerAt(world, index), 'misuse'),
  ),
  pick.map(
    (index): Step =>
      (world, ports) =>
        resumePartner(ports, warrant(), partnerAt(world, index)),
  ),
  fc.tuple(someone, role).map(([by, given]): Step => async (world, ports, tokens) => {
    const request = { action: 'inviteStaff', role: given, shop: shopOf(world), terminal: '1' } as const;
    const invited = await inviteStaff(ports, by, request);
    if (invited.ok) tokens.push(invited.value.token);
  }),
  fc.tuple(someone, pick).map(
    ([by, index]): Step =>
      (_world, ports, tokens) =>
        acceptInvitation(ports, by, { action: 'acceptInvitation', token: at(tokens, index) ?? 'A'.repeat(22) }),
  ),
  fc.tuple(someone, pick).map(
    ([by, index]): Step =>
      (world, ports) =>
        removeStaff(ports, by, { action: 'removeStaff', member: memberAt(world, index) }),
  ),
  fc.tuple(someone, pick, role).map(
    ([by, index, given]): Step =>
      (world, ports) =>
        changeStaff(ports, by, {
          action: 'changeStaff',
          member: memberAt(world, index),
          role: given,
          shop: shopOf(world),
          terminal: '2',
        }),
  ),
);

const isWithin = (few: readonly string[], many: readonly string[]): boolean => few.every((one) => many.includes(one));

/** What holds once nobody is at work and what was interrupted is finished. */
const expectWhole = async (world: PartnerWorld): Promise<void> => {
  for (const partner of world.partners()) await settlePartner(world.ports, partner);
  const ids = new Set(world.log.map(({ id }) => id));
  for (const written of world.written) expect(written.pending === null || ids.has(written.pending.id)).toBe(true);
  expect(world.log).toHaveLength(world.written.length);

  for (const partner of world.partners()) {
    if ('grants' in partner) {
      for (const { purpose, claims } of partner.grants)
        expect(isWithin(claims, purposeTable[purpose].claims)).toBe(true);
      const staff = world.members().filter((one) => one.partner === partner.id);
      expect(staff.some((one) => one.role === 'owner' && one.state === 'active')).toBe(true);
    }
    for (const one of world.members().filter((member) => member.partner === partner.id && member.state === 'active')) {
      expect(one.partnerState).toBe(partner.state);
      const granted = 'grants' in partner ? partner.grants : [];
      expect(one.grants).toEqual(granted.map(({ purpose, claims }) => ({ purpose, claims })));
      if (partner.state !== 'active') expect(world.maySay(one.account)).toBeNull();
    }
  }
  const joins = world.log.flatMap(({ happening }) => (happening.kind === 'staff_joined' ? [happening.member] : []));
  expect(new Set(joins).size).toBe(joins.length);
  const memberships = world.members().map(({ member }) => member);
  expect(new Set(memberships).size).toBe(memberships.length);
};

/** A registered partner, and invitations that nobody has accepted yet. */
const begin = async (owner: AccountKey = accountOf(1)) => {
  const world = createPartnerWorld();
  await registered(world, owner);
  const tokens: string[] = [];
  for (const given of ['manager', 'clerk', 'clerk'] as const) {
    const request = { action: 'inviteStaff', role: given, shop: shopOf(world), terminal: '1' } as const;
    const invited = await inviteStaff(world.ports, owner, request);
    if (invited.ok) tokens.push(invited.value.token);
  }
  return { world, tokens };
};

describe('partners, whatever is done in whatever order', () => {
  it('stay whole', async () => {
    let suspended = 0;
    let joins = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const { world, tokens } = await begin();
        for (const act of steps) {
          await act(world, world.ports, tokens);
          await expectWhole(world);
        }
        suspended += world.partners().filter(({ state }) => state === 'suspended').length;
        joins += world.log.filter(({ happening }) => happening.kind === 'staff_joined').length;
      }),
      { numRuns: 150 },
    );
    expect(Math.min(suspended, joins)).toBeGreaterThan(10);
  });

  it('stay whole where several are at it at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(step, { minLength: 2, maxLength: 6 }), async (scheduler, steps) => {
        const { world, tokens } = await begin();
        const ports = interleaved(world.ports, laterPartnerPorts, scheduler);
        await scheduler.waitFor(Promise.all(steps.map((act) => act(world, ports, tokens))));
        await expectWhole(world);
      }),
      { numRuns: 200 },
    );
  });

  it('stay whole where a call is interrupted anywhere', async () => {
    let interrupted = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(step, fc.integer({ min: 1, max: 14 }), fc.constantFrom('before', 'after')), {
          minLength: 1,
          maxLength: 12,
        }),
        async (steps) => {
          const { world, tokens } = await begin();
          for (const [act, place, when] of steps) {
            const { ports } = failing(world.ports, laterPartnerPorts, { at: place, when });
            await act(world, ports, tokens).catch((error: unknown) => {
              if (!(error instanceof InjectedFault)) throw error;
              interrupted += 1;
            });
          }
          await expectWhole(world);
        },
      ),
      { numRuns: 200 },
    );
    expect(interrupted).toBeGreaterThan(100);
  });
});

it('lets one of many who have the same token in', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const { world, tokens } = await begin();
      const token = tokens[0] ?? '';
      const ports = interleaved(world.ports, laterPartnerPorts, scheduler);
      const outcomes = await scheduler.waitFor(
        Promise.all(people.slice(1).map((by) => acceptInvitation(ports, by, { action: 'acceptInvitation', token }))),
      );
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
      expect(people.slice(1).filter((by) => world.maySay(by))).toHaveLength(1);
      await expectWhole(world);
    }),
    { numRuns: 60 },
  );
});
