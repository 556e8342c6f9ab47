import { resumeCard, suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import { standingOf } from '../../../cloudfunctions/_core/card/stops';
import { stop } from '../../../cloudfunctions/_core/card/stop-card';
import { prepareDeletion } from '../../../cloudfunctions/_core/card/delete-account';
import { checkEnrolmentInvariants } from '../../support/enrolment-invariants';
import { failing, InjectedFault } from '../../support/asynchronous';
import { FIRST_CHILD, valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { consentFor, createGuardianWorld, heard, openChild, openGuardian } from '../../support/guardian-world';

const CHILD = FIRST_CHILD;

/** A guardian and a child with a card. */
const carded = async ({ keepsTemplate = false, start }: { keepsTemplate?: boolean; start?: string } = {}) => {
  const world = createGuardianWorld(start);
  const guardian = await openGuardian(world, { person: 1 });
  const child = await openChild(world, { person: CHILD, keepsTemplate });
  await consentFor(guardian, child);
  expect(await child.finish()).toBe('ok');
  const of = (account: string) => {
    const found = world.identities.all().find((one) => one.account === account);
    if (!found) throw new Error('no card');
    return found;
  };
  return { world, guardian, child, card: () => of(child.account), own: () => of(guardian.account) };
};

describe('the children of a guardian', () => {
  it('are listed to who consented, masked, until they are 14', async () => {
    const { world, guardian, child, card } = await carded({ start: '2032-05-19T02:00:00.000Z' });
    const reference = card().card.id;
    const consentedAt = card().guardian?.at;
    expect(valueOf(await guardian.list()).wards).toEqual([
      { reference, maskedName: '林**', age: 13, consentedAt, withdrawnAt: null },
    ]);
    const other = await openGuardian(world, { person: 2 });
    expect(valueOf(await other.list()).wards).toEqual([]);
    expect(heard(await other.withdraw(reference))).toBe('not_found');

    world.clock.advance(24 * 60 * 60 * 1000);
    expect(valueOf(await guardian.list()).wards).toEqual([]);
    expect(heard(await guardian.withdraw(reference))).toBe('not_found');
    expect(standingOf(card().card.stops)).toBe('valid');
    expect(card().account).toBe(child.account);
  });

  it('may be withdrawn from: card stopped, template gone, both histories tell', async () => {
    const { world, guardian, child, card } = await carded({ keepsTemplate: true });
    const reference = card().card.id;
    valueOf(await guardian.withdraw(reference));
    expect(card().card.stops).toEqual([{ reason: 'guardian_withdrew', at: world.clock.now() }]);
    expect(card().stepUp.template).toBeNull();
    expect(valueOf(await guardian.list()).wards).toMatchObject([{ withdrawnAt: world.clock.now() }]);
    expect(world.events.ofKind('guardian_withdrew').map(({ child: whom }) => whom)).toEqual([null, '林**']);
    // Neither the child's tap nor a second withdrawal changes it.
    expect(heard(await resumeCard(world.ports, child.account))).toBe('card_not_active');
    valueOf(await guardian.withdraw(reference));
    expect(world.events.ofKind('guardian_withdrew')).toHaveLength(2);
  });

  it('may be withdrawn from with a card of the guardian’s own that is stopped', async () => {
    const { world, guardian, card } = await carded();
    valueOf(await suspendCard(world.ports, guardian.account));
    valueOf(await guardian.withdraw(card().card.id));
    expect(standingOf(card().card.stops)).toBe('suspended');
  });

  it('stay stopped for something graver as well', async () => {
    const { world, guardian, card } = await carded();
    const stopped = stop(world.ports, card(), 'kill_code');
    if (stopped.kind !== 'changed') throw new Error('it was not stopped');
    world.identities.put({ ...stopped.next, outbox: [] });
    valueOf(await guardian.withdraw(card().card.id));
    expect(card().card.stops.map(({ reason }) => reason)).toEqual(['guardian_withdrew', 'kill_code']);
    expect(card().guardian?.withdrawn).not.toBeNull();
  });

  it('get their card again by a guardian’s consent, and by nothing less', async () => {
    const { world, guardian, child, card } = await carded();
    valueOf(await guardian.withdraw(card().card.id));
    const again = await openChild(world, { person: CHILD, account: child.account });
    expect(await again.finish()).toBe('guardian_needed');
    expect(await consentFor(guardian, again)).toBe('given');
    expect(await again.finish()).toBe('ok');
    expect(card().card.stops).toEqual([]);
    expect(card().guardian?.withdrawn).toBeNull();
    checkEnrolmentInvariants(world);
  });

  it('do not get it back by a consent that was given before the withdrawal', async () => {
    const { world, guardian, child, card } = await carded();
    const waiting = await openChild(world, { person: CHILD, account: child.account });
    expect(await consentFor(guardian, waiting)).toBe('given');
    world.clock.advance(1000);
    valueOf(await guardian.withdraw(card().card.id));
    expect(await waiting.finish()).toBe('guardian_needed');
    expect(card().card.stops.map(({ reason }) => reason)).toEqual(['guardian_withdrew']);
    const again = await openChild(world, { person: CHILD, account: child.account });
    expect(await consentFor(guardian, again)).toBe('given');
    expect(await again.finish()).toBe('ok');
  });

  it('may have everything deleted after a withdrawal', async () => {
    const { world, guardian, child, card } = await carded();
    valueOf(await guardian.withdraw(card().card.id));
    valueOf(await prepareDeletion({ ...world.ports, publishedKeys: () => [] }, child.account));
  });

  it('are kept when the guardian’s own identity is gone', async () => {
    const { world, guardian, card, own } = await carded();
    world.identities.remove(own());
    expect(heard(await guardian.list())).toBe('not_found');
    expect(heard(await guardian.withdraw(card().card.id))).toBe('not_found');
    expect(standingOf(card().card.stops)).toBe('valid');
    // Whoever enrols anew finds their children again: the hash follows from the person.
    const back = await openGuardian(world, { person: 1, account: accountOf(3) });
    expect(valueOf(await back.list()).wards).toHaveLength(1);
  });
});

describe('a withdrawal that is interrupted', () => {
  const ports = ['loadIdentityOfAccount', 'loadIdentityByCard', 'replaceIdentity', 'appendEvent'] as const;

  it('stops the card or leaves it, and the same call again tells both histories of one', async () => {
    const first = await carded();
    const counting = failing(first.world.ports, ports, null);
    valueOf(await first.guardian.withdraw(first.card().card.id, counting.ports));
    expect(counting.calls()).toBeGreaterThan(8);
    for (let at = 1; at <= counting.calls(); at += 1) {
      for (const when of ['before', 'after'] as const) {
        const { world, guardian, card, child } = await carded();
        const reference = card().card.id;
        const faulty = failing(world.ports, ports, { at, when });
        await expect(guardian.withdraw(reference, faulty.ports)).rejects.toThrow(InjectedFault);
        valueOf(await guardian.withdraw(reference));
        expect(standingOf(card().card.stops)).toBe('suspended');
        expect(card().guardian?.withdrawn?.isTold).toBe(true);
        const told = world.events.ofKind('guardian_withdrew');
        expect(told.filter(({ child: whom }) => whom === null)).toHaveLength(1);
        // The guardian's may be told twice where the call was cut between the entry and its mark; never less than once.
        expect(told.filter(({ child: whom }) => whom !== null).length).toBeGreaterThanOrEqual(1);
        expect(child.account).toBe(card().account);
      }
    }
  });
});
