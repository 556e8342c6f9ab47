import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import sharp from 'sharp';
import { parseCounterCode, sessionHandle, validators, type PurposeId, type SessionHandle } from '../../protocol';
import { scanCode } from '../../local/demo/code-picture';
import { institutionKeyOf } from '../../local/ecosystem/institutions';
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
import { databaseOf } from '../support/ecosystem/database';
import { raiseAtCounter } from '../support/ecosystem/raise';
import { BANK } from '../support/institution/servers';
import { createSmallBrowser } from '../support/institution/small-browser';
import { startReceiver, type Receiver } from '../support/receiver';

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

  /** Opens an account for the person whose card is in colour by now. @returns the address of its page */
  const openAccount = async (): Promise<string> => {
    const { address, session } = await byNumber();
    await accepted(claim(session), validators.ClaimCounterReply);
    await agree('bank-account-opening', session);
    expect(await settled(address)).toContain('账户已开立');
    return address;
  };

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
  });

  it('opens none where the customer declines what they have scanned', async () => {
    const address = await ask({ way: 'scan' });
    const session = await sessionOn(await read(address));
    await accepted(claim(session), validators.ClaimCounterReply);
    await accepted(client.ask('holder', { action: 'declineAsk', session }), validators.DeclineAskReply);
    expect(await settled(address)).toContain('客户没有同意');
  });

  describe('where it hears of events', () => {
    let account: string;
    let between: Receiver;
    /** What has come to the bank's address, which lets all of it pass. */
    const tokens = (): readonly string[] => between.received.map(({ body }) => body);
    const hand = (token: string, type = 'application/secevent+jwt'): Promise<Response> =>
      fetch(`${partners.bank}/events`, { method: 'POST', body: token, headers: { 'content-type': type } });
    const tell = () => world.cloud.runTimer('tell');
    const stored = async (): Promise<unknown> => {
      const { data } = (await databaseOf(world.cloud).collection('notices').get()) as { data: unknown };
      return data;
    };
    const news = async (): Promise<string> => {
      const [, told = ''] = /核验服务来信<\/dt>\s*<dd>([^·]*) ·/.exec(await read(account)) ?? [];
      return told;
    };
    const answering = async (action: 'suspendCard' | 'resumeCard'): Promise<void> => {
      expect(await client.ask('holder', { action })).toMatchObject({ ok: true });
      await tell();
    };

    beforeAll(async () => {
      between = await startReceiver('http', (_, response) => {
        void hand(tokens().at(-1) ?? '').then(async (reply) => {
          response.writeHead(reply.status).end(await reply.text());
        });
      });
      const events = { url: `http://127.0.0.1:${between.port}/of-the-bank` };
      await databaseOf(world.cloud).collection('institutions').doc(BANK).update({ events });
      account = await openAccount();
    });
    afterAll(() => between.close());

    it('shows with the account what the provider has told: that the card is stopped, and that it is valid again', async () => {
      await tell();
      expect([await news(), tokens()]).toEqual(['', []]);
      await answering('suspendCard');
      expect(await news()).toBe('已暂停');
      await answering('resumeCard');
      expect(await news()).toBe('有效');
      // One for each account of this customer's, and nothing more however often is looked.
      const { length } = tokens();
      await tell();
      expect([length, tokens().length]).toEqual([4, 4]);
    });

    it('takes the same token once, and none that is changed or signed by a stranger', async () => {
      for (const old of tokens()) expect((await hand(old)).status).toBe(202);
      expect(await news()).toBe('有效');
      const [token = ''] = tokens();
      const payload = decodeJwt(token);
      const { kid, ...key } = institutionKeyOf(world.dataDir, BANK);
      const signed = (by: string) =>
        new SignJWT({ ...payload, jti: 'another' })
          .setProtectedHeader({ alg: 'ES256', typ: 'secevent+jwt', kid: by })
          .sign(key);
      const refusals = [
        [await signed(decodeProtectedHeader(token).kid ?? ''), 'invalid_key'],
        [await signed(kid), 'invalid_key'],
        [`${token.slice(0, -8)}AAAAAAAA`, 'invalid_key'],
        ['nonsense', 'invalid_request'],
        ['x'.repeat(9000), 'invalid_request'],
      ] as const;
      for (const [forged, err] of refusals) {
        const reply = await hand(forged);
        expect([reply.status, await reply.json()]).toEqual([400, { err }]);
      }
      expect((await hand(token, 'application/json')).status).toBe(400);
      expect(await news()).toBe('有效');
    });

    it('says nothing of the person, in what goes out and in what waits', async () => {
      expect(await client.ask('holder', { action: 'suspendCard' })).toMatchObject({ ok: true });
      const lines = JSON.stringify(await stored());
      const told = JSON.stringify(tokens().map((token) => decodeJwt(token)));
      for (const datum of [person.name, person.idNumber, OPEN_ID]) expect(lines + told).not.toContain(datum);
      await answering('resumeCard');
      expect(await news()).toBe('有效');
    });

    it('hears that the consent was withdrawn, and of the card no more', async () => {
      const heard = client.ask('holder', { action: 'listHistory' });
      const { entries } = await accepted(heard, validators.ListHistoryReply);
      const given = entries.find((entry) => 'purpose' in entry && entry.purpose === 'bank-account-opening');
      const withdraw = { action: 'withdrawLastingConsent', number: given?.number };
      expect(await client.ask('holder', withdraw)).toMatchObject({ ok: true });
      await tell();
      expect(await news()).toBe('客户撤回了同意');
      const { length } = tokens();
      await answering('suspendCard');
      await answering('resumeCard');
      expect(tokens()).toHaveLength(length);
    });

    it('hears that the account was deleted, by the names of who is there no more', async () => {
      account = await openAccount();
      await hoped(phone.deleteEverything());
      expect(await news()).toBe('');
      await tell();
      expect(await news()).toBe('已注销或无从查询');
      expect(await stored()).toMatchObject([{ client: BANK, waiting: [] }]);
    });
  });
});
