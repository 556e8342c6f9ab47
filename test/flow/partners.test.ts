import { sampleRegister } from '../../local/authority';
import { createKeyProof, validators, type OperatorRole } from '../../protocol';
import { accepted, refusal, type Client } from '../support/ecosystem/client';
import { databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { enrol, mint, readCase, submitSelfie, type EnrolledHolder } from '../support/ecosystem/enrolment';
import { createKeyPair } from '../support/ecosystem/keys';
import { person, picture, picturesOf } from '../support/ecosystem/pictures';
import { openShowing, redeem } from '../support/ecosystem/showing';
import { application, creditCodes } from '../support/partner-steps';

/** Whom the register knows without a face. */
const FACELESS = person('zhou-qiming');

let world: EcosystemUnderTest;
let holder: EnrolledHolder;

beforeAll(async () => {
  const people = sampleRegister().map((entry) =>
    entry.number === FACELESS.idNumber ? { ...entry, portrait: picture(FACELESS.id, 'card-back') } : entry,
  );
  world = await startEcosystemUnderTest({ people });
  holder = await enrol(world.client('oHolderOfPartners'), picturesOf('lin-zhiyuan'));
}, START_TIMEOUT);
afterAll(() => world.close());

const operator = (role: OperatorRole, at = 1): Client =>
  world.client(`oOperator${role.charAt(0).toUpperCase()}${role.slice(1)}${String(at)}`);
const byOperator = (by: Client, said: object): Promise<unknown> => by.ask('operator', said);
const asStaff = (by: Client, said: object): Promise<unknown> => by.ask('verifier', said);
const isDone = (reply: Promise<unknown>) => accepted(reply, validators.DoneReply);

/** Two operators of a role decide together. */
const together = async (role: OperatorRole, act: object): Promise<unknown> => {
  const proposed = await accepted(
    byOperator(operator(role), { action: 'proposeAct', ...act }),
    validators.ProposeActReply,
  );
  const { proposal, hash } = proposed;
  const own = byOperator(operator(role), { action: 'confirmAct', proposal, hash });
  expect(await refusal(own)).toEqual({ code: 'second_person_needed' });
  return byOperator(operator(role, 2), { action: 'confirmAct', proposal, hash });
};

const historyKinds = async (client: Client): Promise<readonly string[]> => {
  const reply = await accepted(client.ask('holder', { action: 'listHistory' }), validators.ListHistoryReply);
  return reply.entries.map(({ kind }) => kind);
};
const check = async (by: Client): Promise<unknown> => {
  const showing = await openShowing(holder.client, holder.key);
  return redeem(by, showing.code());
};
/** Every act in the log, in clear. */
const acts = async (): Promise<readonly string[]> => {
  const { data } = (await databaseOf(world.cloud).collection('events').orderBy('at', 'asc').limit(1000).get()) as {
    data: { open?: { content: string } }[];
  };
  const kindOf = (content: string): string =>
    (JSON.parse(content) as { readonly happening: { readonly kind: string } }).happening.kind;
  return data.flatMap(({ open }) => (open ? [kindOf(open.content)] : []));
};

describe('a business', () => {
  it('applies, is approved, staffs its counter, checks, exports, and is stopped', async () => {
    const [owner, clerk] = [world.client('oNewOwner'), world.client('oNewClerk')];
    const asked = application({ creditCode: creditCodes[1] });
    await isDone(asStaff(owner, asked));
    const clerkOfIt = operator('partners');
    const tasks = await accepted(byOperator(clerkOfIt, { action: 'listTasks' }), validators.ListTasksReply);
    const partner = tasks.applications[0]?.partner ?? '';
    const opening = byOperator(clerkOfIt, { action: 'openApplication', partner });
    const opened = await accepted(opening, validators.OpenApplicationReply);
    expect(opened).toMatchObject({
      details: { names: asked.names, creditCode: creditCodes[1] },
      wanted: asked.wanted,
    });
    const [{ why: _why, ...granted } = { why: '' }] = asked.wanted;
    const grants = [{ ...granted, perDay: 2 }];
    const { askedAt } = opened;
    await isDone(byOperator(clerkOfIt, { action: 'approvePartner', partner, askedAt, grants }));

    const shop = { names: { zh: '云栖路店', en: 'Yunqi Road' }, address: '云栖路218号', terminals: ['1'] };
    await isDone(asStaff(owner, { action: 'saveShop', ...shop }));
    const seen = await accepted(asStaff(owner, { action: 'getPartner' }), validators.PartnerReply);
    const place = { role: 'clerk', shop: seen.shops[0]?.id, terminal: '1' };
    const invited = await accepted(asStaff(owner, { action: 'inviteStaff', ...place }), validators.InviteStaffReply);
    const join = (by: Client) => asStaff(by, { action: 'acceptInvitation', token: invited.token });
    await isDone(join(clerk));
    expect(await refusal(join(world.client('oThief')))).toEqual({ code: 'invitation_over' });

    const { answer } = await accepted(check(clerk), validators.RedeemCodeReply);
    const made = await accepted(asStaff(clerk, { action: 'listChecks' }), validators.ListChecksReply);
    expect(made.checks).toMatchObject([{ id: answer.eventId, terminal: '1', look: null }]);
    const period = { action: 'exportChecks', from: 0, to: 4102444800000 };
    expect(await refusal(asStaff(clerk, period))).toEqual({ code: 'not_permitted' });
    const { csv } = await accepted(asStaff(owner, period), validators.ExportChecksReply);
    expect(csv.split('\r\n')).toHaveLength(3);
    expect(csv).toContain(answer.eventId);

    await accepted(check(clerk), validators.RedeemCodeReply);
    await world.cloud.runTimer('quotas');
    expect(await refusal(check(clerk))).toEqual({ code: 'quota_used' });
    const alarms = byOperator(operator('security'), { action: 'listAlarms' });
    expect((await accepted(alarms, validators.ListAlarmsReply)).alarms).toMatchObject([
      { kind: 'over_quota', partner },
    ]);

    await isDone(together('security', { kind: 'suspend_partner', target: partner, reason: 'misuse' }));
    expect(await refusal(check(clerk))).toEqual({ code: 'not_permitted' });
    await isDone(together('partners', { kind: 'resume_partner', target: partner, reason: 'remedied' }));
    const list = await accepted(asStaff(owner, { action: 'listStaff' }), validators.ListStaffReply);
    const member = list.staff.find(({ role }) => role === 'clerk')?.member;
    await isDone(asStaff(owner, { action: 'removeStaff', member }));
    expect(await refusal(check(clerk))).toEqual({ code: 'not_permitted' });

    const left = await acts();
    for (const kind of ['partner_applied', 'partner_approved', 'shop_saved', 'staff_invited', 'staff_joined'])
      expect(left).toContain(kind);
    for (const kind of ['act_proposed', 'act_confirmed', 'partner_suspended', 'partner_resumed', 'staff_removed'])
      expect(left).toContain(kind);
  });
});

describe('the timer that counts stored faces', () => {
  it('marks the level that it finds, and raises no alarm where there are few', async () => {
    const places = databaseOf(world.cloud).collection('places');
    await places.add({ _id: 'stored-faces', level: 'near', crossings: 1 });
    await world.cloud.runTimer('faces');
    const { data } = (await places.where({ _id: 'stored-faces' }).get()) as { data: readonly unknown[] };
    expect(data).toEqual([{ _id: 'stored-faces', level: 'below', crossings: 1 }]);
    const alarms = byOperator(operator('auditor'), { action: 'listAlarms' });
    const kinds = (await accepted(alarms, validators.ListAlarmsReply)).alarms.map(({ kind }) => kind);
    expect(kinds).not.toContain('stored_faces');
  });
});

describe('a case that the register has no face for', () => {
  it('is refused, appealed, accepted by two other reviewers, and minted', async () => {
    const client = world.client('oFaceless');
    const caseId = await readCase(client, picturesOf(FACELESS.id));
    for (let tries = 0; tries < 3; tries += 1) await submitSelfie(client, caseId, picture(FACELESS.id, 'selfie-1'));
    const [first, second, third] = [operator('reviewer'), operator('reviewer', 2), operator('reviewer', 3)];
    const tasks = await accepted(byOperator(first, { action: 'listTasks' }), validators.ListTasksReply);
    expect(tasks.cases).toMatchObject([{ case: caseId, isAppeal: false, accepted: 'none' }]);
    const ofCase = (by: Client, action: string, more: object = {}) => byOperator(by, { action, case: caseId, ...more });
    const opened = await accepted(ofCase(first, 'openCase'), validators.OpenCaseReply);
    expect([opened.fields.name.value, opened.causes]).toEqual([FACELESS.name, ['authority_no_photo']]);
    expect(opened.pictures).toEqual(['front', 'back', 'selfie', 'selfie', 'selfie']);
    const seen = await accepted(ofCase(first, 'openPicture', { picture: 0, part: 0 }), validators.OpenPictureReply);
    expect(Buffer.from(seen.bytes, 'base64').equals(picture(FACELESS.id, 'card-front'))).toBe(true);
    await isDone(ofCase(first, 'refuseCase', { reason: 'not_live' }));
    const follow = () => accepted(client.ask('holder', { action: 'followCase', caseId }), validators.FollowCaseReply);
    expect(await follow()).toMatchObject({ state: 'refused', reason: 'not_live' });
    await isDone(client.ask('holder', { action: 'appealCase', caseId }));
    expect(await refusal(ofCase(first, 'openCase'))).toEqual({ code: 'second_person_needed' });
    const accept = (by: Client) => accepted(ofCase(by, 'acceptCase'), validators.AcceptCaseReply);
    expect(await accept(second)).toEqual({ ok: true, isDecided: false });
    expect(await refusal(ofCase(second, 'acceptCase'))).toEqual({ code: 'second_person_needed' });
    expect(await follow()).toEqual({ ok: true, state: 'inReview', isAppeal: true });
    const left = await accepted(byOperator(second, { action: 'listTasks' }), validators.ListTasksReply);
    expect(left.cases).toMatchObject([{ case: caseId, isAppeal: true, accepted: 'own' }]);
    const again = await accepted(ofCase(third, 'openPicture', { picture: 0, part: 0 }), validators.OpenPictureReply);
    expect(again.bytes).toBe(seen.bytes);
    expect(await accept(third)).toEqual({ ok: true, isDecided: true });
    const followed = await follow();
    if (followed.state !== 'matched') throw new Error(followed.state);
    const key = createKeyPair();
    const proof = createKeyProof({ nonce: followed.nonce, key: key.publicKey, sign: key.sign });
    await accepted(mint(client, caseId, proof), validators.MintCardReply);
    expect(await acts()).toEqual(expect.arrayContaining(['review_opened', 'review_refused', 'review_accepted']));
  });
});

describe('a card', () => {
  it('is found by its exact id alone, and its holder reads of it', async () => {
    const find = (by: Client, reference: string) => byOperator(by, { action: 'findCard', by: 'card', reference });
    for (const by of [operator('reviewer'), holder.client])
      expect(await refusal(find(by, holder.card.id))).toEqual({ code: 'not_found' });
    expect(await refusal(find(operator('security'), 'f'.repeat(32)))).toEqual({ code: 'not_found' });
    const found = await accepted(find(operator('security'), holder.card.id), validators.FindCardReply);
    expect(found).toMatchObject({ status: 'valid', tier: 'light', stops: [] });
    expect(JSON.stringify(found)).not.toContain('林');
    expect((await historyKinds(holder.client))[0]).toBe('card_looked_up');
    expect(await historyKinds(holder.client)).not.toContain('entry_missing');
  });

  it('is stopped by one operator whatever its holder wants, raised and ended by two', async () => {
    const clerk = world.client('oStaffParcelShop01');
    const { id } = holder.card;
    await isDone(byOperator(operator('security'), { action: 'holdCard', card: id, reason: 'inquiry' }));
    expect(await refusal(holder.client.ask('holder', { action: 'resumeCard' }))).toEqual({ code: 'card_not_active' });
    expect(await refusal(holder.client.ask('holder', { action: 'prepareShowing' }))).toEqual({
      code: 'card_not_active',
    });
    await isDone(byOperator(operator('security'), { action: 'releaseCard', card: id }));
    await isDone(together('counter', { kind: 'raise_tier', target: id, reason: 'person_and_card_seen' }));
    expect(await accepted(check(clerk), validators.RedeemCodeReply)).toMatchObject({ answer: { tier: 'full' } });
    const showing = await openShowing(holder.client, holder.key);
    await isDone(together('security', { kind: 'revoke_card', target: id, reason: 'ended_by_holder' }));
    expect(await refusal(redeem(clerk, showing.code()))).toEqual({ code: 'revoked' });
    const kinds = await historyKinds(holder.client);
    for (const kind of ['card_stopped', 'card_released', 'tier_raised']) expect(kinds).toContain(kind);
  });
});
