import sharp from 'sharp';
import { parseCounterCode, sessionHandle, validators, type SessionHandle } from '../../protocol';
import { scanCode } from '../../local/demo/code-picture';
import { picturePath } from '../../local/people';
import type { HeadlessPhone } from '../../local/phone/headless/headless-phone';
import { SETTLE_MS } from '../../cloudfunctions/_core/asks/ask';
import { hoped } from '../support/ecosystem/called';
import { accepted, type Client } from '../support/ecosystem/client';
import { databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { faultOf } from '../support/institution/asking';
import { beginBy, redeemBy } from '../support/institution/authorizing';
import { BANK, RAILWAY, startBankServer, startPartnerServer, type PartnerServer } from '../support/institution/servers';
import { createSmallBrowser, type SmallBrowser } from '../support/institution/small-browser';

const OPEN_ID = 'oHolderAtABrowser';
const PERSON = 'lin-zhiyuan';
const PURPOSE = 'train-ticket';
/** Where nobody listens: what comes back stands in the address. */
const BACK = 'http://127.0.0.1:9/back';

let world: EcosystemUnderTest;
let phone: HeadlessPhone;
let client: Client;
let railway: PartnerServer;
let browser: SmallBrowser;

const redirectsTo = (clientId: string, redirectUris: readonly string[]) =>
  databaseOf(world.cloud).collection('institutions').doc(clientId).update({ redirectUris });

/** A card with a finger, made on the phone itself. */
const enrolWithFinger = async (): Promise<void> => {
  const enrolment = await hoped(phone.enrolment.begin(['document', 'face']));
  const [front, back] = [picturePath({ id: PERSON }, 'card-front'), picturePath({ id: PERSON }, 'card-back')];
  await hoped(phone.enrolment.submitDocument(enrolment, front, back));
  const face = await hoped(phone.enrolment.submitSelfie(enrolment, picturePath({ id: PERSON }, 'selfie-1')));
  if (face.outcome !== 'matched') throw new Error(`the face came to ${face.outcome}`);
  await phone.fingerprint.bindFinger(enrolment, face.nonce, 'bind');
  await hoped(phone.enrolment.mint(enrolment, face.nonce));
};

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  [phone, railway] = await Promise.all([world.phone(OPEN_ID), startPartnerServer(world, RAILWAY)]);
  client = world.client(OPEN_ID);
  await redirectsTo(RAILWAY, [BACK]);
  await enrolWithFinger();
}, START_TIMEOUT);
afterAll(() => world.close());
beforeEach(() => {
  browser = createSmallBrowser(fetch, world.cloud.url);
});

const begin = (more: Readonly<Record<string, string>> = {}) =>
  beginBy(railway, { redirect_uri: BACK, purpose: PURPOSE, ...more });

/** What a phone reads off the page. */
const sessionOn = async (page: string): Promise<SessionHandle> => {
  const [picture = ''] = /<svg[\s\S]*<\/svg>/.exec(page) ?? [];
  const png = await sharp(Buffer.from(picture)).resize(400, 400, { kernel: 'nearest' }).png().toBuffer();
  const session = parseCounterCode((await scanCode(png)) ?? '');
  if (session === null) throw new Error('the page shows no code of ours');
  return session;
};

/** Opens the page, and has the phone scan it. */
const scanned = async (more: Readonly<Record<string, string>> = {}) => {
  const { address, checks } = await begin(more);
  const { reply, at } = await browser.follow(address);
  const page = await reply.text();
  const session = await sessionOn(page);
  const asked = await accepted(client.ask('holder', { action: 'claimCounter', session }), validators.ClaimCounterReply);
  return { at, checks, page, session, asked };
};

const agree = async (session: string): Promise<void> => {
  const showing = await hoped(phone.showing.show(PURPOSE, sessionHandle(session), { prompt: 'ticket' }));
  const answer = { action: 'answerAsk', session, code: showing.currentCode() };
  await accepted(client.ask('verifier', answer), validators.AnswerAskReply);
};

const parametersOf = (leads: string): Record<string, string> => Object.fromEntries(new URL(leads).searchParams);

describe('a railway’s page that sends its buyer here', () => {
  it('has the buyer scan a code, agree with a finger, and come back; its server is told name and number', async () => {
    const { at, checks, page, session, asked } = await scanned({ binding_message: 'G 7349' });
    expect(page).toContain('G 7349');
    expect(page).not.toContain(session);
    expect(asked).toMatchObject({ claims: ['name', 'number'], ask: { bindingMessage: 'G 7349' } });
    expect(await (await browser.get(`${at}/standing`)).json()).toEqual({ state: 'claimed' });
    await agree(session);
    expect(await (await browser.get(`${at}/standing`)).json()).toEqual({ state: 'done' });
    const { leads } = await browser.follow(at);
    expect(parametersOf(leads)).toMatchObject({ iss: world.cloud.url, state: checks.expectedState });
    const tokens = await redeemBy(railway, leads, checks);
    const claims = tokens.claims();
    expect(claims).toMatchObject({
      nonce: checks.expectedNonce,
      amr: ['swk', 'fpt', 'mfa'],
      verified_claims: { verification: { assurance_level: 'light' }, claims: { name: '林知远' } },
    });
    const answeredAt = Number(claims?.auth_time);
    expect(Number(claims?.['consent_until']) - answeredAt).toBe(30 * 86_400);
    // Once.
    expect(await faultOf(redeemBy(railway, leads, checks))).toMatchObject({ error: 'invalid_grant' });
    expect(world.log.entries('CALL_FAILED')).toEqual([]);
  });

  it('asks again, though this browser has just been here', async () => {
    const { at, session } = await scanned();
    await agree(session);
    await browser.follow(at);
    const again = await browser.follow((await begin()).address);
    expect(again.reply.status).toBe(200);
    expect(await sessionOn(await again.reply.text())).not.toBe(session);
  });

  it('gets an error where the buyer declines on the phone or goes back in the browser', async () => {
    const declined = await scanned();
    const { session } = declined;
    await accepted(client.ask('holder', { action: 'declineAsk', session }), validators.DeclineAskReply);
    expect(parametersOf((await browser.follow(declined.at)).leads)).toMatchObject({ error: 'access_denied' });
    const cancelled = await scanned();
    const { leads } = await browser.goOn(await browser.submit(`${cancelled.at}/cancel`));
    expect(parametersOf(leads)).toMatchObject({
      error: 'access_denied',
      state: cancelled.checks.expectedState,
      iss: world.cloud.url,
    });
    // What was cancelled is no more the phone's to answer.
    const late = client.ask('verifier', { action: 'answerAsk', session: cancelled.session, code: 'CODE' });
    expect(await late).toMatchObject({ ok: false, error: { code: 'ask_over' } });
  });

  it('gets an error where the time is over', async () => {
    const { at, session } = await scanned();
    const past = Date.now() - SETTLE_MS;
    await databaseOf(world.cloud)
      .collection('counter_sessions')
      .doc(session)
      .update({ expiresAt: past, 'ask.expiresAt': past });
    expect(parametersOf((await browser.follow(at)).leads)).toMatchObject({ error: 'access_denied' });
  });

  it('sends nobody to an address that is not registered, and another partner’s server gets nothing for its code', async () => {
    await expect(begin({ redirect_uri: `${BACK}/` })).rejects.toMatchObject({ error: 'invalid_request' });
    await redirectsTo(BANK, [BACK]);
    const bank = await startBankServer(world);
    const { at, checks, session } = await scanned();
    await agree(session);
    const { leads } = await browser.follow(at);
    expect(await faultOf(redeemBy(bank, leads, checks))).toMatchObject({ error: 'invalid_grant' });
    expect((await redeemBy(railway, leads, checks)).claims()).toBeDefined();
    await redirectsTo(RAILWAY, []);
    await expect(begin()).rejects.toMatchObject({ error: 'invalid_request' });
  });
});
