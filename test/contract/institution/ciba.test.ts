import { createRemoteJWKSet, customFetch, decodeProtectedHeader, jwtVerify } from 'jose';
import * as oauth from 'openid-client';
import { isSessionHandle, parseCounterCode, validators } from '../../../protocol';
import { HOLDER, releaseOf } from '../../support/institution/fake-asks';
import { compromised, rotated } from '../../../local/ecosystem/issuer-keys';
import { askBy, faultOf, NUMBER, pollBy, PURPOSE, type OpenedByCiba } from '../../support/institution/asking';
import { createProviderWorld, ISSUER, type ProviderWorld, type Server } from '../../support/institution/provider-world';

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});

const ask = (more: Readonly<Record<string, string>> = {}, server: Server = world.bank) => askBy(server, more);
const poll = (opened: OpenedByCiba, server: Server = world.bank) => pollBy(server, opened);

const answer = (release = releaseOf(), at = Date.now()): void => {
  world.asks.last().standing = { kind: 'answered', release, at: at as ReturnType<ProviderWorld['clock']['now']> };
};

describe('an ask by CIBA', () => {
  it('opens an ask, waits for the holder, and tells an answer once', async () => {
    const opened = await ask({ binding_message: '账户 42' });
    expect(opened).toMatchObject({ expires_in: 330, interval: 5, binding_message: '账户 42' });
    expect(opened).not.toHaveProperty('scan_code');
    const { order, clientId, session } = world.asks.last();
    expect(clientId).toBe('bank-server');
    expect(order).toEqual({
      purpose: PURPOSE,
      way: { kind: 'number', number: NUMBER },
      bindingMessage: '账户 42',
    });
    expect(await faultOf(poll(opened))).toMatchObject({ status: 400, error: 'authorization_pending' });

    world.clock.advance(5000);
    const answeredAt = Date.now();
    answer(releaseOf(), answeredAt);
    const tokens = await poll(opened);
    const claims = tokens.claims();
    expect(claims).toMatchObject({ iss: ISSUER, aud: 'bank-server', auth_time: Math.floor(answeredAt / 1000) });
    const { iss: _iss, aud: _aud, exp: _exp, iat: _iat, sub, ...told } = claims ?? { sub: '' };
    expect(validators.AskAnswer(told)).toBe(true);
    expect(told).toEqual({
      acr: 'urn:wechat-id:tier:full',
      amr: ['swk', 'fpt', 'face', 'mfa'],
      auth_time: Math.floor(answeredAt / 1000),
      card_reference: HOLDER.lasting?.reference,
      receipt: 'head.body.signature',
      consent_until: Date.parse('2027-03-10T02:00:00.000Z') / 1000,
      verified_claims: {
        verification: {
          trust_framework: 'cn_resident_identity_card',
          assurance_level: 'full',
          time: '2026-01-02T03:04:05Z',
          verification_process: '0123456789abcdef0123456789abcdef',
          evidence: [
            {
              type: 'document',
              document_details: { type: 'idcard', issuer: { country_code: 'CHN' } },
              check_details: ['data', 'vri', 'vpip', 'pvp'].map((check_method) => ({ check_method })),
            },
          ],
        },
        claims: {
          name: '林晓梅',
          gender: 'female',
          address: { formatted: '浙江省杭州市云栖里路218号' },
          birthdate: '1990-01-02',
        },
      },
    });
    expect(sub).not.toContain(session);
    expect(tokens).toMatchObject({ scope: 'openid', token_type: 'dpop' });
    expect(tokens.refresh_token).toBeUndefined();
    expect(world.asks.last().standing).toEqual({ kind: 'over' });
    expect(await faultOf(poll(opened))).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(world.faults).toEqual([]);
  });

  it('gives a code to scan to who asks for one, and a message where none is sent', async () => {
    const opened = await ask({ login_hint: 'scan' });
    const { session, order } = world.asks.last();
    expect(order.way).toEqual({ kind: 'scan' });
    expect(parseCounterCode(opened['scan_code'] as string)).toBe(session);
    expect(opened['binding_message']).toBe('123 456');
    expect(isSessionHandle(opened.auth_req_id)).toBe(false);
  });

  it.each<[string, () => void, string, RegExp]>([
    ['declined', () => (world.asks.last().standing = { kind: 'declined' }), 'access_denied', /declined/],
    ['over', () => (world.asks.last().standing = { kind: 'over' }), 'expired_token', /^ask_over: /],
    [
      'hindered',
      () => (world.asks.last().standing = { kind: 'hindered', reason: 'tier_too_low' }),
      'unmet_authentication_requirements',
      /^tier_too_low: /,
    ],
    [
      'hindered by what only the holder hears of',
      () => (world.asks.last().standing = { kind: 'hindered', reason: 'fingerprint_not_bound' }),
      'unmet_authentication_requirements',
      /^fingerprint_not_bound: the holder's card/,
    ],
    [
      'answered by who has deleted the account since',
      () => {
        answer();
        world.asks.holder = null;
      },
      'expired_token',
      /^ask_over: /,
    ],
  ])('that is %s is refused at the next poll, and is over', async (_what, happen, error, text) => {
    const opened = await ask();
    happen();
    const fault = await faultOf(poll(opened));
    expect(fault).toMatchObject({ status: 400, error });
    expect(fault.text).toMatch(text);
    world.clock.advance(5000);
    expect(await faultOf(poll(opened))).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  it('is fetched by who asked alone', async () => {
    const opened = await ask();
    answer();
    for (const other of [world.bankApp, world.railway])
      expect(await faultOf(poll(opened, other))).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(world.asks.last().standing.kind).toBe('answered');
    expect((await poll(opened)).claims()).toBeDefined();
  });

  it('is told once to polls that come at the same time', async () => {
    world = await createProviderWorld({ takeTurn: () => Promise.resolve(true) });
    const opened = await ask();
    answer();
    const polls = await Promise.all([1, 2, 3, 4].map(() => faultOf(poll(opened))));
    const [told, ...refused] = polls.sort((a, b) => (a.status ?? 0) - (b.status ?? 0));
    expect(told?.error).toBeUndefined();
    for (const fault of refused) expect(fault).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(world.faults).toEqual([]);
  });

  it('slows down who polls without a pause, and no other', async () => {
    const [opened, another] = [await ask(), await ask()];
    expect(await faultOf(poll(opened))).toMatchObject({ error: 'authorization_pending' });
    expect(await faultOf(poll(opened))).toMatchObject({ status: 400, error: 'slow_down' });
    expect(await faultOf(poll(another))).toMatchObject({ error: 'authorization_pending' });
    world.clock.advance(5000);
    expect(await faultOf(poll(opened))).toMatchObject({ error: 'authorization_pending' });
  });

  it('tells a light card as one, without what was not proved or asked for', async () => {
    const opened = await ask();
    const claims = { age_over_18: true };
    world.asks.holder = { ...HOLDER, lasting: null };
    answer(releaseOf({ tier: 'light', stepUp: [], purpose: 'age-check', claims }, 'sd.jwt~kb.jwt.x'));
    const told = (await poll(opened)).claims();
    expect(told).toMatchObject({ acr: 'urn:wechat-id:tier:light', amr: ['swk'], vp_token: 'sd.jwt~kb.jwt.x' });
    expect(told).toMatchObject({ verified_claims: { claims } });
    for (const lasting of ['consent_until', 'card_reference']) expect(told).not.toHaveProperty(lasting);
    // Nobody has seen its holder beside the physical card: no `vpip`, no `pvp`.
    const evidence = [{ check_details: [{ check_method: 'data' }, { check_method: 'vri' }] }];
    expect(told?.['verified_claims']).toMatchObject({ verification: { assurance_level: 'light', evidence } });
  });

  it('knows a holder by one name for all servers of a partner, and by another for each partner', async () => {
    const subOf = async (server: Server): Promise<string | undefined> => {
      const opened = await ask({}, server);
      answer();
      return (await poll(opened, server)).claims()?.sub;
    };
    const [first, later, sister, other] = [
      await subOf(world.bank),
      await subOf(world.bank),
      await subOf(world.bankApp),
      await subOf(world.railway),
    ];
    expect(later).toBe(first);
    expect(sister).toBe(first);
    expect(other).not.toBe(first);
    world.asks.holder = { ...HOLDER, holderName: 'enrolled anew' };
    expect(await subOf(world.bank)).not.toBe(first);
  });

  it('comes with a token that is good for nothing', async () => {
    const opened = await ask();
    answer();
    const { access_token: token } = await poll(opened);
    expect(await oauth.tokenIntrospection(world.bank.config, token)).toEqual({ active: false });
  });

  it('bears the nonce that was sent', async () => {
    const opened = await ask({ nonce: 'of-this-ask' });
    answer();
    expect((await poll(opened)).claims()).toMatchObject({ nonce: 'of-this-ask' });
  });

  it('is signed: a bank’s library takes no ID token that was changed on its way', async () => {
    const opened = await ask();
    answer(releaseOf({ tier: 'light' }));
    const { config, DPoP } = world.bank;
    config[oauth.customFetch] = async (address, init) => {
      const reply = await world.fetch(address, init as RequestInit);
      const text = await reply.text();
      const { id_token: token = '..' } = JSON.parse(text) as { id_token?: string };
      const [head = '', body = '', signature = ''] = token.split('.');
      const told = Buffer.from(body, 'base64url').toString();
      const raised = Buffer.from(told.replace('tier:light', 'tier:full')).toString('base64url');
      const { status, headers } = reply;
      return new Response(text.replace(token, [head, raised, signature].join('.')), { status, headers });
    };
    await expect(pollBy({ config, DPoP }, opened)).rejects.toMatchObject({ code: 'OAUTH_INVALID_RESPONSE' });
  });

  it('is signed by the key of the hour, and believed until its key is withdrawn', async () => {
    const keys = createRemoteJWKSet(new URL(`${ISSUER}/institution/jwks`), {
      [customFetch]: (address, init) => world.fetch(address, init),
      cooldownDuration: 0,
    });
    const told = async (): Promise<string> => {
      const opened = await ask();
      answer();
      return (await poll(opened)).id_token ?? '';
    };
    const kidOf = (token: string) => decodeProtectedHeader(token).kid ?? '';
    const before = await told();
    // Whose library has not read the keys yet.
    const { bankApp } = world;
    const opened = await ask({}, bankApp);
    world.changeKeys(rotated);
    answer();
    const after = (await poll(opened, bankApp)).id_token ?? '';
    expect(kidOf(after)).not.toBe(kidOf(before));
    for (const token of [before, after]) await jwtVerify(token, keys, { issuer: ISSUER });
    world.changeKeys((all) => compromised(all, kidOf(before)));
    await keys.reload();
    await jwtVerify(after, keys);
    await expect(jwtVerify(before, keys)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });
});
