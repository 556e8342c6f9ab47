import tcb from '@cloudbase/node-sdk';
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
import { inParallel } from '../support/ecosystem/in-parallel';
import { picturesOf } from '../support/ecosystem/pictures';
import { openShowing, PURPOSE, requestId } from '../support/ecosystem/showing';

const HOLDER = 'oHolderOfTheCard';
const STRANGER = 'oStrangerWithoutCard';

let world: EcosystemUnderTest;
let holder: EnrolledHolder;
let stranger: Client;
let account: string;

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  holder = await enrol(world.client(HOLDER), picturesOf('lin-zhiyuan'));
  stranger = world.client(STRANGER);
  const { data } = (await databaseOf(world.cloud).collection('identities').get()) as { data: { account: string }[] };
  account = data[0]?.account ?? '';
}, START_TIMEOUT);
afterAll(() => world.close());

const getCard = { action: 'getCard' };
const cardOf = async (client: Client, event: unknown = getCard): Promise<string> =>
  (await accepted(client.ask('holder', event), validators.CardReply)).card.id;

/** All the ways in which an event can claim to be somebody's. */
const claims = (openId: string): readonly Readonly<Record<string, unknown>>[] => [
  ...['openid', 'openId', 'OPENID', '_openid', 'WX_OPENID', 'FROM_OPENID', 'account', 'caller', 'unionid'].map(
    (name) => ({
      [name]: openId,
    }),
  ),
  { userInfo: { openId, appId: 'wx0000000000local0' } },
  { userInfo: openId },
  { tcbContext: { WX_OPENID: openId } },
  { tcbContext: { environment: JSON.stringify({ WX_OPENID: openId, WX_APPID: 'wx0000000000local0' }) } },
  { wxContext: { OPENID: openId } },
  { context: { environment: JSON.stringify({ WX_OPENID: openId }) } },
  { environment: JSON.stringify({ WX_OPENID: openId }) },
  { environ: `WX_OPENID=${openId}` },
  { headers: { 'x-wx-openid': openId } },
];

it.each(claims(HOLDER).map((claim) => [JSON.stringify(claim), claim] as const))(
  'a stranger who says %s gets nothing',
  async (_text, claim) => {
    // The platform's own keys are dropped and no other key is known: either way nobody is believed.
    expect(['not_found', 'request_invalid']).toContain(
      (await refusal(stranger.ask('holder', { ...getCard, ...claim }))).code,
    );
    expect((await refusal(stranger.ask('holder', { ...claim, action: 'suspendCard' }))).code).not.toBe('internal');
    expect((await accepted(holder.client.ask('holder', getCard), validators.CardReply)).card.status).toBe('valid');
  },
);

it.each(claims(STRANGER).map((claim) => [JSON.stringify(claim), claim] as const))(
  'a holder about whom the event says %s stays the holder',
  async (_text, claim) => {
    const reply = await holder.client.ask('holder', { ...getCard, ...claim });
    if (validators.CardReply(reply)) expect(reply.card.id).toBe(holder.card.id);
    else expect(reply).toEqual({ ok: false, error: { code: 'request_invalid', at: '' } });
  },
);

it('a stranger who knows the holder’s account key gets nothing by it', async () => {
  expect(account).toMatch(/^[0-9a-f]{64}$/);
  for (const claim of [{ account }, { userInfo: { account } }, { tcbContext: { account } }]) {
    const { code } = await refusal(stranger.ask('holder', { ...getCard, ...claim }));
    expect(['not_found', 'request_invalid']).toContain(code);
  }
  expect(await refusal(world.client(account).ask('holder', getCard))).toEqual({ code: 'not_found' });
});

it('headers that a platform might set are not believed either', async () => {
  const headers = {
    'x-local-openid': STRANGER,
    'x-wx-openid': HOLDER,
    'x-wx-source': 'wx_client',
    'x-tcb-openid': HOLDER,
    'x-cloudbase-context': JSON.stringify({ WX_OPENID: HOLDER }),
  };
  const response = await fetch(`${world.cloud.url}/wx/call/holder`, {
    method: 'POST',
    headers,
    body: JSON.stringify(getCard),
  });
  expect(await response.json()).toMatchObject({ result: { ok: false, error: { code: 'not_found' } } });
});

it('a warm instance never answers with the identity of the caller before', async () => {
  // One after the other: the same instance serves them all, its environment still that of the caller before.
  for (let round = 0; round < 10; round += 1) {
    expect(await cardOf(holder.client)).toBe(holder.card.id);
    expect(await refusal(stranger.ask('holder', getCard))).toEqual({ code: 'not_found' });
  }
  const everybody = Array.from({ length: 40 }, (_, at) => at);
  const replies = await inParallel(8, everybody, (at) =>
    (at % 2 === 0 ? holder.client : stranger).ask('holder', getCard),
  );
  replies.forEach((reply, at) => {
    if (at % 2 === 0) expect(reply).toMatchObject({ ok: true, card: { id: holder.card.id } });
    else expect(reply).toEqual({ ok: false, error: { code: 'not_found' } });
  });
});

it('staff are who is logged in, not whom the event names', async () => {
  const openId = sampleStaff[0]?.openId ?? '';
  const showing = await openShowing(holder.client, holder.key);
  const request = { action: 'redeemCode', code: showing.code(), purpose: PURPOSE, requestId: requestId() };
  for (const claim of [{}, { userInfo: { openId } }, { tcbContext: { WX_OPENID: openId } }]) {
    expect(await refusal(stranger.ask('verifier', { ...request, ...claim }))).toEqual({ code: 'not_permitted' });
  }
  expect(await refusal(stranger.ask('verifier', { ...request, openid: openId }))).toEqual({
    code: 'request_invalid',
    at: '',
  });
  const answered = await accepted(world.client(openId).ask('verifier', request), validators.RedeemCodeReply);
  expect(answered.answer.purpose).toBe(PURPOSE);
});

describe('without a WeChat user', () => {
  const names = ['holder', 'verifier'];

  it.each(names)('%s is not reached over WeChat', async (name) => {
    for (const headers of [
      {},
      { 'x-local-openid': '' },
      { 'x-local-openid': 'a b' },
      { 'x-local-openid': 'x'.repeat(65) },
    ]) {
      const response = await fetch(`${world.cloud.url}/wx/call/${name}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(getCard),
      });
      const answer = (await response.json()) as Record<string, unknown>;
      expect(answer).not.toHaveProperty('result');
      expect(answer['errCode']).toBe(-501023);
    }
  });

  it.each(names)('%s is not reached over HTTP', async (name) => {
    for (const path of [`/${name}`, `/public/../${name}`, `/.well-known/${name}`]) {
      expect((await fetch(world.cloud.url + path)).status).toBe(404);
    }
  });

  it.each(names)('%s is not reached by a server with the environment’s own key', async (name) => {
    const { envId, secretId, secretKey, serviceUrl } = world.cloud.credentials;
    const app = tcb.init({ env: envId, secretId, secretKey, serviceUrl });
    const data = { ...getCard, userInfo: { openId: HOLDER }, tcbContext: { WX_OPENID: HOLDER } };
    await expect(app.callFunction({ name, data })).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  });
});
