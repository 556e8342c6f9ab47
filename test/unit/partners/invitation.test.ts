import fc from 'fast-check';
import { createInvitationCode, isInvitationToken, parseInvitationCode } from '../../../protocol';
import { getPartner } from '../../../cloudfunctions/_core/partners/apply';
import { acceptInvitation, inviteStaff, readInvitation } from '../../../cloudfunctions/_core/partners/invite';
import { suspendPartner } from '../../../cloudfunctions/_core/partners/decide-partner';
import { INVITATION_LIFE_MS } from '../../../cloudfunctions/_core/partners/partner';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { creditCodes, registered, warrant } from '../../support/partner-steps';
import { createPartnerWorld } from '../../support/partner-store';

const [owner, invitee, thief] = [accountOf(1), accountOf(2), accountOf(3)];
const over = { ok: false, error: { code: 'invitation_over' } };

const invited = async () => {
  const world = createPartnerWorld();
  const { partner, shop } = await registered(world, owner);
  const place = { action: 'inviteStaff', role: 'clerk', shop, terminal: '2' } as const;
  const { token, expiresAt } = valueOf(await inviteStaff(world.ports, owner, place));
  const read = (by = invitee, said = token) =>
    readInvitation(world.ports, by, { action: 'readInvitation', token: said });
  return { world, partner, token, expiresAt, read };
};

describe('an invitation that is read', () => {
  it('tells who invites and to what, and is as good as before', async () => {
    const { world, token, expiresAt, read } = await invited();
    const before = JSON.stringify([world.invitations(), world.members(), world.log]);
    const told = {
      ok: true,
      partner: { zh: '云栖路快递驿站', en: 'Yunqi Road Parcel Station' },
      shop: { zh: '云栖路店', en: 'Yunqi Road' },
      role: 'clerk',
      terminal: '2',
      expiresAt,
    };
    expect(valueOf(await read())).toEqual(told);
    expect(valueOf(await read(thief))).toEqual(told);
    expect(JSON.stringify([world.invitations(), world.members(), world.log])).toBe(before);
    valueOf(await acceptInvitation(world.ports, invitee, { action: 'acceptInvitation', token }));
    expect(await read(thief)).toEqual(over);
    // What the application said is for who may amend it.
    const seen = [owner, invitee].map((by) => getPartner(world.ports, by, { action: 'getPartner' }));
    const details = (await Promise.all(seen)).map((one) => valueOf(one).details);
    expect(details).toEqual([expect.objectContaining({ creditCode: creditCodes[0] }), null]);
  });

  it('tells nothing of a token that does not work: unknown, over, or of a partner that is stopped', async () => {
    const { world, partner, read } = await invited();
    expect(await read(invitee, 'A'.repeat(22))).toEqual(over);
    valueOf(await suspendPartner(world.ports, warrant(), partner, 'misuse'));
    expect(await read()).toEqual(over);
    const late = await invited();
    late.world.clock.advance(INVITATION_LIFE_MS);
    expect(await late.read()).toEqual(over);
  });
});

describe('the code of an invitation', () => {
  const token = fc
    .uint8Array({ minLength: 16, maxLength: 16 })
    .map((bytes) => Buffer.from(bytes).toString('base64url'));

  it('is read by itself and out of any message around it', () => {
    fc.assert(
      fc.property(token, fc.string(), fc.constantFrom('', '\n', '，', '。 '), (made, before, after) => {
        fc.pre(!before.includes('wechat-id:join:'));
        expect(isInvitationToken(made)).toBe(true);
        expect(parseInvitationCode(createInvitationCode(made))).toBe(made);
        expect(parseInvitationCode(`${before}${createInvitationCode(made)}${after}`)).toBe(made);
      }),
    );
  });

  it('is nothing else', () => {
    for (const text of ['', 'wechat-id:join:', `wechat-id:join:${'A'.repeat(21)}`, `wechat-id:join:${'A'.repeat(23)}`])
      expect(parseInvitationCode(text)).toBeNull();
    // The last character carries two bits.
    expect(parseInvitationCode(`wechat-id:join:${'A'.repeat(21)}B`)).toBeNull();
    expect(parseInvitationCode(`wechat-id:counter:${'A'.repeat(22)}`)).toBeNull();
  });
});
