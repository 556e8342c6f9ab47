import fc from 'fast-check';
import {
  criticalActs,
  mayActCritically,
  operatorRoles,
  validators,
  type OperatorRole,
  type ProposeActRequest,
} from '../../../protocol';
import { PROPOSAL_LIFE_MS, spellTarget } from '../../../cloudfunctions/_core/operators/critical-act';
import {
  confirmAct,
  listActs,
  proposeAct,
  settleProposal,
  withdrawAct,
  type ProposalPorts,
} from '../../../cloudfunctions/_core/operators/propose';
import { refuse } from '../../../cloudfunctions/_core/result';
import { failing, InjectedFault, interleaved } from '../../support/asynchronous';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import {
  createOperatorWorld,
  laterProposalPorts,
  operatorIdOf,
  operatorOf,
  type OperatorWorld,
} from '../../support/operator-world';
import { aServer, freshJwk } from '../../support/registration-store';

const refused = (code: string) => ({ ok: false, error: { code } });
const card = 'd'.repeat(32);
/** What is proposed by what somebody typed: a deletion is proposed by the visit alone. */
type Proposable = ProposeActRequest['kind'];
const proposable = criticalActs.filter((kind): kind is Proposable => kind !== 'delete_at_counter');
const acts = {
  revoke_card: { target: card, reason: 'obtained_by_fraud' },
  suspend_partner: { target: card, reason: 'misuse' },
  resume_partner: { target: card, reason: 'remedied' },
  raise_tier: { target: card, reason: 'person_and_card_seen' },
  vouch_for_case: { target: card, reason: 'face_not_possible' },
  guardianship_seen: { target: card, reason: 'household_register_seen' },
  revoke_cards: { target: { by: 'office', office: '西湖区公安分局' }, reason: 'office_compromised' },
  renew_cards: { target: { by: 'kid', kid: 'key-a' }, reason: 'issuer_compromised' },
  register_institution: {
    target: { partner: card, use: 'live', keys: [freshJwk('first')], redirectUris: [], events: null },
    reason: 'contract_seen',
  },
  add_institution_key: {
    target: { client: aServer.clientId, key: freshJwk('third') },
    reason: 'asked_in_writing',
  },
  withdraw_institution_key: { target: { client: aServer.clientId, kid: '2026' }, reason: 'key_exposed' },
  move_institution: {
    target: { client: aServer.clientId, redirectUris: [], events: null },
    reason: 'asked_in_writing',
  },
  end_institution: { target: { client: aServer.clientId }, reason: 'misuse' },
} as const satisfies Record<Proposable, Pick<ProposeActRequest, 'target' | 'reason'>>;
const requestOf = (kind: Proposable): ProposeActRequest => {
  const request: unknown = { action: 'proposeAct', kind, ...acts[kind] };
  if (!validators.ProposeActRequest(request)) throw new Error(`no request: ${kind}`);
  return request;
};

const propose = (ports: ProposalPorts, by: ReturnType<typeof operatorOf>, kind: Proposable = 'revoke_card') =>
  proposeAct(ports, by, requestOf(kind));
const confirm = (ports: ProposalPorts, by: ReturnType<typeof operatorOf>, proposal: string, hash: string) =>
  confirmAct(ports, by, { action: 'confirmAct', proposal, hash });
const withdraw = (ports: ProposalPorts, by: ReturnType<typeof operatorOf>, proposal: string) =>
  withdrawAct(ports, by, { action: 'withdrawAct', proposal });
const [first, second, third] = [0, 1, 2].map((at) => operatorOf('security', at)) as [never, never, never];

describe('a critical act', () => {
  it('is carried out once two operators said so, and leaves an entry of each step', async () => {
    const { ports, carriedOut, log } = createOperatorWorld();
    const { proposal, hash } = valueOf(await propose(ports, first));
    expect(carriedOut).toEqual([]);
    expect(valueOf(await listActs(ports, second)).acts).toMatchObject([{ proposal, hash, isOwn: false, target: card }]);
    expect(await confirm(ports, first, proposal, hash)).toEqual(refused('second_person_needed'));
    valueOf(await confirm(ports, second, proposal, hash));
    valueOf(await confirm(ports, second, proposal, hash));
    expect(carriedOut).toEqual([{ act: { kind: 'revoke_card', target: card, reason: 'obtained_by_fraud' }, proposal }]);
    expect(log().map(({ happening }) => [happening.kind, happening.operator])).toEqual([
      ['act_proposed', operatorIdOf('security', 0)],
      ['act_confirmed', operatorIdOf('security', 1)],
      ['act_carried_out', operatorIdOf('security', 1)],
    ]);
    expect(await confirm(ports, third, proposal, hash)).toEqual(refused('wrong_step'));
    expect(valueOf(await listActs(ports, second)).acts).toEqual([]);
  });

  it('is the one that was proposed, and no other that was put in its place', async () => {
    const { ports, proposals, put, carriedOut } = createOperatorWorld();
    const { proposal, hash } = valueOf(await propose(ports, first));
    expect(await confirm(ports, second, proposal, 'f'.repeat(64))).toEqual(refused('act_differs'));
    const [stored] = proposals();
    if (!stored) throw new Error('no proposal');
    put({ ...stored, act: { kind: 'revoke_card', target: 'e'.repeat(32), reason: 'obtained_by_fraud' } });
    expect(await confirm(ports, second, proposal, hash)).toEqual(refused('act_differs'));
    expect(carriedOut).toEqual([]);
  });

  it('waits a day', async () => {
    const { ports, clock, carriedOut } = createOperatorWorld();
    const late = valueOf(await propose(ports, first));
    clock.advance(PROPOSAL_LIFE_MS);
    expect(await confirm(ports, second, late.proposal, late.hash)).toEqual(refused('wrong_step'));
    expect(valueOf(await listActs(ports, second)).acts).toEqual([]);
    const timely = valueOf(await propose(ports, first));
    clock.advance(PROPOSAL_LIFE_MS - 1);
    valueOf(await confirm(ports, second, timely.proposal, timely.hash));
    expect(carriedOut).toHaveLength(1);
  });

  it('is withdrawn before it is confirmed, and not after', async () => {
    const { ports, carriedOut } = createOperatorWorld();
    const gone = valueOf(await propose(ports, first));
    expect(await withdraw(ports, operatorOf('counter'), gone.proposal)).toEqual(refused('not_permitted'));
    valueOf(await withdraw(ports, first, gone.proposal));
    valueOf(await withdraw(ports, first, gone.proposal));
    expect(await confirm(ports, second, gone.proposal, gone.hash)).toEqual(refused('wrong_step'));
    const done = valueOf(await propose(ports, first));
    valueOf(await confirm(ports, second, done.proposal, done.hash));
    expect(await withdraw(ports, first, done.proposal)).toEqual(refused('wrong_step'));
    expect(carriedOut.map(({ proposal }) => proposal)).toEqual([done.proposal]);
  });

  it('that cannot be done says why, each time it is asked', async () => {
    const { ports, log } = createOperatorWorld();
    const empty: ProposalPorts = { ...ports, carryOut: () => Promise.resolve(refuse('not_found')) };
    const { proposal, hash } = valueOf(await propose(empty, first));
    expect(await confirm(empty, second, proposal, hash)).toEqual(refused('not_found'));
    expect(await confirm(empty, second, proposal, hash)).toEqual(refused('not_found'));
    expect(log().at(-1)?.happening).toMatchObject({ kind: 'act_carried_out', outcome: 'not_found' });
  });

  it('belongs to its roles, for every role and every act', async () => {
    for (const kind of proposable)
      for (const role of operatorRoles) {
        const { ports, carriedOut } = createOperatorWorld();
        const isAllowed = mayActCritically(role, kind);
        const proposed = await propose(ports, operatorOf(role), kind);
        expect({ kind, role, ok: proposed.ok }).toEqual({ kind, role, ok: isAllowed });
        const [allowed] = operatorRoles.filter((one) => mayActCritically(one, kind)) as [OperatorRole];
        const { proposal, hash } = valueOf(await propose(ports, operatorOf(allowed, 2), kind));
        const confirmed = await confirm(ports, operatorOf(role, 1), proposal, hash);
        expect({ kind, role, ok: confirmed.ok }).toEqual({ kind, role, ok: isAllowed });
        expect(carriedOut).toHaveLength(isAllowed ? 1 : 0);
        for (const act of [
          propose(ports, accountOf(1), kind),
          confirm(ports, accountOf(1), proposal, hash),
          withdraw(ports, accountOf(1), proposal),
          listActs(ports, accountOf(1)),
        ])
          expect(await act).toEqual(refused('not_permitted'));
      }
  });

  it('that deletes is proposed by no id that somebody typed', () => {
    const request = { action: 'proposeAct', kind: 'delete_at_counter', target: card, reason: 'number_and_card_seen' };
    expect(validators.ProposeActRequest(request)).toBe(false);
  });

  it('has a target and a reason of its own kind', async () => {
    const { ports, proposals } = createOperatorWorld();
    const wrong = [
      { kind: 'revoke_card', target: 'a-partner', reason: 'obtained_by_fraud' },
      { kind: 'revoke_card', target: card, reason: 'complaints' },
      { kind: 'suspend_partner', target: card, reason: 'obtained_by_fraud' },
      { kind: 'resume_partner', target: card, reason: 'misuse' },
    ] as const;
    for (const request of wrong)
      expect(await proposeAct(ports, first, { action: 'proposeAct', ...request })).toEqual({
        ok: false,
        error: { code: 'request_invalid', at: '/reason' },
      });
    expect(proposals()).toEqual([]);
  });
});

/** No act without two operators, and none without its entries in the log. */
const expectTwoPersons = async (world: OperatorWorld): Promise<void> => {
  for (const proposal of world.proposals()) await settleProposal(world.ports, proposal);
  const steps = (proposal: string, kind: string) =>
    world
      .log()
      .filter(({ happening }) => 'proposal' in happening && happening.proposal === proposal && happening.kind === kind);
  for (const { id } of world.proposals()) expect(steps(id, 'act_proposed')).toHaveLength(1);
  for (const { proposal, act } of world.carriedOut) {
    const [proposed] = steps(proposal, 'act_proposed');
    const [confirmed, ...more] = steps(proposal, 'act_confirmed');
    expect(more).toEqual([]);
    expect(confirmed?.happening.operator).not.toBe(undefined);
    expect(confirmed?.happening.operator).not.toBe(proposed?.happening.operator);
    expect(proposed?.happening).toMatchObject({ act: act.kind, target: spellTarget(act), reason: act.reason });
    expect(steps(proposal, 'act_withdrawn')).toEqual([]);
    expect(steps(proposal, 'act_carried_out').length).toBeGreaterThan(0);
  }
};

const anyOne = fc.constantFrom(first, second, third, operatorOf('counter'), operatorOf('counter', 1), accountOf(1));
const anyStep = fc.tuple(
  anyOne,
  fc.constantFrom('propose', 'confirm', 'withdraw'),
  fc.constantFrom(...proposable),
  fc.nat({ max: 5 }),
);

const run = async (
  world: OperatorWorld,
  ports: ProposalPorts,
  [by, what, kind, index]: [never, string, Proposable, number],
) => {
  const all = world.proposals();
  const found = all[index % Math.max(all.length, 1)];
  if (what === 'propose' || !found) return propose(ports, by, kind);
  return what === 'confirm' ? confirm(ports, by, found.id, found.hash) : withdraw(ports, by, found.id);
};

describe('operators, whatever they do in whatever order', () => {
  it('carry out nothing alone, also where calls are interrupted', async () => {
    let acts = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(anyStep, fc.integer({ min: 1, max: 12 }), fc.constantFrom('before', 'after')), {
          maxLength: 20,
        }),
        async (steps) => {
          const world = createOperatorWorld();
          for (const [step, at, when] of steps) {
            const { ports } = failing(world.ports, laterProposalPorts, { at, when });
            await run(world, ports, step as never).catch((error: unknown) => {
              if (!(error instanceof InjectedFault)) throw error;
            });
          }
          await expectTwoPersons(world);
          acts += world.carriedOut.length;
        },
      ),
      { numRuns: 200 },
    );
    expect(acts).toBeGreaterThan(20);
  });

  it('carry out nothing alone, also at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(anyStep, { minLength: 2, maxLength: 8 }), async (scheduler, steps) => {
        const world = createOperatorWorld();
        await propose(world.ports, first);
        const ports = interleaved(world.ports, laterProposalPorts, scheduler);
        await scheduler.waitFor(Promise.all(steps.map((step) => run(world, ports, step as never))));
        await expectTwoPersons(world);
      }),
      { numRuns: 150 },
    );
  });
});
