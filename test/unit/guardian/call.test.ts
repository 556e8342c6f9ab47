import { GUARDIAN_NUMBERS } from '../../../cloudfunctions/_core/guardian/consent';
import {
  callGuardian,
  GUARDIAN_CALL_LIFE_MS,
  GUARDIAN_CALLS,
} from '../../../cloudfunctions/_core/guardian/guardian-call';
import { FIRST_CHILD, numberOf, valueOf } from '../../support/enrolment-steps';
import { consentFor, createGuardianWorld, heard, openChild, openGuardian } from '../../support/guardian-world';

const CHILD = FIRST_CHILD;

const family = async () => {
  const world = createGuardianWorld();
  const guardian = await openGuardian(world, { person: 1 });
  const child = await openChild(world, { person: CHILD });
  return { world, guardian, child };
};

describe('the number that a child reads out', () => {
  it('serves one adult, ten minutes, and nobody guesses it', async () => {
    const { world, guardian, child } = await family();
    const other = await openGuardian(world, { person: 2 });
    const { number, expiresAt } = valueOf(await child.call());
    expect(number).toMatch(/^[0-9]{8}$/);
    expect(expiresAt).toBe(world.clock.now() + GUARDIAN_CALL_LIFE_MS);
    // Nothing that is stored tells it.
    expect(world.calls().map(({ id }) => id)).toEqual([`call ${number}`]);

    valueOf(await guardian.open(number));
    expect(heard(await other.open(number))).toBe('not_found');
    valueOf(await guardian.open(number));
    for (let tries = 0; tries < GUARDIAN_NUMBERS.most - 2; tries += 1) {
      expect(heard(await guardian.open('00000000'))).toBe('not_found');
    }
    expect(heard(await guardian.open(number))).toBe('too_many_requests');
    world.clock.advance(GUARDIAN_CALL_LIFE_MS);
    expect(heard(await other.open(number))).toBe('not_found');
  });

  it('is given a few times an hour, to the child’s own phone alone, while a guardian is waited for', async () => {
    const { world, guardian, child } = await family();
    for (let calls = 0; calls < GUARDIAN_CALLS.most; calls += 1) valueOf(await child.call());
    expect(heard(await child.call())).toBe('too_many_requests');

    const sibling = await openChild(world, { person: CHILD + 1 });
    const foreign = { ...sibling, caseId: child.caseId };
    const asked = callGuardian(world.ports, foreign.account, { action: 'callGuardian', caseId: foreign.caseId });
    expect(heard(await asked)).toBe('not_found');
    await consentFor(guardian, sibling);
    expect(heard(await sibling.call())).toBe('wrong_step');
  });

  it('tells an adult no more than is needed to consent', async () => {
    const { world, guardian } = await family();
    const child = await openChild(world, { person: CHILD + 1, keepsTemplate: true });
    const { number } = valueOf(await child.call());
    const opened = valueOf(await guardian.open(number));
    expect(opened).toMatchObject({
      maskedName: '林**',
      age: 7,
      processes: ['document', 'face', 'faceTemplate'],
      fingerprint: false,
    });
    expect(JSON.stringify(opened)).not.toContain(numberOf(CHILD + 1));
  });
});
