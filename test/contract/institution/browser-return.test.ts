import { instant } from '../../../protocol';
import type { OauthRecords } from '../../../cloudfunctions/_adapters/cloudbase/oauth-records';
import { beginBy, redeemBy, type Begun } from '../../support/institution/authorizing';
import { releaseOf } from '../../support/institution/fake-asks';
import { CALLBACK, createProviderWorld, ISSUER, type ProviderWorld } from '../../support/institution/provider-world';
import { createSmallBrowser, type SmallBrowser } from '../../support/institution/small-browser';

let world: ProviderWorld;
let browser: SmallBrowser;
const start = async (around?: (records: OauthRecords) => OauthRecords): Promise<void> => {
  world = await createProviderWorld(around ? { around } : {});
  browser = createSmallBrowser(world.fetch, ISSUER);
};
beforeEach(() => start());

const begin = (): Promise<Begun> => beginBy(world.bank, { redirect_uri: CALLBACK });
const answer = (): void => {
  world.asks.last().standing = { kind: 'answered', release: releaseOf(), at: instant(Date.now()) };
};
const decline = (): void => {
  world.asks.last().standing = { kind: 'declined' };
};
const returnPath = (at: string): string => at.replace('/institution/ask/', '/institution/authorize/');

/** Asks as a browser whose tickets were taken as they were: what one tab gives back, another one still sends. */
const otherTab = (): ((address: string) => Promise<Response>) => {
  const cookie = [...browser.cookies.values()].map(({ name, value }) => `${name}=${value}`).join('; ');
  return (address) => world.fetch(address, { headers: { accept: 'text/html', cookie } });
};

const isGone = async (reply: Response): Promise<void> => {
  expect(reply.headers.get('location')).toBeNull();
  expect([400, 404]).toContain(reply.status);
  expect(await reply.text()).toContain('此页已失效');
};

describe('a browser that comes back', () => {
  it('before there is an answer is shown its page again, and nobody is asked anew', async () => {
    const { address, checks } = await begin();
    const { at } = await browser.follow(address);
    for (let times = 0; times < 20; times += 1) {
      const early = await browser.follow(returnPath(at));
      expect([early.at, early.reply.status, early.leads]).toEqual([at, 200, '']);
    }
    expect(world.asks.opened).toHaveLength(1);
    answer();
    const { leads } = await browser.follow(at);
    expect((await redeemBy(world.bank, leads, checks)).claims()).toBeDefined();
    expect(world.faults).toEqual([]);
  });

  it('without the ticket finds nothing, and ends nothing', async () => {
    const { at } = await browser.follow((await begin()).address);
    await isGone(await createSmallBrowser(world.fetch, ISSUER).get(returnPath(at)));
    expect((await browser.get(at)).status).toBe(200);
  });

  it.each<[string, () => void, string]>([
    ['an answer', answer, 'code='],
    ['a refusal', decline, 'error=access_denied'],
  ])('in several tabs at once goes on in one of them with %s', async (_what, happen, told) => {
    const { at } = await browser.follow((await begin()).address);
    happen();
    const get = otherTab();
    const finished = await Promise.all([get(at), get(at), get(at)]);
    const back = await Promise.all(finished.map((reply) => get(reply.headers.get('location') ?? '')));
    const [gone, sent] = [false, true].map((isSent) =>
      back.filter((reply) => (reply.headers.get('location') !== null) === isSent),
    );
    expect(sent?.map((reply) => reply.headers.get('location'))).toEqual([expect.stringContaining(told)]);
    for (const reply of gone ?? []) await isGone(reply);
    await isGone(await get(returnPath(at)));
    expect(world.faults).toEqual([]);
  });

  it('is not brought back to life by a tab that was slower', async () => {
    let reached: () => void = () => undefined;
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const isHeld = new Promise<void>((resolve) => {
      reached = resolve;
    });
    let words = 0;
    await start((records) => ({
      ...records,
      replaceUnusedRecord: async (record) => {
        words += 1;
        if (words === 2) {
          reached();
          await held;
        }
        return records.replaceUnusedRecord(record);
      },
    }));
    const { at } = await browser.follow((await begin()).address);
    answer();
    const get = otherTab();
    const back = (await get(at)).headers.get('location') ?? '';
    const slower = get(at);
    await isHeld;
    expect((await get(back)).headers.get('location')).toContain('code=');
    goOn();
    await isGone(await slower);
    await isGone(await get(back));
    await isGone(await get(at));
    expect(world.faults).toEqual([]);
  });
});

describe('an address that is registered no more', () => {
  it.each<[string, () => void, readonly string[]]>([
    ['an answer', answer, []],
    ['an answer, while another one is registered', answer, ['https://bank.example/new']],
    ['a refusal', decline, []],
  ])('gets nobody back with %s', async (_what, happen, pages) => {
    const { at } = await browser.follow((await begin()).address);
    happen();
    world.moveBank(pages);
    const { reply, leads } = await browser.follow(at);
    expect(leads).toBe('');
    await isGone(reply);
    expect(browser.cookies.size).toBe(0);
  });

  it('gets nobody back who was on the way there already', async () => {
    const { at } = await browser.follow((await begin()).address);
    answer();
    const back = (await browser.get(at)).headers.get('location') ?? '';
    world.moveBank(['https://bank.example/new']);
    await isGone(await browser.get(back));
  });

  it('gets nobody back who cancels', async () => {
    const { at } = await browser.follow((await begin()).address);
    world.moveBank([]);
    const { reply, leads } = await browser.goOn(await browser.submit(`${at}/cancel`));
    expect(leads).toBe('');
    await isGone(reply);
    expect(world.asks.last().standing).toEqual({ kind: 'declined' });
  });
});
