import { createCode, type AccountKey, type RedeemCodeRequest } from '../../../protocol';
import { REPEAT_MS } from '../../../cloudfunctions/_core/card/identity';
import { aliasShowing } from '../../../cloudfunctions/_core/showing/alias-showing';
import { redeemCode } from '../../../cloudfunctions/_core/showing/redeem-code';
import type { Staff } from '../../../cloudfunctions/_core/showing/staff';
import { valueOf } from '../../support/enrolment-steps';
import { newKeyPair } from '../../support/key-pair';
import { firstTerminal, holder, scan, secondTerminal, show, shown } from '../../support/showing-world';

/** A redeemed showing, and its terminal with what has become of its registration since. */
const redeemedBefore = async (since: Partial<Staff>, scanned?: string) => {
  const opened = await shown();
  const { alias } = valueOf(await aliasShowing(opened.world.ports, holder));
  const code = scanned === 'alias' ? alias : opened.showing.code();
  const first = await opened.redeem(code);
  valueOf(first);
  const loadStaff = (account: AccountKey): Promise<Staff | null> =>
    opened.world.ports.loadStaff(account).then((staff) => staff && { ...staff, ...since });
  const ports = { ...opened.world.ports, loadStaff };
  const again = (text = code, request = 1, by = firstTerminal, more: Partial<RedeemCodeRequest> = {}) =>
    redeemCode(ports, by.key, { ...scan(text, request), ...more });
  return { ...opened, first, again };
};

describe('a terminal', () => {
  it.each([
    ['whose quota is used up by that very check', { quotaUsed: ['parcel-pickup', 'age-check'] }, 'quota_used', 'code'],
    ['whose quota is used up, with a number', { quotaUsed: ['parcel-pickup', 'age-check'] }, 'quota_used', 'alias'],
    ['whose registration has ended', { grants: [] }, 'purpose_not_registered', 'code'],
  ] as const)('%s hears its answer again where the reply was lost, and nothing else', async (_, since, code, kind) => {
    const { world, showing, first, again } = await redeemedBefore(since, kind);
    const refused = { ok: false, error: { code } };
    expect(await again()).toEqual(first);
    expect(await again(undefined, 2)).toEqual(refused);
    expect(await again(undefined, 1, secondTerminal)).toEqual(refused);
    expect(await again('HELLO WORLD')).toEqual(refused);
    expect(await again(undefined, 1, firstTerminal, { purpose: 'age-check' })).toEqual(refused);
    const forged = { handle: showing.handle, issuedAt: Math.floor(world.clock.now() / 1000), sign: newKeyPair().sign };
    expect(await again(createCode(forged))).toEqual(refused);
    world.clock.advance(REPEAT_MS);
    expect(await again()).toEqual(refused);
    const next = await show(world);
    expect(await again(next.code(), 3)).toEqual(refused);
    expect(world.identity().showing?.state).toBe('open');
    expect(world.events.ofKind('card_checked')).toHaveLength(1);
    expect(world.events.ofKind('check_refused')).toEqual([]);
  });

  it('that asks for more than it was told hears no more', async () => {
    const { first, again } = await redeemedBefore({ grants: [{ purpose: 'parcel-pickup', claims: [] }] });
    expect(await again(undefined, 1, firstTerminal, { claims: ['masked_name', 'address'] })).toEqual(first);
    expect(await again(undefined, 2, firstTerminal, { claims: ['masked_name'] })).toEqual({
      ok: false,
      error: { code: 'claims_not_granted' },
    });
  });
});
