import { validators } from '../../protocol';
import type { ReadMessage } from '../../local/cloud/wechat/messages';
import { accepted, refusal, type Client } from '../support/ecosystem/client';
import { databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { begin } from '../support/ecosystem/enrolment';

const OPEN_ID = 'oWaitsForAWord';
const TEMPLATE = 'local-case-decided';

let world: EcosystemUnderTest;
let client: Client;
let caseId: string;

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  client = world.client(OPEN_ID);
}, START_TIMEOUT);
afterAll(() => world.close());

const setState = (state: string) => databaseOf(world.cloud).collection('cases').doc(caseId).update({ state });

/** As if the time had come to look. */
const makeDue = () =>
  databaseOf(world.cloud).collection('reminders').where({ kind: 'case_decided' }).update({ dueAt: 1 });

const stored = async (): Promise<readonly object[]> =>
  ((await databaseOf(world.cloud).collection('reminders').get()) as { data: object[] }).data;

/** What WeChat's dialogue tells WeChat once the user allows one message. */
const allow = async (): Promise<void> => {
  const headers = { 'x-local-openid': OPEN_ID };
  const body = JSON.stringify({ template: TEMPLATE });
  const reply = await fetch(`${world.cloud.url}/wx/subscribe`, { method: 'POST', headers, body });
  expect(await reply.json()).toEqual({ errMsg: 'requestSubscribeMessage:ok' });
};

const messagesOf = async (openId: string): Promise<readonly ReadMessage[]> => {
  const reply = await fetch(`${world.cloud.url}/wx/messages`, { headers: { 'x-local-openid': openId } });
  return ((await reply.json()) as { messages: ReadMessage[] }).messages;
};

const want = () => client.ask('holder', { action: 'wantReminder', kind: 'case_decided', caseId });

const isWanted = async (): Promise<boolean | undefined> => {
  const reply = client.ask('holder', { action: 'getReminders' });
  const { reminders } = await accepted(reply, validators.RemindersReply);
  const found = reminders.find(({ kind }) => kind === 'case_decided');
  expect(found?.template).toBe(TEMPLATE);
  return found?.isWanted;
};

it('whose case is in review is told once that it is decided, and by nothing that speaks of them', async () => {
  ({ caseId } = await begin(client));
  expect(await isWanted()).toBe(false);
  expect(await refusal(want())).toEqual({ code: 'wrong_step' });
  await setState('inReview');
  await allow();
  await accepted(want(), validators.RemindersReply);
  expect(await isWanted()).toBe(true);
  expect(await stored()).toHaveLength(1);
  expect(JSON.stringify(await stored())).not.toContain(OPEN_ID);

  await makeDue();
  await world.cloud.runTimer('remind');
  expect(await messagesOf(OPEN_ID)).toEqual([]);

  await setState('expired');
  await makeDue();
  await world.cloud.runTimer('remind');
  const [message, ...others] = await messagesOf(OPEN_ID);
  expect(others).toEqual([]);
  expect(message).toMatchObject({
    template: TEMPLATE,
    page: 'pages/home/home',
    lines: [{ value: '您的申请已有结果' }, { value: '请打开小程序查看并继续' }],
  });
  expect(await messagesOf('oSomebodyElse')).toEqual([]);
  expect([await isWanted(), await stored()]).toEqual([false, []]);
});

it('who took the permission back in WeChat is told nothing, and the reminder is forgotten', async () => {
  await setState('inReview');
  await accepted(want(), validators.RemindersReply);
  await setState('expired');
  await makeDue();
  await world.cloud.runTimer('remind');
  expect([(await messagesOf(OPEN_ID)).length, await stored()]).toEqual([1, []]);
});

it('who drops the reminder in time is told nothing', async () => {
  await setState('inReview');
  await allow();
  await accepted(want(), validators.RemindersReply);
  const drop = { action: 'dropReminder', kind: 'case_decided' };
  await accepted(client.ask('holder', drop), validators.RemindersReply);
  await setState('expired');
  await makeDue();
  await world.cloud.runTimer('remind');
  expect([(await messagesOf(OPEN_ID)).length, await stored()]).toEqual([1, []]);
});

it('a case of somebody else’s is nobody’s to be told of', async () => {
  await setState('inReview');
  const ask = { action: 'wantReminder', kind: 'case_decided', caseId };
  expect(await refusal(world.client('oSomebodyElse').ask('holder', ask))).toEqual({ code: 'not_found' });
  expect(await refusal(client.ask('holder', { ...ask, kind: 'weather' }))).toMatchObject({ code: 'request_invalid' });
});
