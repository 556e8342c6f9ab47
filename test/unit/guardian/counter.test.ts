import { callCounter, receiveVisitor } from '../../../cloudfunctions/_core/operators/visit';
import { criticalActOf, type CriticalAct } from '../../../cloudfunctions/_core/operators/critical-act';
import { CASE_LIFE_MS } from '../../../cloudfunctions/_core/enrolment/case';
import { createCardActsWorld } from '../../support/card-acts-world';
import { createCarriedOut } from '../../support/carried-out';
import { checkEnrolmentInvariants } from '../../support/enrolment-invariants';
import { FIRST_CHILD, numberOf, pictures, valueOf } from '../../support/enrolment-steps';
import { consentFor, createGuardianWorld, heard, openChild, openGuardian } from '../../support/guardian-world';
import { createMassActStore } from '../../support/mass-acts';
import { loadOperator, operatorIdOf, operatorOf } from '../../support/operator-world';
import { createPartnerWorld } from '../../support/partner-store';

const CHILD = FIRST_CHILD;

/** A family at a counter: the register does not say who is whose guardian. */
const atCounter = async () => {
  const world = createGuardianWorld();
  world.authoritySays('unknown');
  const guardian = await openGuardian(world, { person: 1 });
  const child = await openChild(world, { person: CHILD });
  const visits = createCardActsWorld().ports;
  const ports = {
    ...createPartnerWorld().ports,
    ...createMassActStore(() => []).ports,
    ...visits,
    ...world.ports,
    loadOperator,
    loadIdentityOfNumber: () => Promise.resolve(null),
  };
  const carryOut = createCarriedOut(ports);
  let proposedAt = world.clock.now();
  const propose = () => {
    world.clock.advance(1000);
    proposedAt = world.clock.now();
  };
  const carry = (kind: 'guardianship_seen' | 'vouch_for_case', target = child.caseId) => {
    const act: CriticalAct =
      kind === 'vouch_for_case'
        ? { kind, target, reason: 'face_not_possible' }
        : { kind, target, reason: 'household_register_seen' };
    return carryOut(act, { id: 'a'.repeat(32), proposedBy: operatorIdOf('counter'), proposedAt });
  };
  const confirm = async (target?: string) => heard(await carry('guardianship_seen', target));
  return { world, guardian, child, ports, propose, confirm, vouch: async () => heard(await carry('vouch_for_case')) };
};

describe('a guardian whom the register does not know', () => {
  it('consents, and two operators who saw the papers make it hold', async () => {
    const { world, guardian, child, ports, propose, confirm } = await atCounter();
    expect(await consentFor(guardian, child)).toBe('unconfirmed');
    expect(await child.finish()).toBe('guardian_needed');

    const { number } = valueOf(
      await callCounter(ports, child.account, { action: 'callCounter', caseId: child.caseId }),
    );
    const received = valueOf(await receiveVisitor(ports, operatorOf('counter'), { action: 'receiveVisitor', number }));
    expect(received).toMatchObject({ about: 'case', guardian: { step: 'unconfirmed', maskedName: '林**' } });
    expect(JSON.stringify(received)).not.toContain(numberOf(1));
    // The guardian's own history tells that a counter read of them.
    expect(world.events.ofKind('card_looked_up')).toMatchObject([{ role: 'counter' }]);

    propose();
    world.clock.advance(CASE_LIFE_MS - 10_000);
    expect(await confirm()).toBe('ok');
    expect(await confirm()).toBe('ok');
    // The family has an hour from then on.
    world.clock.advance(CASE_LIFE_MS - 10_000);
    expect(await child.finish()).toBe('ok');
    expect(world.identities.all().find(({ account }) => account === child.account)?.guardian?.confirmedBy).toBe(
      'counter',
    );
    expect(await confirm()).toBe('ok');
    checkEnrolmentInvariants(world);
  });

  it('is nobody whom the operators did not have before them', async () => {
    const { world, guardian, child, propose, confirm } = await atCounter();
    propose();
    expect(await confirm()).toBe('guardian_needed');
    expect(await consentFor(guardian, child)).toBe('unconfirmed');
    expect(await confirm()).toBe('act_differs');

    propose();
    // Another child and another adult are put in their place between the two operators' words.
    const other = await openGuardian(world, { person: 2 });
    valueOf(await child.readDocument(child.caseId, pictures.document(CHILD + 1)));
    expect(await confirm()).toBe('guardian_needed');
    expect(await consentFor(other, child)).toBe('unconfirmed');
    expect(await confirm()).toBe('act_differs');
    expect(await child.finish()).toBe('guardian_needed');
  });

  it('gives way to another guardian as long as nobody has confirmed them', async () => {
    const { world, guardian, child } = await atCounter();
    const other = await openGuardian(world, { person: 2 });
    expect(await consentFor(guardian, child)).toBe('unconfirmed');
    world.authoritySays('confirmed');
    expect(await consentFor(other, child)).toBe('given');
    expect(await child.finish()).toBe('ok');
    expect(valueOf(await guardian.list()).wards).toEqual([]);
    expect(valueOf(await other.list()).wards).toHaveLength(1);
  });

  it('is not passed over by vouching for the face', async () => {
    const { guardian, child, propose, confirm, vouch } = await atCounter();
    propose();
    expect(await vouch()).toBe('guardian_needed');
    await consentFor(guardian, child);
    expect(await vouch()).toBe('guardian_needed');
    propose();
    expect(await confirm()).toBe('ok');
    expect(await vouch()).toBe('ok');
  });

  it('is confirmed for a case that is there, in its time, on papers', async () => {
    const { world, guardian, child, propose, confirm } = await atCounter();
    expect(await confirm('f'.repeat(32))).toBe('not_found');
    await consentFor(guardian, child);
    propose();
    world.clock.advance(CASE_LIFE_MS);
    expect(await confirm()).toBe('wrong_step');
    const named = (target: string, reason: 'face_not_possible' | 'household_register_seen') =>
      criticalActOf({ action: 'proposeAct', kind: 'guardianship_seen', target, reason }, () => '');
    expect(named(child.caseId, 'household_register_seen')).not.toBeNull();
    expect(named(child.caseId, 'face_not_possible')).toBeNull();
    expect(named('short', 'household_register_seen')).toBeNull();
  });
});
