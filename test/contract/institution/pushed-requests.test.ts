import { TRUST_FRAMEWORK } from '../../../protocol';
import type { TakeTurn } from '../../../cloudfunctions/_core/rate-limit';
import { ORDERS_OF_PARTNER } from '../../../cloudfunctions/_core/institutions/counter';
import { askPolicy } from '../../../cloudfunctions/_adapters/oauth/ask-policy';
import { beginBy, type Begun } from '../../support/institution/authorizing';
import { askBy, faultOf } from '../../support/institution/asking';
import { CALLBACK, createProviderWorld, ISSUER, type ProviderWorld } from '../../support/institution/provider-world';
import { createSmallBrowser, type SmallBrowser } from '../../support/institution/small-browser';

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});

const freshBrowser = (): SmallBrowser => createSmallBrowser(world.fetch, ISSUER);
const begin = (more: Readonly<Record<string, string>> = {}): Promise<Begun> =>
  beginBy(world.bank, { redirect_uri: CALLBACK, ...more });
const turnsOf = (name: string) => world.turns.filter((turn) => turn.name === name);

describe('a pushed request', () => {
  it('opens three asks, each shown to the browser that opened it, however many browsers send it', async () => {
    const { address, checks } = await begin();
    const sent = [];
    for (let times = 0; times < 20; times += 1) sent.push(await freshBrowser().follow(address));
    expect(world.asks.opened).toHaveLength(3);
    const [shown, back] = [sent.slice(0, 3), sent.slice(3)];
    expect(shown.map(({ reply }) => reply.status)).toEqual([200, 200, 200]);
    const pages = await Promise.all(shown.map(({ reply }) => reply.text()));
    expect(new Set(pages.map((page) => /<svg[\s\S]*<\/svg>/.exec(page)?.[0])).size).toBe(3);
    expect(new Set(shown.map(({ at }) => at)).size).toBe(3);
    for (const { leads } of back)
      expect(Object.fromEntries(new URL(leads).searchParams)).toMatchObject({
        error: 'invalid_request_uri',
        state: checks.expectedState,
      });
    expect(world.faults).toEqual([]);
  });

  it('opens no more to browsers that send it at once', async () => {
    const { address } = await begin();
    await Promise.all(Array.from({ length: 8 }, () => freshBrowser().follow(address)));
    expect(world.asks.opened).toHaveLength(3);
  });

  it('leaves another its own asks', async () => {
    const { address } = await begin();
    for (let times = 0; times < 5; times += 1) await freshBrowser().follow(address);
    expect((await freshBrowser().follow((await begin()).address)).reply.status).toBe(200);
  });

  it('takes a turn of its partner’s orders where its server has signed it, and none for what browsers send', async () => {
    const { address } = await begin();
    const orders = [{ ...ORDERS_OF_PARTNER, subject: { kind: 'partner', partner: 'bank' } }];
    expect(turnsOf(ORDERS_OF_PARTNER.name)).toEqual(orders);
    for (let times = 0; times < 5; times += 1) await freshBrowser().follow(address);
    const stranger = '/institution/authorize?client_id=bank-server&request_uri=urn:ietf:params:oauth:request_uri:x';
    await freshBrowser().get(stranger);
    expect(turnsOf(ORDERS_OF_PARTNER.name)).toEqual(orders);
    await faultOf(begin({ purpose: 'curiosity' }));
    expect(turnsOf(ORDERS_OF_PARTNER.name)).toEqual(orders);
  });

  it('waits where its partner asks too much at once; what was pushed before is shown all the same', async () => {
    let isFull = false;
    const takeTurn: TakeTurn = ({ name }) => Promise.resolve(!(isFull && name === ORDERS_OF_PARTNER.name));
    world = await createProviderWorld({ takeTurn });
    const { address } = await begin();
    isFull = true;
    const fault = await faultOf(begin());
    expect(fault).toMatchObject({ status: 429, error: 'slow_down' });
    expect(fault.text).toMatch(/^too_many_requests: /);
    expect((await freshBrowser().follow(address)).reply.status).toBe(200);
  });

  it('takes nothing where nothing may be shown', async () => {
    await freshBrowser().follow((await begin({ prompt: 'none' })).address);
    expect(turnsOf('asks of request')).toEqual([]);
    expect(world.asks.opened).toEqual([]);
  });

  it('is what opens an ask: whoever comes back opens none', async () => {
    const ports = {
      loadCaller: () => Promise.reject(new Error('nobody is looked for')),
      openAsk: () => Promise.reject(new Error('nobody is asked')),
      takeTurn: () => Promise.reject(new Error('nothing is counted')),
    };
    const [prompt] = askPolicy({ ...ports, trustFramework: TRUST_FRAMEWORK });
    const context = { route: 'resume', promptPending: () => false, entities: { PushedAuthorizationRequest: {} } };
    for (const oidc of [context, { ...context, route: 'authorization', entities: {} }])
      await expect(prompt?.details({ oidc } as never)).rejects.toMatchObject({ error: 'access_denied' });
  });
});

describe('how long an ask is to wait', () => {
  const ways: readonly (readonly [string, (requested_expiry: string) => Promise<unknown>])[] = [
    ['a pushed request', (requested_expiry) => begin({ requested_expiry })],
    ['a request of CIBA', (requested_expiry) => askBy(world.bank, { requested_expiry })],
  ];

  it.each(ways)('is a whole number of seconds up to five minutes in %s', async (_way, ask) => {
    const wrong = [
      '-5',
      '-1e300',
      '-0',
      '0',
      '1e-9',
      '1e2',
      '0x10',
      ' 60 ',
      '+60',
      '060',
      '1.5',
      '60,0',
      '６０',
      'NaN',
    ];
    for (const expiry of [...wrong, 'Infinity', '301', '9'.repeat(400)])
      expect([expiry, await faultOf(ask(expiry))]).toEqual([
        expiry,
        expect.objectContaining({ status: 400, error: 'invalid_request' }),
      ]);
    for (const expiry of ['1', '60', '300']) await ask(expiry);
    expect(world.faults).toEqual([]);
  });

  it('is as the server has said', async () => {
    const { address } = await begin({ requested_expiry: '60' });
    const { reply } = await freshBrowser().follow(address);
    expect(world.asks.last().order.lifeMs).toBe(60_000);
    expect(await reply.text()).toContain('data-seconds="60"');
  });
});
