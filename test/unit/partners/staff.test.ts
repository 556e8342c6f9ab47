import { mayDoForPartner, mayManageRole, partnerActions, staffRoles } from '../../../protocol';
import { acceptInvitation, inviteStaff, withdrawInvitation } from '../../../cloudfunctions/_core/partners/invite';
import { INVITATION_LIFE_MS } from '../../../cloudfunctions/_core/partners/partner';
import { closeShop, saveShop } from '../../../cloudfunctions/_core/partners/shops';
import { changeStaff, listStaff, removeStaff } from '../../../cloudfunctions/_core/partners/staff';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { creditCodes, joined, registered } from '../../support/partner-steps';
import { createPartnerWorld } from '../../support/partner-store';

const [owner, manager, clerk, other] = [accountOf(1), accountOf(2), accountOf(3), accountOf(4)];
const refused = (code: string) => ({ ok: false, error: { code } });

/** A partner with an owner, a manager and a clerk. */
const staffed = async () => {
  const world = createPartnerWorld();
  const { partner, shop } = await registered(world, owner);
  const managing = await joined(world.ports, owner, manager, 'manager', shop);
  const serving = await joined(world.ports, manager, clerk, 'clerk', shop);
  const owning = world.members().find(({ account }) => account === owner)?.member ?? '';
  const invite = (by = owner, role: 'owner' | 'manager' | 'clerk' = 'clerk') =>
    inviteStaff(world.ports, by, { action: 'inviteStaff', role, shop, terminal: '2' });
  const accept = (token: string, account = other) =>
    acceptInvitation(world.ports, account, { action: 'acceptInvitation', token });
  const remove = (by: typeof owner, member: string) => removeStaff(world.ports, by, { action: 'removeStaff', member });
  const change = (by: typeof owner, member: string, role: 'owner' | 'manager' | 'clerk', terminal = '2') =>
    changeStaff(world.ports, by, { action: 'changeStaff', member, role, shop, terminal });
  return { world, partner, shop, owning, managing, serving, invite, accept, remove, change };
};

describe('the table of roles', () => {
  it('lets each role do less than the one above', () => {
    const allowed = staffRoles.map((role) => partnerActions.filter((action) => mayDoForPartner(role, action)));
    expect(allowed).toEqual([
      ['see', 'askForPurposes', 'manageShops', 'manageStaff', 'seeOwnChecks', 'seeAllChecks', 'answerRequests'],
      ['see', 'manageShops', 'manageStaff', 'seeOwnChecks', 'seeAllChecks', 'answerRequests'],
      ['see', 'seeOwnChecks'],
    ]);
    expect(staffRoles.map((role) => staffRoles.filter((below) => mayManageRole(role, below)))).toEqual([
      ['owner', 'manager', 'clerk'],
      ['clerk'],
      [],
    ]);
  });
});

describe('an invitation', () => {
  it('works once, and the one who took it may ask again', async () => {
    const { world, invite, accept } = await staffed();
    const { token, invitation } = valueOf(await invite());
    expect(JSON.stringify([world.invitations(), world.log, world.partners()])).not.toContain(token);
    valueOf(await accept(token));
    valueOf(await accept(token));
    expect(await accept(token, accountOf(9))).toEqual(refused('invitation_over'));
    expect(world.maySay(other)).toMatchObject({ member: invitation, role: 'clerk', place: { terminal: '2' } });
    expect(world.invitations()).toEqual([]);
  });

  it('does not bring back who was removed', async () => {
    const { world, invite, accept, remove } = await staffed();
    const { token, invitation } = valueOf(await invite());
    valueOf(await accept(token));
    valueOf(await remove(owner, invitation));
    expect(world.maySay(other)).toBeNull();
    expect(await accept(token)).toEqual(refused('invitation_over'));
    expect(world.members().some(({ account }) => account === other)).toBe(false);
    valueOf(await accept(valueOf(await invite()).token));
  });

  it('does not bring back who was removed while a slower call of theirs was on its way', async () => {
    const { world, invite, accept, remove } = await staffed();
    const { token, invitation } = valueOf(await invite());
    const slow: typeof world.ports = {
      ...world.ports,
      createMember: async (...given) => {
        valueOf(await accept(token));
        valueOf(await remove(owner, invitation));
        return world.ports.createMember(...given);
      },
    };
    expect(await acceptInvitation(slow, other, { action: 'acceptInvitation', token })).toEqual(
      refused('invitation_over'),
    );
    expect(world.members().some(({ account }) => account === other)).toBe(false);
  });

  it('is over after 72 hours, when it is withdrawn, and for a place that is gone', async () => {
    const { world, shop, invite, accept } = await staffed();
    const late = valueOf(await invite());
    world.clock.advance(INVITATION_LIFE_MS);
    expect(await accept(late.token)).toEqual(refused('invitation_over'));
    const kept = valueOf(await invite());
    world.clock.advance(INVITATION_LIFE_MS - 1);
    valueOf(await accept(kept.token));

    const gone = valueOf(await invite());
    const withdraw = (by: typeof owner, invitation: string) =>
      withdrawInvitation(world.ports, by, { action: 'withdrawInvitation', invitation });
    expect(await withdraw(clerk, gone.invitation)).toEqual(refused('not_permitted'));
    valueOf(await withdraw(owner, gone.invitation));
    expect(await withdraw(owner, gone.invitation)).toEqual(refused('not_found'));
    expect(await accept(gone.token, accountOf(9))).toEqual(refused('invitation_over'));
    expect(await closeShop(world.ports, owner, { action: 'closeShop', shop })).toEqual(refused('place_taken'));
  });

  it('takes nobody who serves a partner, and leaves them where they are', async () => {
    const { world, invite, accept } = await staffed();
    const rival = accountOf(8);
    await registered(world, rival, { creditCode: creditCodes[1] });
    const { token } = valueOf(await invite());
    for (const account of [rival, manager, owner])
      expect(await accept(token, account)).toEqual(refused('serves_partner'));
    valueOf(await accept(token));
  });

  it('is refused to any other token', async () => {
    const { accept } = await staffed();
    for (const token of ['A'.repeat(22), '', '!', 'A'.repeat(21), `${'A'.repeat(21)}B`])
      expect(await accept(token)).toEqual(refused('invitation_over'));
  });

  it('is given for roles below the own, and for places that exist', async () => {
    const { world, invite } = await staffed();
    for (const [by, role] of [
      [manager, 'manager'],
      [manager, 'owner'],
      [clerk, 'clerk'],
      [other, 'clerk'],
    ] as const)
      expect(await invite(by, role)).toEqual(refused('not_permitted'));
    const elsewhere = { action: 'inviteStaff', role: 'clerk', shop: 'none', terminal: '1' } as const;
    expect(await inviteStaff(world.ports, owner, elsewhere)).toEqual(refused('not_found'));
  });
});

describe('staff', () => {
  it('are listed to who manages them, by memberships and never by accounts', async () => {
    const { world, owning, managing, serving } = await staffed();
    const { staff } = valueOf(await listStaff(world.ports, manager));
    expect(staff.map(({ member, role, isSelf }) => [member, role, isSelf])).toEqual([
      [owning, 'owner', false],
      [managing, 'manager', true],
      [serving, 'clerk', false],
    ]);
    expect(JSON.stringify(staff)).not.toContain(clerk);
    expect(await listStaff(world.ports, clerk)).toEqual(refused('not_permitted'));
  });

  it('are removed by those above them or by themselves, and are strangers from then on', async () => {
    const { world, owning, managing, serving, remove } = await staffed();
    for (const [by, member] of [
      [clerk, managing],
      [clerk, owning],
      [manager, owning],
      [other, serving],
    ] as const)
      expect(await remove(by, member)).toEqual(refused('not_permitted'));
    valueOf(await remove(manager, managing));
    expect(await listStaff(world.ports, manager)).toEqual(refused('not_permitted'));
    expect(await remove(manager, serving)).toEqual(refused('not_permitted'));
    valueOf(await remove(owner, serving));
    expect(world.maySay(clerk)).toBeNull();
    expect(await remove(owner, serving)).toEqual(refused('not_found'));
  });

  it('always have an owner', async () => {
    const { world, owning, shop, remove, change } = await staffed();
    expect(await remove(owner, owning)).toEqual(refused('last_owner'));
    expect(await change(owner, owning, 'clerk')).toEqual(refused('last_owner'));
    const second = await joined(world.ports, owner, other, 'owner', shop);
    valueOf(await change(other, owning, 'clerk'));
    expect(await remove(other, second)).toEqual(refused('last_owner'));
  });

  it('change place and role from the next call on', async () => {
    const { world, owning, managing, serving, change } = await staffed();
    valueOf(await change(manager, serving, 'clerk', '2'));
    expect(world.maySay(clerk)?.place?.terminal).toBe('2');
    expect(await change(manager, serving, 'manager')).toEqual(refused('not_permitted'));
    expect(await change(manager, owning, 'clerk')).toEqual(refused('not_permitted'));
    expect(await change(clerk, serving, 'clerk')).toEqual(refused('not_permitted'));
    valueOf(await change(manager, managing, 'manager', '2'));
    valueOf(await change(owner, owning, 'owner', '1'));
    expect(world.maySay(owner)?.place?.terminal).toBe('1');
    expect(await change(owner, serving, 'clerk', '3')).toEqual(refused('not_found'));
    expect(await change(owner, 'f'.repeat(32), 'clerk')).toEqual(refused('not_found'));
  });
});

describe('shops', () => {
  it('are opened, changed and closed, but not under who works there', async () => {
    const { world, shop } = await staffed();
    const saved = { names: { zh: '分店', en: 'Branch' }, address: '云栖路219号' };
    const save = (by: typeof owner, terminals: string[], id?: string) =>
      saveShop(world.ports, by, { action: 'saveShop', ...saved, terminals, ...(id !== undefined && { shop: id }) });
    const close = (id: string) => closeShop(world.ports, manager, { action: 'closeShop', shop: id });
    expect(await save(clerk, ['1'])).toEqual(refused('not_permitted'));
    expect(await save(manager, ['1'], 'none')).toEqual(refused('not_found'));
    expect(await save(manager, ['3'], shop)).toEqual(refused('place_taken'));
    valueOf(await save(manager, ['1', '3', '3'], shop));
    valueOf(await save(manager, ['1']));
    const shopsNow = () => world.partners().flatMap((one) => ('shops' in one ? one.shops : []));
    expect(shopsNow().map(({ terminals }) => terminals)).toEqual([['1', '3'], ['1']]);
    expect(await close(shop)).toEqual(refused('place_taken'));
    valueOf(await close(shopsNow()[1]?.id ?? ''));
    expect(shopsNow()).toHaveLength(1);
  });
});
