import { createCounterCode, instant } from '../../../protocol';
import { beginBy, redeemBy, type Begun } from '../../support/institution/authorizing';
import { PURPOSE } from '../../support/institution/asking';
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

const parametersOf = (leads: string): Record<string, string> => Object.fromEntries(new URL(leads).searchParams);

describe('an authorization in a browser', () => {
  it('shows a page, waits for the holder, and tells the bank’s server', async () => {
    const { address, checks } = await begin({ binding_message: '<b>42</b>' });
    const { reply, at } = await browser.follow(address);
    expect(reply.status).toBe(200);
    const page = await reply.text();
    expect(page).toContain('lang="zh-CN"');
    expect(page).toContain('&#60;b&#62;42&#60;/b&#62;');
    expect(page).toContain('&#60;bank&#62; 银行');
    expect(page).toContain('<svg');
    const { session, order } = world.asks.last();
    expect(order).toMatchObject({ way: { kind: 'browser' }, purpose: PURPOSE, bindingMessage: '<b>42</b>' });
    for (const secret of [session, createCounterCode(session)]) expect(page).not.toContain(secret);

    const standing = async () => (await browser.get(`${at}/standing`)).json() as unknown;
    expect(await standing()).toEqual({ state: 'waiting' });
    world.asks.last().standing = { kind: 'waiting', isClaimed: true };
    expect(await standing()).toEqual({ state: 'claimed' });
    const claimed = await (await browser.get(at)).text();
    expect(claimed).not.toContain('<svg');
    answer();
    expect(await standing()).toEqual({ state: 'done' });
    const { leads } = await browser.follow(at);
    expect(parametersOf(leads)).toEqual({
      code: expect.any(String) as string,
      iss: ISSUER,
      state: checks.expectedState,
    });
    expect(leads.startsWith(`${CALLBACK}?`)).toBe(true);
    expect(browser.cookies.size).toBe(0);
    const tokens = await redeem(leads, checks);
    expect(tokens.claims()).toMatchObject({
      nonce: checks.expectedNonce,
      acr: 'urn:wechat-id:tier:full',
      amr: ['swk', 'fpt', 'face', 'mfa'],
      verified_claims: { claims: { gender: 'female' } },
    });
    expect(tokens.refresh_token).toBeUndefined();
    expect(world.asks.last().standing).toEqual({ kind: 'over' });
    expect(world.faults).toEqual([]);
  });

  it('asks for the tier and the presentation that the bank’s server has pushed, and tells them', async () => {
    const nonce = 'nonce-of-the-bank-0001';
    const { address, checks } = await begin({ acr_values: 'urn:wechat-id:tier:full', presentation_nonce: nonce });
    const { at } = await browser.follow(address);
    expect(world.asks.last().order).toMatchObject({ tier: 'full', presentationNonce: nonce });
    answer(releaseOf({}, 'sd.jwt~kb.jwt.x'));
    const told = (await redeem((await browser.follow(at)).leads, checks)).claims();
    expect(told).toMatchObject({ acr: 'urn:wechat-id:tier:full', vp_token: 'sd.jwt~kb.jwt.x' });
  });

  it('speaks the language that the bank asks for, or the browser’s', async () => {
    const english = createSmallBrowser(world.fetch, ISSUER, 'en-GB,en');
    expect(await (await english.follow((await begin()).address)).reply.text()).toContain('lang="en"');
    const wanted = await begin({ ui_locales: 'en-US zh' });
    expect(await (await browser.follow(wanted.address)).reply.text()).toContain('lang="en"');
  });

  it('lets nothing but its own script run, and nobody keep, frame or trace it', async () => {
    const { reply } = await browser.follow((await begin()).address);
    const policy = reply.headers.get('content-security-policy') ?? '';
    const script = /<script>([\s\S]*?)<\/script>/.exec(await reply.text())?.[1] ?? '';
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(script))).toString('base64');
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        `script-src 'sha256-${hash}'`,
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
      ]),
    );
    expect(policy).not.toContain('unsafe-eval');
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });

  it('gives the browser one cookie, for it alone and for this authorization', async () => {
    await browser.follow((await begin()).address);
    const [cookie] = browser.cookies.values();
    expect(browser.cookies.size).toBe(1);
    expect(cookie?.attributes).toBe('Path=/institution; Max-Age=600; HttpOnly; SameSite=Lax; Secure');
  });

  it('is shown to no browser but the one that began it', async () => {
    const { at } = await browser.follow((await begin()).address);
    const stranger = createSmallBrowser(world.fetch, ISSUER);
    await stranger.follow((await begin()).address);
    const gone = await stranger.get(at);
    expect(gone.status).toBe(404);
    expect(await gone.text()).toContain('此页已失效');
    const standing = await stranger.get(`${at}/standing`);
    expect([standing.status, await standing.json()]).toEqual([404, { state: 'gone' }]);
    expect((await stranger.submit(`${at}/cancel`)).status).toBe(404);
    const uid = at.slice(at.lastIndexOf('/') + 1);
    const forged = await world.fetch(at, { headers: { cookie: `ask-${uid}=${'A'.repeat(43)}` } });
    expect(forged.status).toBe(404);
    answer();
    expect((await stranger.get(`/institution/authorize/${uid}`)).headers.get('location')).toBeNull();
    expect(world.asks.last().standing.kind).toBe('answered');
  });

  it('tells where it stands sixty times a minute, which is two of its pages', async () => {
    const { at } = await browser.follow((await begin()).address);
    const another = await browser.follow((await begin()).address);
    const look = (page = at) => browser.get(`${page}/standing`);
    for (let times = 0; times < 60; times += 1) expect((await look()).status).toBe(200);
    const refused = await look();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    expect(await refused.json()).toEqual({ state: 'unread' });
    expect((await browser.get(at)).status).toBe(200);
    expect((await look(another.at)).status).toBe(200);
    world.clock.advance(60_000);
    expect((await look()).status).toBe(200);
  });

  it('asks a holder anew each time, whoever used this browser before', async () => {
    const first = await begin();
    const { at } = await browser.follow(first.address);
    answer();
    await redeem((await browser.follow(at)).leads, first.checks);
    const second = await begin();
    const again = await browser.follow(second.address);
    expect(again.reply.status).toBe(200);
    expect(world.asks.opened).toHaveLength(2);
    const silent = await begin({ prompt: 'none' });
    const { leads } = await browser.follow(silent.address);
    expect(parametersOf(leads)).toMatchObject({ error: 'login_required', state: silent.checks.expectedState });
    expect(world.asks.opened).toHaveLength(2);
  });

  it.each<[string, () => void, string, RegExp]>([
    ['declined', () => (world.asks.last().standing = { kind: 'declined' }), 'access_denied', /declined/],
    ['over', () => (world.asks.last().standing = { kind: 'over' }), 'access_denied', /^ask_over/],
    [
      'hindered',
      () => (world.asks.last().standing = { kind: 'hindered', reason: 'tier_too_low' }),
      'unmet_authentication_requirements',
      /^tier_too_low/,
    ],
  ])('goes back with an error where the ask is %s', async (_what, happen, error, text) => {
    const { address, checks } = await begin();
    const { at } = await browser.follow(address);
    happen();
    const { leads } = await browser.follow(at);
    const told = parametersOf(leads);
    expect(told).toMatchObject({ error, iss: ISSUER, state: checks.expectedState });
    expect(told['error_description']).toMatch(text);
    expect(told).not.toHaveProperty('code');
  });

  it('is cancelled by whoever sits at the browser, also when the holder has just answered', async () => {
    for (const happen of [() => undefined, answer]) {
      const { address, checks } = await begin();
      const { at } = await browser.follow(address);
      happen();
      const reply = await browser.submit(`${at}/cancel`);
      // A form may lead to no other site, by however many redirects.
      expect([reply.status, reply.headers.get('location')]).toEqual([200, null]);
      expect(reply.headers.get('content-security-policy')).toMatch(/default-src 'none';.* form-action 'self';/);
      const { leads } = await browser.goOn(reply);
      expect(parametersOf(leads)).toMatchObject({ error: 'access_denied', state: checks.expectedState });
      expect(['declined', 'over']).toContain(world.asks.last().standing.kind);
    }
  });

  it('takes cancelling by POST alone, and has nothing else below it', async () => {
    const { at } = await browser.follow((await begin()).address);
    expect((await browser.get(`${at}/cancel`)).status).toBe(405);
    const posted = await browser.submit(at);
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET']);
    expect(await posted.json()).toMatchObject({ code: 'method_not_allowed' });
    for (const path of [`${at}/`, `${at}/more`, '/institution/ask/', '/institution/ask/%00'])
      expect((await browser.get(path)).status).toBe(404);
    expect(world.asks.last().standing.kind).toBe('waiting');
  });

  it('goes back with an error where the bank may not ask this', async () => {
    world.asks.refuseWith('claims_not_granted');
    const { address, checks } = await begin();
    const { leads } = await browser.follow(address);
    expect(parametersOf(leads)).toMatchObject({ error: 'access_denied', state: checks.expectedState, iss: ISSUER });
    expect(parametersOf(leads)['error_description']).toMatch(/^claims_not_granted: /);
  });

  it('says so in words where a browser cannot be sent back', async () => {
    const reply = await browser.get('/institution/authorize?client_id=bank-server&request_uri=urn:x');
    expect(reply.status).toBe(400);
    expect(await reply.text()).toContain('无法继续');
    const toProgram = await world.fetch('/institution/authorize?client_id=nobody');
    expect(await toProgram.json()).toMatchObject({ error: 'invalid_client' });
  });
});
