import { sampleStaff } from '../../local/ecosystem/partners';
import { validators } from '../../protocol';
import { accepted, refusal, type Client } from '../support/ecosystem/client';
import { databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { enrol, type EnrolledHolder } from '../support/ecosystem/enrolment';
import { picturesOf } from '../support/ecosystem/pictures';
import { openShowing, redeem } from '../support/ecosystem/showing';

let world: EcosystemUnderTest;
let holder: EnrolledHolder;
let owner: Client;
let staff: Client;

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  holder = await enrol(world.client('oHolderWithRights'), picturesOf('lin-zhiyuan'));
  owner = world.client('oOwnerParcelShop');
  staff = world.client(sampleStaff[0]?.openId ?? '');
}, START_TIMEOUT);
afterAll(() => world.close());

const asHolder = (said: object): Promise<unknown> => holder.client.ask('holder', said);
const history = async () => (await accepted(asHolder({ action: 'listHistory' }), validators.ListHistoryReply)).entries;
/** Has the card checked. @returns the check's number in the history, and its id */
const check = async (): Promise<{ readonly number: number; readonly id: string }> => {
  const showing = await openShowing(holder.client, holder.key);
  const { answer } = await accepted(redeem(staff, showing.code()), validators.RedeemCodeReply);
  const [newest] = await history();
  return { number: newest?.number ?? 0, id: answer.eventId };
};
const requests = async (state: 'open' | 'answered') =>
  (
    await accepted(
      owner.ask('verifier', { action: 'listDeletionRequests', state }),
      validators.ListDeletionRequestsReply,
    )
  ).requests;

describe('a report', () => {
  it('reaches the operators once and without a name, and the holder’s history', async () => {
    const { number, id } = await check();
    const report = (reason: string) => asHolder({ action: 'reportPartner', number, reason });
    const { standing } = await accepted(report('asked_too_much'), validators.StandingReply);
    expect(standing.isReported).toBe(true);
    await accepted(report('not_me'), validators.StandingReply);
    const operator = world.client('oOperatorSecurity1');
    const { alarms } = await accepted(operator.ask('operator', { action: 'listAlarms' }), validators.ListAlarmsReply);
    expect(alarms).toMatchObject([
      { kind: 'partner_reported', partner: 'sample-parcel-shop', purpose: 'parcel-pickup', reason: 'asked_too_much' },
    ]);
    expect(JSON.stringify(alarms)).not.toContain(id);
    const alarm = { action: 'closeAlarm', alarm: alarms[0]?.alarm };
    await accepted(operator.ask('operator', alarm), validators.DoneReply);
    // Closed is closed: the same report again raises nothing.
    await accepted(report('other'), validators.StandingReply);
    expect(await accepted(operator.ask('operator', { action: 'listAlarms' }), validators.ListAlarmsReply)).toEqual({
      ok: true,
      alarms: [],
    });
    expect((await history()).filter(({ kind }) => kind === 'partner_reported')).toMatchObject([
      { check: number, reason: 'asked_too_much', partner: { en: 'Yunqi Road Parcel Station' } },
    ]);
    // Nothing of it is the partner's to see.
    expect(await requests('open')).toEqual([]);
  });

  it('is limited to five a day, and is of looks of one’s own alone', async () => {
    for (let more = 0; more < 4; more += 1) {
      const { number } = await check();
      await accepted(asHolder({ action: 'reportPartner', number, reason: 'other' }), validators.StandingReply);
    }
    const { number } = await check();
    const sixth = asHolder({ action: 'reportPartner', number, reason: 'other' });
    expect(await refusal(sixth)).toEqual({ code: 'too_many_requests' });
    const minted = asHolder({ action: 'reportPartner', number: 2, reason: 'other' });
    expect(await refusal(minted)).toEqual({ code: 'not_found' });
    const stranger = staff.ask('holder', { action: 'reportPartner', number, reason: 'other' });
    expect(await refusal(stranger)).toEqual({ code: 'not_found' });
  });
});

describe('a request to delete', () => {
  it('is seen by the partner as one of its checks, answered, and told to the holder', async () => {
    const { number, id } = await check();
    await accepted(asHolder({ action: 'askDeletion', number }), validators.StandingReply);
    const [request] = await requests('open');
    if (!request) throw new Error('no request');
    const { checks } = await accepted(owner.ask('verifier', { action: 'listChecks' }), validators.ListChecksReply);
    const own = checks.find((one) => one.id === request.check);
    expect(request).toMatchObject({ check: id, receipt: own?.receipt, claims: own?.claims, isOverdue: false });

    const answer = (by: Client, said: string) =>
      by.ask('verifier', { action: 'answerDeletionRequest', request: request.request, answer: said });
    expect(await refusal(answer(staff, 'deleted'))).toEqual({ code: 'not_permitted' });
    expect(await refusal(answer(owner, 'kept'))).toEqual({ code: 'request_invalid', at: '/answer' });
    const kept = 'retention_period';
    await accepted(answer(owner, kept), validators.DoneReply);
    await accepted(answer(owner, kept), validators.DoneReply);
    expect(await refusal(answer(owner, 'deleted'))).toEqual({ code: 'wrong_step' });
    expect(await requests('open')).toEqual([]);
    expect(await requests('answered')).toMatchObject([{ request: request.request, answered: { answer: kept } }]);

    const [answered, asked] = await history();
    expect([answered, asked]).toMatchObject([
      { kind: 'deletion_answered', check: number, answer: kept },
      { kind: 'deletion_asked', check: number },
    ]);
    const opened = await accepted(asHolder({ action: 'openEntry', number }), validators.OpenEntryReply);
    expect(opened.standing).toMatchObject({ mayAskDeletion: false, deletion: { answered: { answer: kept } } });
  });

  it('leads nobody from the database to its holder', async () => {
    const { number } = await check();
    await accepted(asHolder({ action: 'askDeletion', number }), validators.StandingReply);
    // The identity knows its last two showings, and nothing of those before.
    for (let later = 0; later < 2; later += 1) await check();
    const database = databaseOf(world.cloud);
    const stored = (await database.collection('delete_requests').limit(100).get()) as { data: { _id: string }[] };
    const identities = (await database.collection('identities').limit(100).get()) as { data: object[] };
    const people = JSON.stringify(identities.data);
    for (const request of stored.data) {
      expect(people).not.toContain(request._id);
      for (const value of Object.values(request))
        if (typeof value === 'string' && value.length > 20) expect(people).not.toContain(value);
    }
    expect(stored.data).toHaveLength(2);
  });
});
