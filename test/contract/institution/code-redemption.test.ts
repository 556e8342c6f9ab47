import * as oauth from 'openid-client';
import { instant } from '../../../protocol';
import { beginBy, redeemBy, type Begun } from '../../support/institution/authorizing';
import { releaseOf } from '../../support/institution/fake-asks';
import {
  CALLBACK,
  createProviderWorld,
  ISSUER,
  type ProviderWorld,
  type Server,
} from '../../support/institution/provider-world';
import { createSmallBrowser, type SmallBrowser } from '../../support/institution/small-browser';

let world: ProviderWorld;
let browser: SmallBrowser;
beforeEach(async () => {
  world = await createProviderWorld();
  browser = createSmallBrowser(world.fetch, ISSUER);
});

const begin = (more: Readonly<Record<string, string>> = {}, server: Server = world.bank): Promise<Begun> =>
  beginBy(server, { redirect_uri: CALLBACK, ...more });

const answer = (release = releaseOf()): void => {
  world.asks.last().standing = { kind: 'answered', release, at: instant(Date.now()) };
};

const redeem = (leads: string, checks: Begun['checks'], server: Server = world.bank) => redeemBy(server, leads, checks);

const rejected = async (failing: Promise<unknown>): Promise<unknown> =>
  failing.then(
    (value) => ({ no: 'fault', value }),
    (fault: unknown) => fault,
  );

describe('a pushed request', () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['without a purpose', { purpose: '' }, 'invalid_request'],
    ['for an address that is not registered', { redirect_uri: 'https://bank.example/back/' }, 'invalid_request'],
    ['for an address with something behind it', { redirect_uri: `${CALLBACK}?a=b` }, 'invalid_request'],
    ['for another site', { redirect_uri: 'https://evil.example/back' }, 'invalid_request'],
    ['with words that cannot be shown', { binding_message: '\u0007' }, 'invalid_request'],
    ['with claims that are none of ours', { claims: '{"id_token":{"email":null}}' }, 'invalid_request'],
    ['for tokens in the address', { response_type: 'id_token' }, 'invalid_request'],
    ['for a form in the answer', { response_mode: 'form_post' }, 'invalid_request'],
    ['with a prompt that there is not', { prompt: 'consent' }, 'invalid_request'],
    ['with a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['for a token for our API', { resource: `${ISSUER}/institution` }, 'invalid_target'],
  ])('is refused %s', async (_what, more, error) => {
    expect(await rejected(begin(more))).toMatchObject({ status: 400, error });
    expect(world.asks.opened).toEqual([]);
  });

  it('is refused to a server that has no pages', async () => {
    expect(await rejected(begin({}, world.railway))).toMatchObject({ error: 'invalid_request' });
  });
});

describe('a code', () => {
  const codeOf = async (): Promise<Begun & { readonly leads: string }> => {
    const begun = await begin();
    const { at } = await browser.follow(begun.address);
    answer();
    return { ...begun, leads: (await browser.follow(at)).leads };
  };

  it('is taken once, and also of those that come at the same time', async () => {
    const { leads, checks } = await codeOf();
    const tries = await Promise.allSettled([1, 2, 3].map(() => redeem(leads, checks)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await rejected(redeem(leads, checks))).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  it('is taken with its own verifier alone, of its own server, with the key that it was asked with', async () => {
    const { leads, checks } = await codeOf();
    const otherVerifier = { ...checks, pkceCodeVerifier: oauth.randomPKCECodeVerifier() };
    expect(await rejected(redeem(leads, otherVerifier))).toMatchObject({ error: 'invalid_grant' });
    expect(await rejected(redeem(leads, checks, world.bankApp))).toMatchObject({ error: 'invalid_grant' });
    const otherKey = { ...world.bank, DPoP: world.bankApp.DPoP };
    expect(world.asks.last().standing.kind).toBe('answered');
    // Whoever has the server's key and the browser's code and not the key of the request has used the code up.
    expect(await rejected(redeem(leads, checks, otherKey))).toMatchObject({ error: 'invalid_grant' });
  });

  it('is worth nothing where the holder has deleted the account meanwhile', async () => {
    const { leads, checks } = await codeOf();
    world.asks.holder = null;
    expect(await rejected(redeem(leads, checks))).toMatchObject({ error: 'invalid_grant' });
  });

  it('cannot be had twice from one answer', async () => {
    const { address } = await begin();
    const { at } = await browser.follow(address);
    answer();
    const back = (await browser.get(at)).headers.get('location') ?? '';
    const tries = await Promise.all([1, 2, 3].map(() => browser.get(back)));
    const codes = tries.filter((reply) => reply.headers.get('location')?.includes('code='));
    expect(codes).toHaveLength(1);
  });
});
