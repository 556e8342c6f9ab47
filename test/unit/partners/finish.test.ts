import { finishProposals } from '../../../cloudfunctions/_core/operators/finish-proposals';
import { confirmAct, proposeAct } from '../../../cloudfunctions/_core/operators/propose';
import { suspendPartner } from '../../../cloudfunctions/_core/partners/decide-partner';
import { finishPartners } from '../../../cloudfunctions/_core/partners/finish-partners';
import { failing, InjectedFault } from '../../support/asynchronous';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { createOperatorWorld, operatorOf } from '../../support/operator-world';
import { joined, registered, warrant } from '../../support/partner-steps';
import { createPartnerWorld } from '../../support/partner-store';

const [owner, clerk] = [accountOf(1), accountOf(2)];

describe('the job that finishes', () => {
  it('carries an interrupted suspension to the staff, once nobody is at work on it', async () => {
    const world = createPartnerWorld();
    const { partner, shop } = await registered(world, owner);
    await joined(world.ports, owner, clerk, 'clerk', shop);
    const { ports } = failing(world.ports, ['spreadStanding'], { at: 1, when: 'before' });
    await expect(suspendPartner(ports, warrant(), partner, 'misuse')).rejects.toThrow(InjectedFault);
    expect(world.maySay(clerk)).not.toBeNull();
    const jobPorts = {
      ...world.ports,
      listUnsettled: (before: number, limit: number) =>
        Promise.resolve(
          world
            .partners()
            .filter(({ pending }) => pending !== null && pending.at < before)
            .slice(0, limit),
        ),
    };
    expect(await finishPartners(jobPorts)).toBe(0);
    world.clock.advance(31_000);
    expect(await finishPartners(jobPorts)).toBe(1);
    expect(world.maySay(clerk)).toBeNull();
    expect(await finishPartners(jobPorts)).toBe(0);
  });

  it('carries out what two operators confirmed, once', async () => {
    const world = createOperatorWorld();
    const target = 'd'.repeat(32);
    const request = { action: 'proposeAct', kind: 'revoke_card', target, reason: 'obtained_by_fraud' } as const;
    const { proposal, hash } = valueOf(await proposeAct(world.ports, operatorOf('security'), request));
    const { ports } = failing(world.ports, ['carryOut'], { at: 1, when: 'before' });
    const confirmed = confirmAct(ports, operatorOf('security', 1), { action: 'confirmAct', proposal, hash });
    await expect(confirmed).rejects.toThrow(InjectedFault);
    expect(await finishProposals(world.ports)).toBe(0);
    world.clock.advance(31_000);
    expect(await finishProposals(world.ports)).toBe(1);
    expect(await finishProposals(world.ports)).toBe(0);
    expect(world.carriedOut).toHaveLength(1);
  });
});
