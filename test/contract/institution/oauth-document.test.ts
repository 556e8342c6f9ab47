import * as oauth from 'openid-client';
import { operations as rows } from '../../../cloudfunctions/_adapters/api/operations';
import { instant } from '../../../protocol';
import type { TakeTurn } from '../../../cloudfunctions/_core/rate-limit';
import { assertionOf } from '../../support/institution/credentials';
import { beginBy, redeemBy } from '../../support/institution/authorizing';
import { askBy, faultOf, pollBy, type OpenedByCiba } from '../../support/institution/asking';
import { releaseOf } from '../../support/institution/fake-asks';
import { CALLBACK, createProviderWorld, ISSUER, type ProviderWorld } from '../../support/institution/provider-world';
import { createSmallBrowser } from '../../support/institution/small-browser';
import { createDocumentUnderTest } from '../../support/openapi/document';

const { operations, faultsOf } = createDocumentUnderTest(ISSUER);

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const met = new Set<string>();

/** A provider whose every reply is held to the document. */
const createDescribedWorld = async (takeTurn?: TakeTurn): Promise<ProviderWorld> => {
  const world = await createProviderWorld(takeTurn && { takeTurn });
  const send: ProviderWorld['fetch'] = async (address, init = {}) => {
    const reply = await world.fetch(address, init);
    const { pathname } = new URL(address, ISSUER);
    const line = `${init.method ?? 'GET'} ${pathname}`;
    if (!operations.has(line)) return reply;
    const { status } = reply;
    const headers = Object.fromEntries(reply.headers);
    expect([line, faultsOf(line, { status, headers, body: await reply.clone().text() })]).toEqual([line, []]);
    met.add(`${line} ${String(status)}`);
    return reply;
  };
  for (const { config } of [world.bank, world.bankApp, world.railway])
    config[oauth.customFetch] = (address, init) => send(address, init as RequestInit);
  return { ...world, fetch: send };
};

const answer = (world: ProviderWorld): void => {
  world.asks.last().standing = { kind: 'answered', release: releaseOf(), at: instant(Date.now()) };
};

const endpoints = [...operations.keys()].filter((line) =>
  /^POST \/institution\/(?:token|par|backchannel|introspect|revoke)$/.test(line),
);

describe('the endpoints of OAuth', () => {
  it('answer as they are described where a server gets a token, asks after it, and gives it back', async () => {
    const { bank } = await createDescribedWorld();
    const { config, DPoP } = bank;
    const { access_token } = await oauth.clientCredentialsGrant(config, { scope: 'verifications' }, { DPoP });
    expect(await oauth.tokenIntrospection(config, access_token)).toMatchObject({ active: true });
    await oauth.tokenRevocation(config, access_token);
    expect(await oauth.tokenIntrospection(config, access_token)).toEqual({ active: false });
  });

  it.each(['123456789', 'scan'])('answer as they are described where a holder is asked by %s', async (login_hint) => {
    const world = await createDescribedWorld();
    const opened: OpenedByCiba = await askBy(world.bank, { login_hint, binding_message: '账户 42' });
    expect('scan_code' in opened).toBe(login_hint === 'scan');
    expect(await faultOf(pollBy(world.bank, opened))).toMatchObject({ error: 'authorization_pending' });
    expect(await faultOf(pollBy(world.bank, opened))).toMatchObject({ error: 'slow_down' });
    world.clock.advance(5000);
    answer(world);
    expect((await pollBy(world.bank, opened)).claims()).toBeDefined();
    expect(await faultOf(pollBy(world.bank, opened))).toMatchObject({ error: 'invalid_grant' });
  });

  it.each([
    ['declined', { kind: 'declined' }, 'access_denied'],
    ['over', { kind: 'over' }, 'expired_token'],
    ['hindered', { kind: 'hindered', reason: 'tier_too_low' }, 'unmet_authentication_requirements'],
  ] as const)('answer as they are described where an ask is %s', async (_how, standing, error) => {
    const world = await createDescribedWorld();
    const opened = await askBy(world.bank);
    world.asks.last().standing = standing;
    expect(await faultOf(pollBy(world.bank, opened))).toMatchObject({ error });
  });

  it('answer as they are described where a holder is at a browser', async () => {
    const world = await createDescribedWorld();
    const browser = createSmallBrowser(world.fetch, ISSUER);
    const { address, checks } = await beginBy(world.bank, { redirect_uri: CALLBACK });
    const { at } = await browser.follow(address);
    answer(world);
    const { leads } = await browser.follow(at);
    expect((await redeemBy(world.bank, leads, checks)).claims()).toBeDefined();
  });

  it('publish their keys as they are described', async () => {
    const { fetch } = await createDescribedWorld();
    expect(await (await fetch('/institution/jwks')).json()).toMatchObject({ keys: [{ kty: 'EC' }] });
  });

  it('refuse as they are described what is at fault', async () => {
    const { bank, asks, fetch } = await createDescribedWorld();
    expect(await faultOf(askBy(bank, { purpose: 'curiosity' }))).toMatchObject({ error: 'invalid_request' });
    expect(await faultOf(askBy(bank, { binding_message: 'a\u202eb' }))).toMatchObject({
      error: 'invalid_binding_message',
    });
    asks.refuseWith('purpose_not_registered');
    expect(await faultOf(askBy(bank))).toMatchObject({ error: 'access_denied' });
    expect(await faultOf(oauth.clientCredentialsGrant(bank.config, {}))).toMatchObject({ error: 'invalid_grant' });
    expect(await faultOf(beginBy(bank, { redirect_uri: `${CALLBACK}/x` }))).toMatchObject({ error: 'invalid_request' });
    expect((await fetch('/institution/authorize?client_id=bank-server&response_type=code')).status).toBe(400);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const line of endpoints) {
      const post = (form: Readonly<Record<string, string>>) =>
        fetch(line.slice('POST '.length), { method: 'POST', body: new URLSearchParams(form), headers });
      expect((await post({ client_id: 'nobody', token: 'x' })).status).toBeLessThan(402);
      const client_assertion = await assertionOf('bank-server', ISSUER, bank.key);
      expect((await post({ client_assertion_type: ASSERTION_TYPE, client_assertion })).status).toBe(400);
    }
  });

  it('refuse as they are described what comes too often', async () => {
    const { bank } = await createDescribedWorld(({ name }) => Promise.resolve(name !== 'client calls'));
    expect(await faultOf(oauth.clientCredentialsGrant(bank.config, {}, { DPoP: bank.DPoP }))).toMatchObject({
      status: 429,
    });
    expect(await faultOf(askBy(bank))).toMatchObject({ status: 429 });
    expect(await faultOf(beginBy(bank, { redirect_uri: CALLBACK }))).toMatchObject({ status: 429 });
    expect(await faultOf(oauth.tokenIntrospection(bank.config, 'x'))).toMatchObject({ status: 429 });
    expect(await faultOf(oauth.tokenRevocation(bank.config, 'x'))).toMatchObject({ status: 429 });
  });

  it('are described with nothing that was not met', () => {
    const described = [...operations]
      .filter(([, { operationId }]) => !Object.hasOwn(rows, operationId))
      .flatMap(([line, { responses }]) => Object.keys(responses).map((status) => `${line} ${status}`));
    expect(described.length).toBeGreaterThan(20);
    expect(described.filter((what) => !met.has(what))).toEqual([]);
  });
});
