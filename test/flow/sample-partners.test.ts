import sharp from 'sharp';
import { parseCounterCode, sessionHandle, validators, type PurposeId, type SessionHandle } from '../../protocol';
import { scanCode } from '../../local/demo/code-picture';
import { startPartners, type Partners } from '../../local/partners';
import { picturePath, samplePeople } from '../../local/people';
import type { HeadlessPhone } from '../../local/phone/headless/headless-phone';
import { hoped } from '../support/ecosystem/called';
import { accepted, type Client } from '../support/ecosystem/client';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { raiseAtCounter } from '../support/ecosystem/raise';
import { createSmallBrowser } from '../support/institution/small-browser';

const OPEN_ID = 'oCustomerOfPartners';
const PERSON = 'lin-zhiyuan';
const picture = (name: 'card-front' | 'card-back' | 'selfie-1' | 'selfie-2') => picturePath({ id: PERSON }, name);

const person = samplePeople.find(({ id }) => id === PERSON);
if (!person) throw new Error('nobody of that name is a sample person');

let world: EcosystemUnderTest;
let partners: Partners;
let phone: HeadlessPhone;
let client: Client;

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  partners = await startPartners(world.cloud.url, world.dataDir);
  phone = await world.phone(OPEN_ID);
  client = world.client(OPEN_ID);
  const enrolment = await hoped(phone.enrolment.begin(['document', 'face']));
  await hoped(phone.enrolment.submitDocument(enrolment, picture('card-front'), picture('card-back')));
  const face = await hoped(phone.enrolment.submitSelfie(enrolment, picture('selfie-1')));
  if (face.outcome !== 'matched') throw new Error(`the face came to ${face.outcome}`);
  await phone.fingerprint.bindFinger(enrolment, face.nonce, 'bind');
  await hoped(phone.enrolment.mint(enrolment, face.nonce));
}, START_TIMEOUT);
afterAll(async () => {
  await partners.close();
  await world.close();
});

const sessionOn = async (page: string): Promise<SessionHandle> => {
  const [code = ''] = /<svg[\s\S]*<\/svg>/.exec(page) ?? [];
  const png = await sharp(Buffer.from(code)).resize(400, 400, { kernel: 'nearest' }).png().toBuffer();
  const session = parseCounterCode((await scanCode(png)) ?? '');
  if (session === null) throw new Error('the page shows no code of ours');
  return session;
};

const claim = (session: string) => client.ask('holder', { action: 'claimCounter', session });

/** Shows finger and, where it is wanted, face, and hands the code in. */
const agree = async (purpose: PurposeId, session: string): Promise<void> => {
  const proofs = { prompt: 'agree', ...(purpose === 'bank-account-opening' && { selfie: picture('selfie-2') }) };
  const showing = await hoped(phone.showing.show(purpose, sessionHandle(session), proofs));
  const answer = { action: 'answerAsk', session, code: showing.currentCode() };
  await accepted(client.ask('verifier', answer), validators.AnswerAskReply);
};

describe('the railway’s page, in an environment of its own', () => {
  /** Orders a train, and follows to the service's page. */
  const order = async () => {
    const reply = await fetch(`${partners.railway}/orders`, {
      method: 'POST',
      body: new URLSearchParams({ train: 'J705' }),
      redirect: 'manual',
    });
    const browser = createSmallBrowser(fetch, world.cloud.url);
    const { reply: page, at } = await browser.follow(reply.headers.get('location') ?? '');
    const [cookie = ''] = (reply.headers.get('set-cookie') ?? '').split(';');
    const comeBack = async (): Promise<string> => {
      const { leads } = await browser.follow(at);
      const headers = { cookie };
      const back = await fetch(leads, { headers, redirect: 'manual' });
      return (await fetch(new URL(back.headers.get('location') ?? '', partners.railway), { headers })).text();
    };
    return { session: await sessionOn(await page.text()), comeBack };
  };

  it('sells a ticket in the name of who agreed', async () => {
    const { session, comeBack } = await order();
    await accepted(claim(session), validators.ClaimCounterReply);
    await agree('train-ticket', session);
    expect(await comeBack()).toMatch(/车票[\s\S]*J705[\s\S]*林知远/);
  });

  it('takes no order from another page, whose traveller keeps the ticket that is there', async () => {
    const headers = { origin: 'https://evil.example' };
    const body = new URLSearchParams({ train: 'J705' });
    const reply = await fetch(`${partners.railway}/orders`, { method: 'POST', body, headers, redirect: 'manual' });
    expect(reply.headers.get('location')).toBe('/');
    expect(reply.headers.get('set-cookie')).toBeNull();
  });

  it('sells none where the traveller declines', async () => {
    const { session, comeBack } = await order();
    await accepted(claim(session), validators.ClaimCounterReply);
    await accepted(client.ask('holder', { action: 'declineAsk', session }), validators.DeclineAskReply);
    expect(await comeBack()).toContain('您没有同意');
  });
});

describe('the bank’s counter', () => {
  let opened = '';
  const operatorOf = (at: 1 | 2) => world.client(`oOperatorSecurity${at}`);
  const ask = async (form: Readonly<Record<string, string>>): Promise<string> => {
    const body = new URLSearchParams(form);
    const reply = await fetch(`${partners.bank}/openings`, { method: 'POST', body, redirect: 'manual' });
    return new URL(reply.headers.get('location') ?? '', partners.bank).href;
  };
  const read = async (address: string): Promise<string> => (await fetch(address)).text();
  /** The page once it says more than that it waits. */
  const settled = async (address: string): Promise<string> => {
    const state = new URL(`${new URL(address).pathname}/state`, address);
    for (;;) {
      const said = (await (await fetch(state)).json()) as { readonly state: string };
      if (said.state !== 'asking') return read(address);
    }
  };
  const byNumber = async () => {
    const asked = client.ask('holder', { action: 'openAskNumber' });
    const { number } = await accepted(asked, validators.OpenAskNumberReply);
    const address = await ask({ way: 'number', number });
    const found = await accepted(client.ask('holder', { action: 'findAsk', number }), validators.FindAskReply);
    if (found.session === null) throw new Error('the phone has found no ask');
    return { address, session: found.session };
  };

  it('is framed by pages of this machine alone, and takes no form of another page', async () => {
    const { headers } = await fetch(partners.bank);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'self' http://127.0.0.1:*");
    const stranger = { headers: { origin: 'https://evil.example' }, method: 'POST', body: new URLSearchParams() };
    expect((await fetch(`${partners.bank}/openings`, stranger)).status).toBe(421);
  });

  it('says what is missing where the card is grey', async () => {
    const { address, session } = await byNumber();
    expect(await claim(session)).toMatchObject({ ok: false, error: { code: 'tier_too_low' } });
    expect(await settled(address)).toContain('开户需要彩卡');
  });

  it('opens an account by a number, and asks after the card later', async () => {
    const called = client.ask('holder', { action: 'callCounter' });
    const visit = (await accepted(called, validators.CallCounterReply)).number;
    await raiseAtCounter(world.client('oOperatorCounter1'), visit, person.idNumber);
    const { address, session } = await byNumber();
    const { ask: told } = await accepted(claim(session), validators.ClaimCounterReply);
    expect(await read(address)).toContain(told?.bindingMessage ?? '?');
    await agree('bank-account-opening', session);
    const page = await settled(address);
    expect(page).toMatch(/账户已开立[\s\S]*林知远[\s\S]*彩卡[\s\S]*指纹 · 人脸/);
    expect(await read(`${address}&ask=status`)).toContain('有效');
    opened = address;
  });

  it('opens none where the customer declines what they have scanned', async () => {
    const address = await ask({ way: 'scan' });
    const session = await sessionOn(await read(address));
    await accepted(claim(session), validators.ClaimCounterReply);
    await accepted(client.ask('holder', { action: 'declineAsk', session }), validators.DeclineAskReply);
    expect(await settled(address)).toContain('客户没有同意');
  });

  it('opens none for a card that is revoked while its number is read out, and hears so of the accounts that it has', async () => {
    const { card } = await accepted(client.ask('holder', { action: 'getCard' }), validators.CardReply);
    const { address, session } = await byNumber();
    const { proposal, hash } = await accepted(
      operatorOf(1).ask('operator', {
        action: 'proposeAct',
        kind: 'revoke_card',
        target: card.id,
        reason: 'obtained_by_fraud',
      }),
      validators.ProposeActReply,
    );
    await accepted(operatorOf(2).ask('operator', { action: 'confirmAct', proposal, hash }), validators.DoneReply);
    expect(await claim(session)).toMatchObject({ ok: false, error: { code: 'card_not_active' } });
    expect(await settled(address)).toContain('已暂停、吊销或过期');
    expect(await read(`${opened}&ask=status`)).toContain('已吊销');
  });
});
