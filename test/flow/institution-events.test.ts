import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { sessionHandle, validators } from '../../protocol';
import { institutionKeyFile, institutionKeyOf, partnerPort } from '../../local/ecosystem/institutions';
import { startBank, type PartnerServer } from '../../local/partners/bank';
import { picturePath } from '../../local/people';
import type { HeadlessPhone } from '../../local/phone/headless/headless-phone';
import { hoped } from '../support/ecosystem/called';
import { accepted, type Client } from '../support/ecosystem/client';
import { databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { person as personOf } from '../support/ecosystem/pictures';
import { raiseAtCounter } from '../support/ecosystem/raise';
import { BANK } from '../support/institution/servers';
import { startReceiver, type Receiver } from '../support/receiver';

const OPEN_ID = 'oCustomerWhoIsToldOf';
const PERSON = 'lin-zhiyuan';
const PURPOSE = 'bank-account-opening';
const picture = (name: 'card-front' | 'card-back' | 'selfie-1' | 'selfie-2') => picturePath({ id: PERSON }, name);
const person = personOf(PERSON);

let world: EcosystemUnderTest;
let bank: PartnerServer;
let phone: HeadlessPhone;
let client: Client;
/** Stands at the address that is registered, and lets all of it pass to the bank. */
let between: Receiver;
/** The page of the account that was opened last. */
let account: string;

const enrol = async (): Promise<void> => {
  const enrolment = await hoped(phone.enrolment.begin(['document', 'face']));
  await hoped(phone.enrolment.submitDocument(enrolment, picture('card-front'), picture('card-back')));
  const face = await hoped(phone.enrolment.submitSelfie(enrolment, picture('selfie-1')));
  if (face.outcome !== 'matched') throw new Error(`the face came to ${face.outcome}`);
  await phone.fingerprint.bindFinger(enrolment, face.nonce, 'bind');
  await hoped(phone.enrolment.mint(enrolment, face.nonce));
  const called = client.ask('holder', { action: 'callCounter' });
  const { number } = await accepted(called, validators.CallCounterReply);
  await raiseAtCounter(world.client('oOperatorCounter1'), number, person.idNumber);
};

const read = async (address: string): Promise<string> => (await fetch(address)).text();

/** Opens an account by a number that the customer reads out. @returns its page */
const openAccount = async (): Promise<string> => {
  const asked = client.ask('holder', { action: 'openAskNumber' });
  const { number } = await accepted(asked, validators.OpenAskNumberReply);
  const body = new URLSearchParams({ way: 'number', number });
  const reply = await fetch(`${bank.url}/openings`, { method: 'POST', body, redirect: 'manual' });
  const address = new URL(reply.headers.get('location') ?? '', bank.url).href;
  const found = client.ask('holder', { action: 'findAsk', number });
  const { session } = await accepted(found, validators.FindAskReply);
  if (session === null) throw new Error('the phone has found no ask');
  await accepted(client.ask('holder', { action: 'claimCounter', session }), validators.ClaimCounterReply);
  const proofs = { prompt: 'agree', selfie: picture('selfie-2') };
  const showing = await hoped(phone.showing.show(PURPOSE, sessionHandle(session), proofs));
  const answer = { action: 'answerAsk', session, code: showing.currentCode() };
  await accepted(client.ask('verifier', answer), validators.AnswerAskReply);
  const state = new URL(`${new URL(address).pathname}/state`, address);
  for (let said = 'asking'; said === 'asking';) {
    ({ state: said } = (await (await fetch(state)).json()) as { readonly state: string });
  }
  expect(await read(address)).toContain('账户已开立');
  return address;
};

/** What has come to the bank's address. */
const tokens = (): readonly string[] => between.received.map(({ body }) => body);
const hand = (token: string, type = 'application/secevent+jwt'): Promise<Response> =>
  fetch(`${bank.url}/events`, { method: 'POST', body: token, headers: { 'content-type': type } });
const tell = () => world.cloud.runTimer('tell');
const stored = async (): Promise<unknown> => {
  const { data } = (await databaseOf(world.cloud).collection('notices').get()) as { data: unknown };
  return data;
};
/** What the account's page shows of what the provider told. */
const news = async (): Promise<string> => {
  const [, told = ''] = /核验服务来信<\/dt>\s*<dd>([^·]*) ·/.exec(await read(account)) ?? [];
  return told;
};
const answering = async (action: 'suspendCard' | 'resumeCard'): Promise<void> => {
  expect(await client.ask('holder', { action })).toMatchObject({ ok: true });
  await tell();
};

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  institutionKeyOf(world.dataDir, BANK);
  [bank, phone, between] = await Promise.all([
    startBank({
      ...{ issuer: world.cloud.url, clientId: BANK, keyFile: institutionKeyFile(world.dataDir, BANK) },
      port: await partnerPort(world.dataDir, 'bank'),
    }),
    world.phone(OPEN_ID),
    startReceiver('http', (_, response) => {
      void hand(tokens().at(-1) ?? '').then(async (reply) => {
        response.writeHead(reply.status).end(await reply.text());
      });
    }),
  ]);
  client = world.client(OPEN_ID);
  const events = { url: `http://127.0.0.1:${between.port}/of-the-bank` };
  await databaseOf(world.cloud).collection('institutions').doc(BANK).update({ events });
  await enrol();
  account = await openAccount();
}, START_TIMEOUT);
afterAll(async () => {
  await Promise.all([bank.close(), between.close()]);
  await world.close();
});

describe('a bank that hears of events', () => {
  it('shows with the account what the provider has told: that the card is stopped, and that it is valid again', async () => {
    await tell();
    expect([await news(), tokens()]).toEqual(['', []]);
    await answering('suspendCard');
    expect(await news()).toBe('已暂停');
    await answering('resumeCard');
    expect(await news()).toBe('有效');
    // And nothing more, however often is looked.
    const { length } = tokens();
    await tell();
    expect([length, tokens().length]).toEqual([2, 2]);
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
