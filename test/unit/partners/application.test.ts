import { applyAsPartner, askForPurposes, getPartner } from '../../../cloudfunctions/_core/partners/apply';
import {
  approvePartner,
  refusePartner,
  resumePartner,
  suspendPartner,
} from '../../../cloudfunctions/_core/partners/decide-partner';
import { saveShop } from '../../../cloudfunctions/_core/partners/shops';
import { openApplication } from '../../../cloudfunctions/_core/operators/applications';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import {
  application,
  approve,
  creditCodes,
  joined,
  partnerOperator,
  pickupGrant,
  registered,
  wantedPickup,
  warrant,
} from '../../support/partner-steps';
import { loadOperator, loadOperatorById, operatorOf } from '../../support/operator-world';
import { createPartnerWorld, type PartnerWorld } from '../../support/partner-store';

const [owner, other, clerk] = [accountOf(1), accountOf(2), accountOf(3)];
const registrar = operatorOf('partners');
const none = () => Promise.resolve([]);
const refused = (code: string) => ({ ok: false, error: { code } });
const stateOf = async ({ ports }: PartnerWorld, account = owner) =>
  valueOf(await getPartner(ports, account, { action: 'getPartner' }));
const partnerOf = (world: PartnerWorld, account = owner): string =>
  world.members().find((one) => one.account === account)?.partner ?? '';

describe('an application', () => {
  it('waits for an operator, and then makes its applicant the owner of what was granted', async () => {
    const world = createPartnerWorld();
    valueOf(await applyAsPartner(world.ports, owner, application()));
    expect(await stateOf(world)).toMatchObject({ state: 'applied', role: 'owner', grants: [], wanted: [wantedPickup] });
    const less = { ...pickupGrant, claims: ['masked_name' as const] };
    valueOf(await approve(world, partnerOf(world), [less]));
    expect(await stateOf(world)).toMatchObject({ state: 'active', reason: null, grants: [less], wanted: [] });
    expect(world.log.map(({ happening }) => [happening.kind, happening.by.kind])).toEqual([
      ['partner_applied', 'member'],
      ['partner_approved', 'operator'],
    ]);
  });

  it('is refused with a reason, amended and sent again', async () => {
    const world = createPartnerWorld();
    valueOf(await applyAsPartner(world.ports, owner, application()));
    valueOf(await refusePartner(world.ports, partnerOperator, partnerOf(world), 'purpose_not_justified'));
    expect(await stateOf(world)).toMatchObject({ state: 'refused', reason: 'purpose_not_justified' });
    const refusedAgain = await refusePartner(world.ports, partnerOperator, partnerOf(world), 'other_business');
    expect(refusedAgain).toEqual(refused('wrong_step'));
    expect(await approve(world, partnerOf(world))).toEqual(refused('wrong_step'));
    const names = { zh: '云栖路驿站', en: 'Yunqi Station' };
    valueOf(await applyAsPartner(world.ports, owner, application({ names })));
    expect(await stateOf(world)).toMatchObject({ state: 'applied', reason: null, names });
    valueOf(await approve(world, partnerOf(world)));
    expect(world.partners()).toHaveLength(1);
  });

  it('that was amended after an operator had read it is not the one that they approve', async () => {
    const world = createPartnerWorld();
    const { ports } = world;
    valueOf(await applyAsPartner(ports, owner, application()));
    const partner = partnerOf(world);
    const loadIdentityOfAccount = () => Promise.resolve(null);
    const reviewers = { loadOperator, loadOperatorById, loadIdentityOfAccount };
    const desk = { ...reviewers, listApplications: none, listCases: none };
    const { askedAt } = valueOf(
      await openApplication({ ...ports, ...desk }, registrar, { action: 'openApplication', partner }),
    );
    // At the same instant, and by a clock that is behind.
    for (const passing of [0, -5]) {
      world.clock.advance(passing);
      const names = { zh: '招商银行', en: 'China Merchants Bank' };
      valueOf(await applyAsPartner(ports, owner, application({ names })));
      expect(await approvePartner(ports, partnerOperator, partner, { askedAt, grants: [pickupGrant] })).toEqual(
        refused('act_differs'),
      );
    }
    expect(await stateOf(world)).toMatchObject({ state: 'applied' });
    valueOf(await approve(world, partner));
  });

  it('of a false code or of claims that no purpose gives is none', async () => {
    const world = createPartnerWorld();
    const { ports } = world;
    const wrong = await applyAsPartner(ports, owner, application({ creditCode: '91350100M000100Y44' }));
    expect(wrong).toEqual(refused('credit_code_invalid'));
    const much = [{ ...wantedPickup, claims: ['name' as const] }];
    expect(await applyAsPartner(ports, owner, application({ wanted: much }))).toEqual(refused('beyond_policy'));
    const wanted = [wantedPickup, wantedPickup].map((one) => ({ ...one, claims: [...one.claims] }));
    expect(await applyAsPartner(ports, owner, application({ wanted }))).toEqual(refused('beyond_policy'));
    expect([world.partners(), world.members(), world.log]).toEqual([[], [], []]);
  });

  it('is granted no more than it asked for, and nothing is no grant', async () => {
    const world = createPartnerWorld();
    valueOf(
      await applyAsPartner(world.ports, owner, application({ wanted: [{ ...wantedPickup, claims: ['masked_name'] }] })),
    );
    const cafe = { purpose: 'internet-cafe' as const, claims: ['masked_name' as const], perDay: 1 };
    for (const grants of [[pickupGrant], [cafe], [], [cafe, pickupGrant]])
      expect(await approve(world, partnerOf(world), grants)).toEqual(refused('beyond_policy'));
    expect(await stateOf(world)).toMatchObject({ state: 'applied', grants: [] });
  });

  it('keeps nobody else from applying, but a credit code is registered once', async () => {
    const world = createPartnerWorld();
    valueOf(await applyAsPartner(world.ports, other, application()));
    await registered(world, owner);
    expect(await approve(world, partnerOf(world, other))).toEqual(refused('partner_registered'));
    valueOf(await applyAsPartner(world.ports, other, application({ creditCode: creditCodes[1] })));
    valueOf(await approve(world, partnerOf(world, other)));
  });

  it('is nobody’s who works for a partner', async () => {
    const world = createPartnerWorld();
    const { shop } = await registered(world, owner);
    await joined(world.ports, owner, clerk, 'clerk', shop);
    for (const account of [owner, clerk])
      expect(await applyAsPartner(world.ports, account, application())).toEqual(refused('serves_partner'));
  });
});

describe('a registered partner', () => {
  it('asks for more, and has what it has until that is granted or refused', async () => {
    const world = createPartnerWorld();
    const { partner, shop } = await registered(world, owner);
    await joined(world.ports, owner, clerk, 'clerk', shop);
    const cafe = { purpose: 'internet-cafe' as const, claims: ['masked_name' as const], why: 'guests are registered' };
    const wanted = [{ ...wantedPickup, claims: [...wantedPickup.claims] }, cafe];
    expect(await askForPurposes(world.ports, clerk, { action: 'askForPurposes', wanted })).toEqual(
      refused('not_permitted'),
    );
    valueOf(await askForPurposes(world.ports, owner, { action: 'askForPurposes', wanted }));
    expect(world.maySay(clerk)?.grants).toMatchObject([{ claims: pickupGrant.claims }]);
    valueOf(await refusePartner(world.ports, partnerOperator, partner, 'claims_too_wide'));
    expect(await stateOf(world)).toMatchObject({ state: 'active', reason: 'claims_too_wide', grants: [pickupGrant] });
    valueOf(await askForPurposes(world.ports, owner, { action: 'askForPurposes', wanted }));
    const { why: _why, ...grant } = cafe;
    valueOf(await approve(world, partner, [{ ...grant, perDay: 9 }]));
    expect(world.maySay(clerk)?.grants).toEqual([grant]);
  });

  it('checks nothing while it is suspended', async () => {
    const world = createPartnerWorld();
    const { partner, shop } = await registered(world, owner);
    await joined(world.ports, owner, clerk, 'clerk', shop);
    expect(world.maySay(clerk)).not.toBeNull();
    valueOf(await suspendPartner(world.ports, warrant(), partner, 'complaints'));
    expect(world.maySay(clerk)).toBeNull();
    expect(await stateOf(world, clerk)).toMatchObject({ state: 'suspended', reason: 'complaints' });
    valueOf(await suspendPartner(world.ports, warrant(), partner, 'misuse'));
    valueOf(await resumePartner(world.ports, warrant(), partner));
    valueOf(await resumePartner(world.ports, warrant(), partner));
    expect(world.maySay(clerk)?.grants).toMatchObject([{ claims: pickupGrant.claims }]);
    expect(world.log.map(({ happening }) => happening.kind).slice(-2)).toEqual([
      'partner_suspended',
      'partner_resumed',
    ]);
  });

  it('does not outrun its suspension by acting without a pause', async () => {
    const world = createPartnerWorld();
    const { partner, shop } = await registered(world, owner);
    let left = 30;
    const outrun = {
      ...world.ports,
      loadPartner: async (id: string) => {
        const found = await world.ports.loadPartner(id);
        left -= 1;
        const names = { zh: '云栖路店', en: 'Yunqi Road' };
        const saved = { shop, names, address: `${left}号`, terminals: ['1', '2'] };
        if (left > 0) valueOf(await saveShop(world.ports, owner, { action: 'saveShop', ...saved }));
        return found;
      },
    };
    valueOf(await suspendPartner(outrun, warrant(), partner, 'misuse'));
    expect(await stateOf(world)).toMatchObject({ state: 'suspended' });
  });

  it('is not suspended again by a decision that was carried out and undone', async () => {
    const world = createPartnerWorld();
    const { partner } = await registered(world, owner);
    const [one, other] = [warrant(), warrant()];
    valueOf(await suspendPartner(world.ports, one, partner, 'misuse'));
    valueOf(await resumePartner(world.ports, other, partner));
    valueOf(await suspendPartner(world.ports, one, partner, 'misuse'));
    expect(await stateOf(world)).toMatchObject({ state: 'active' });
    valueOf(await suspendPartner(world.ports, warrant(), partner, 'misuse'));
    valueOf(await resumePartner(world.ports, other, partner));
    expect(await stateOf(world)).toMatchObject({ state: 'suspended' });
  });

  it('is suspended and resumed only where it was registered', async () => {
    const world = createPartnerWorld();
    valueOf(await applyAsPartner(world.ports, owner, application()));
    for (const act of [
      suspendPartner(world.ports, warrant(), partnerOf(world), 'misuse'),
      resumePartner(world.ports, warrant(), partnerOf(world)),
    ])
      expect(await act).toEqual(refused('wrong_step'));
    expect(await suspendPartner(world.ports, warrant(), 'none', 'misuse')).toEqual(refused('not_found'));
  });
});
