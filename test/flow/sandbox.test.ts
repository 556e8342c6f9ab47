import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import * as oauth from 'openid-client';
import {
  identityKey,
  instant,
  SANDBOX_TRUST_FRAMEWORK,
  TRUST_FRAMEWORK,
  validators,
  verifyReceipt,
  type AskAnswer,
} from '../../protocol';
import { verifySignature } from '../../cloudfunctions/_adapters/crypto/es256';
import { readPublicIssuerKeys } from '../../cloudfunctions/_adapters/crypto/issuer-keys';
import { createReferences } from '../../cloudfunctions/_adapters/crypto/references';
import { adultKey } from '../../cloudfunctions/_core/sandbox/test-persons';
import { loadSecrets, publicKeySetOf } from '../../local/ecosystem/secrets';
import { counts, databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { askBy, faultOf, PURPOSE } from '../support/institution/asking';
import { beginBy, redeemBy } from '../support/institution/authorizing';
import { assertionOf, freshServerKey, proofOf } from '../support/institution/credentials';
import { callBy } from '../support/institution/calling';
import {
  outcomesOfCodes,
  outcomesOfNumbers,
  outcomesSaid,
  runFirstSteps,
  type Said,
} from '../support/institution/first-steps';
import { BANK, keyOfServer, SANDBOX, startPartnerServer, type PartnerServer } from '../support/institution/servers';
import { createSmallBrowser } from '../support/institution/small-browser';
import { askToken, tokenOf } from '../support/institution/token-endpoint';

/** Where nobody listens: what comes back stands in the address. */
const BACK = 'http://127.0.0.1:9/back';
const ADULT = '900000001';

let world: EcosystemUnderTest;
let issuer: string;
let server: PartnerServer;
/** What the developer's program says with `--all`, which takes as long as the polls that it waits for. */
let said: Promise<Said>;

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  issuer = `${world.cloud.url}/sandbox`;
  const institutions = databaseOf(world.cloud).collection('institutions');
  await institutions.doc(SANDBOX).update({ redirectUris: [BACK] });
  said = runFirstSteps(world, '--all');
  server = await startPartnerServer(world, SANDBOX, undefined, issuer);
}, START_TIMEOUT);
afterAll(async () => {
  await said;
  await world.close();
});

const keysAt = async (address: string): Promise<{ issuer?: string; keys: { kid: string }[] }> =>
  (await (await fetch(address)).json()) as { issuer?: string; keys: { kid: string }[] };

describe('an answer of the sandbox', () => {
  let answer: AskAnswer;

  it('has the shape of a holder’s, and says whose rules it is by', async () => {
    const opened = await askBy(server, { login_hint: ADULT });
    const tokens = await oauth.pollBackchannelAuthenticationGrant(server.config, opened, undefined, {
      DPoP: server.DPoP,
    });
    const { iss, aud, sub, iat: _iat, exp: _exp, ...told } = tokens.claims() ?? {};
    expect({ iss, aud }).toEqual({ iss: issuer, aud: SANDBOX });
    expect(sub).toMatch(/^[\w-]{43}$/);
    if (!validators.AskAnswer(told)) throw new Error(JSON.stringify(told));
    answer = told;
    expect(answer.verified_claims.verification.trust_framework).toBe(SANDBOX_TRUST_FRAMEWORK);
    expect(server.config.serverMetadata()).toMatchObject({ trust_frameworks_supported: [SANDBOX_TRUST_FRAMEWORK] });
    expect(answer.verified_claims.claims).toMatchObject({ name: '林样例', number: '990101199003159917' });
  });

  it('has a receipt that verifies by the sandbox’s keys and by no other issuer’s', async () => {
    const { sandboxReceiptKeys, receiptKeys } = loadSecrets(world.dataDir);
    const check = (set: typeof receiptKeys, expectedIssuer: string) => {
      const keys = readPublicIssuerKeys(publicKeySetOf(set)).trusted(instant(Date.now()));
      return verifyReceipt(answer.receipt, { expectedIssuer, keys, verify: verifySignature });
    };
    expect(check(sandboxReceiptKeys, issuer)).toMatchObject({ ok: true });
    expect(check(receiptKeys, issuer)).toMatchObject({ ok: false });
    expect(check(sandboxReceiptKeys, world.cloud.url)).toMatchObject({ ok: false });
    const published = await keysAt(`${issuer}/public/receipt-keys`);
    expect(published).toMatchObject({ issuer, keys: sandboxReceiptKeys.map(({ kid, x, y }) => ({ kid, x, y })) });
    expect(JSON.stringify(published)).not.toContain('"d"');
  });

  it('is signed by keys that the service does not publish', async () => {
    const [own, service] = await Promise.all([
      keysAt(`${issuer}/institution/jwks`),
      keysAt(`${world.cloud.url}/institution/jwks`),
    ]);
    const kids = service.keys.map(({ kid }) => kid);
    expect(own.keys).not.toEqual([]);
    for (const { kid } of own.keys) expect(kids).not.toContain(kid);
  });

  it('comes of no credential: who asks for one hears so', async () => {
    const fault = await faultOf(askBy(server, { login_hint: ADULT, presentation_nonce: 'of-the-bank-0123456789' }));
    expect(fault).toMatchObject({ error: 'access_denied' });
    expect(fault.text).toMatch(/^not_in_sandbox: /);
  });

  it('is not given to who insists on the real rules', async () => {
    const claims = (value: string) =>
      JSON.stringify({
        id_token: { verified_claims: { verification: { trust_framework: { value } }, claims: { name: null } } },
      });
    const fault = await faultOf(askBy(server, { login_hint: ADULT, claims: claims(TRUST_FRAMEWORK) }));
    expect(fault).toMatchObject({ error: 'invalid_request' });
    expect(
      (await askBy(server, { login_hint: ADULT, claims: claims(SANDBOX_TRUST_FRAMEWORK) })).auth_req_id,
    ).toBeTruthy();
  });
});

describe('a page that sends its browser here', () => {
  it.each([
    ['zh-CN', '沙盒', '请选择结果'],
    ['en', 'SANDBOX', 'Choose what happens'],
  ])('is shown outcomes in place of a code, and cannot mistake them: %s', async (language, banner, title) => {
    const browser = createSmallBrowser(fetch, world.cloud.url, language);
    const { reply } = await browser.follow((await beginBy(server, { redirect_uri: BACK })).address);
    const page = await reply.text();
    for (const part of [banner, title, 'class="banner"', 'value="declines"']) expect(page).toContain(part);
    expect(page).not.toContain('<svg');
    expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('comes back to the developer’s own machine with what was chosen', async () => {
    const browser = createSmallBrowser(fetch, world.cloud.url);
    const { address, checks } = await beginBy(server, { redirect_uri: BACK });
    const { at } = await browser.follow(address);
    expect(at).toMatch(`${issuer}/institution/ask/`);
    for (const outcome of ['no such', 'adult']) {
      // A page of its own goes on: browsers let no form lead to another site, as the page itself may by then.
      const chosen = await browser.submit(`${at}/choose`, { outcome });
      expect([chosen.status, await chosen.text()]).toEqual([
        200,
        expect.stringContaining(`content="0; url=${new URL(at).pathname}"`),
      ]);
    }
    // The first choice stands.
    await browser.submit(`${at}/choose`, { outcome: 'declines' });
    const standing = async () => ((await (await browser.get(`${at}/standing`)).json()) as { state: string }).state;
    while ((await standing()) !== 'done') await pause(300);
    const { leads } = await browser.follow(at);
    expect(leads).toMatch(BACK);
    const claims = (await redeemBy(server, leads, checks)).claims();
    expect(claims).toMatchObject({ iss: issuer, verified_claims: { claims: { name: '林样例' } } });
  });

  it('comes back with a refusal where somebody cancels, and shows nothing to another browser', async () => {
    const browser = createSmallBrowser(fetch, world.cloud.url);
    const { address } = await beginBy(server, { redirect_uri: BACK });
    const { at } = await browser.follow(address);
    const stranger = createSmallBrowser(fetch, world.cloud.url);
    expect((await stranger.submit(`${at}/choose`, { outcome: 'adult' })).status).toBe(404);
    const { leads } = await browser.goOn(await browser.submit(`${at}/cancel`));
    expect(Object.fromEntries(new URL(leads).searchParams)).toMatchObject({ error: 'access_denied', iss: issuer });
  });
});

describe('a teller’s screen', () => {
  it('is scanned by a page in the place of a phone, by its text alone', async () => {
    const opened = await askBy(server, { login_hint: 'scan', binding_message: '领取 42' });
    const code = opened['scan_code'] as string;
    const phone = `${issuer}/phone`;
    const shown = await (await fetch(`${phone}?${new URLSearchParams({ code }).toString()}`)).text();
    expect(shown).toContain('领取 42');
    const choose = (fields: Record<string, string>) =>
      fetch(phone, { method: 'POST', body: new URLSearchParams(fields) });
    expect((await choose({ code: 'wechat-id:counter:AAAAAAAAAAAAAAAAAAAAAA', outcome: 'adult' })).status).toBe(404);
    expect((await choose({ code, outcome: 'declines' })).status).toBe(200);
    const polled = oauth.pollBackchannelAuthenticationGrant(server.config, opened, undefined, { DPoP: server.DPoP });
    expect(await faultOf(polled)).toMatchObject({ error: 'access_denied' });
  });
});

describe('sandbox and service', () => {
  /** As each hears a client that it does not know. */
  const strange = async (address: string, clientId: string) => {
    const [key, binding] = await Promise.all([keyOfServer(world, clientId), freshServerKey()]);
    const token = `${address}/institution/token`;
    return askToken(token, await assertionOf(clientId, address, key), await proofOf('POST', token, binding));
  };

  it('know none of each other’s clients, and say so as of a client of nobody’s', async () => {
    for (const [address, clientId] of [
      [issuer, BANK],
      [world.cloud.url, SANDBOX],
    ] as const) {
      const [foreign, nobodys] = [await strange(address, clientId), await strange(address, 'nobody-at-all')];
      expect(foreign).toMatchObject({ status: 401, error: 'invalid_client', token: '' });
      expect(foreign.body).toBe(nobodys.body);
    }
  });

  it('take no assertion that was made for the other', async () => {
    for (const [address, other, clientId] of [
      [issuer, world.cloud.url, SANDBOX],
      [world.cloud.url, issuer, BANK],
    ] as const) {
      const [key, binding] = await Promise.all([keyOfServer(world, clientId), freshServerKey()]);
      const token = `${address}/institution/token`;
      const ask = async (audience: string) =>
        askToken(token, await assertionOf(clientId, audience, key), await proofOf('POST', token, binding));
      expect(await ask(other)).toMatchObject({ status: 401, error: 'invalid_client' });
      expect(await ask(address)).toMatchObject({ status: 200 });
    }
  });

  it('take no token of the other’s', async () => {
    for (const [address, other, clientId] of [
      [issuer, world.cloud.url, BANK],
      [world.cloud.url, issuer, SANDBOX],
    ] as const) {
      const [key, binding] = await Promise.all([keyOfServer(world, clientId), freshServerKey()]);
      const token = await tokenOf(`${other}/institution/token`, await assertionOf(clientId, other, key), binding);
      const self = async (at: string) => {
        const url = `${at}/institution/self`;
        const ath = createHash('sha256').update(token).digest('base64url');
        const dpop = await proofOf('GET', url, binding, { ath });
        return (await fetch(url, { headers: { authorization: `DPoP ${token}`, dpop } })).status;
      };
      expect([await self(address), await self(other)]).toEqual([401, 200]);
    }
  });

  it('know none of each other’s references, though both are the same partner’s', async () => {
    const live = await startPartnerServer(world, BANK);
    const status = async (by: PartnerServer, reference: string) =>
      (await callBy(by, 'GET', `cards/${reference}/status`)).body['status'];
    const counter = 'Desk 7';
    await callBy(server, 'POST', 'counters', { purpose: PURPOSE, counter });
    const order = { code: 'SANDBOX-ADULT', purpose: PURPOSE, counter };
    const { body } = await callBy(server, 'POST', 'verifications', order, { 'idempotency-key': 'of-the-reference-1' });
    if (!validators.Verification(body)) throw new Error(JSON.stringify(body));
    expect([await status(server, body.reference), await status(live, body.reference)]).toEqual(['valid', 'unknown']);
    // As the service itself would make one of the same key.
    const draw = (): Buffer => Buffer.alloc(32);
    const { referenceTo } = createReferences(Buffer.from(loadSecrets(world.dataDir).referenceKey, 'base64url'), {
      draw,
    });
    const identity = { key: identityKey(adultKey), dataKey: '' as never };
    expect(await status(server, referenceTo(identity, 'sample-bank', null))).toBe('unknown');
  });

  it('keep nothing in common: what the sandbox was asked lies in its own records, sealed', async () => {
    const state = await counts(world.cloud);
    expect(state['sandbox_records']).toBeGreaterThan(0);
    const untouched = ['identities', 'cases', 'events', 'used_keys', 'ask_numbers', 'passes', 'reminders', 'alarms'];
    expect(untouched.map((name) => state[name] ?? 0)).toEqual(untouched.map(() => 0));
    const { data } = (await databaseOf(world.cloud).collection('sandbox_records').limit(1000).get()) as {
      data: readonly object[];
    };
    expect(JSON.stringify(data)).not.toMatch(/样例|SANDBOX/);
    expect(world.log.entries('CALL_FAILED')).toEqual([]);
  });

  it('know none of each other’s inputs: with holders, the magic ones are a number and a code of nobody’s', async () => {
    const live = await startPartnerServer(world, BANK);
    const opened = await askBy(live, { login_hint: ADULT, requested_expiry: '1' });
    const polled = oauth.pollBackchannelAuthenticationGrant(live.config, opened, undefined, { DPoP: live.DPoP });
    expect(await faultOf(polled)).toMatchObject({ error: 'expired_token' });
    const order = { code: 'SANDBOX-ADULT', purpose: PURPOSE, counter: 'Desk 1' };
    const refused = await callBy(live, 'POST', 'verifications', order, { 'idempotency-key': 'of-a-magic-code-1' });
    expect(refused).toMatchObject({ status: 422, body: { code: 'code_not_recognised' } });
  });

  it('answer at their own addresses alone', async () => {
    const at = async (path: string) => (await fetch(`${world.cloud.url}${path}`)).status;
    expect(await at('/.well-known/oauth-authorization-server/sandbox')).toBe(200);
    expect(await at('/sandbox/.well-known/openid-configuration')).toBe(200);
    expect(await at('/sandbox')).toBe(404);
    expect(await at('/sandbox/sandbox/institution/jwks')).toBe(404);
  });
});

describe('a developer’s program, written with their library', () => {
  it('hears of each number and of each code what the table says of it', async () => {
    const { errors } = await said;
    const heard = [...outcomesSaid(await said, '9'), ...outcomesSaid(await said, 'SANDBOX')];
    expect({ errors, heard }).toEqual({ errors: '', heard: [...outcomesOfNumbers, ...outcomesOfCodes] });
  }, 60_000);
});
