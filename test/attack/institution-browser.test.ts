import { askedHolder, type AskedHolder } from '../support/ecosystem/asked-holder';
import { databaseOf } from '../support/ecosystem/database';
import { START_TIMEOUT, type EcosystemUnderTest } from '../support/ecosystem/ecosystem-under-test';
import { enrol } from '../support/ecosystem/enrolment';
import { picturesOf } from '../support/ecosystem/pictures';
import { beginBy, redeemBy } from '../support/institution/authorizing';
import { BANK, grantTo, startBankServer, startServers, type PartnerServer } from '../support/institution/servers';
import { createSmallBrowser, type SmallBrowser } from '../support/institution/small-browser';

const PURPOSE = 'parcel-pickup';
/** Where nobody listens: what comes back stands in the address. */
const BACK = 'http://127.0.0.1:9/back';

let world: EcosystemUnderTest;
let url: string;
let bank: PartnerServer;
let holder: AskedHolder;

beforeAll(async () => {
  ({ world, url } = await startServers());
  await grantTo(world, 'sample-bank', PURPOSE);
  await register([BACK]);
  bank = await startBankServer(world);
  holder = askedHolder(await enrol(world.client('oHolderOfPages'), picturesOf('lin-zhiyuan')));
}, START_TIMEOUT);
afterAll(() => world.close());

const register = (redirectUris: readonly string[]) =>
  databaseOf(world.cloud).collection('institutions').doc(BANK).update({ redirectUris });

const freshBrowser = (): SmallBrowser => createSmallBrowser(fetch, url);
const begin = () => beginBy(bank, { redirect_uri: BACK, purpose: PURPOSE });
const returnPath = (at: string): string => at.replace('/institution/ask/', '/institution/authorize/');

const documentsOf = async <Kept>(collection: string): Promise<ReadonlyMap<string, Kept>> => {
  const found = await databaseOf(world.cloud).collection(collection).limit(1000).get();
  const { data } = found as { data: (Kept & { _id: string })[] };
  return new Map(data.map((one) => [one._id, one]));
};

/** Listens for what is opened and counted. @returns the sessions since then, and how many turns were taken, of whatever window */
const listen = async () => {
  const read = () =>
    Promise.all([documentsOf<object>('counter_sessions'), documentsOf<{ readonly turns: number }>('rate_windows')]);
  const [sessionsBefore, windowsBefore] = await read();
  return async () => {
    const [sessions, windows] = await read();
    const taken = [...windows].map(([id, { turns }]) => turns - (windowsBefore.get(id)?.turns ?? 0));
    return {
      sessions: [...sessions.keys()].filter((id) => !sessionsBefore.has(id)),
      turns: taken.reduce((sum, turns) => sum + turns, 0),
    };
  };
};

/** Opens a page, and has the holder agree. */
const agreed = async () => {
  const { address, checks } = await begin();
  const browser = freshBrowser();
  const heard = await listen();
  const { at } = await browser.follow(address);
  const [session = ''] = (await heard()).sessions;
  await holder.agree(session, await holder.claim(session));
  const cookie = [...browser.cookies.values()].map(({ name, value }) => `${name}=${value}`).join('; ');
  const get = (path: string) =>
    fetch(new URL(path, url), { redirect: 'manual', headers: { accept: 'text/html', cookie } });
  return { at, checks, browser, get };
};

describe('browsers', () => {
  it('open few asks with the address of one authorization, and take no turn of its partner’s', async () => {
    const { address } = await begin();
    const heard = await listen();
    const sent = await Promise.all(Array.from({ length: 8 }, () => freshBrowser().follow(address)));
    const shown = sent.filter(({ reply }) => reply.status === 200).length;
    // Three, and three more where a window ends meanwhile.
    expect([3, 4, 5, 6]).toContain(shown);
    const { sessions, turns } = await heard();
    expect([sessions.length, turns]).toEqual([shown, shown]);
    for (const { leads } of sent.filter(({ reply }) => reply.status !== 200))
      expect(leads).toContain('error=invalid_request_uri');
  });

  it('have nobody asked anew by coming back without an answer', async () => {
    const { address } = await begin();
    const browser = freshBrowser();
    const { at } = await browser.follow(address);
    const heard = await listen();
    for (let times = 0; times < 5; times += 1) expect((await browser.follow(returnPath(at))).at).toBe(at);
    expect((await heard()).sessions).toEqual([]);
  });

  it('bring one code back, from however many tabs at once', async () => {
    const { at, checks, get } = await agreed();
    const finished = await Promise.all([1, 2, 3, 4].map(() => get(at)));
    const ways = finished.map((reply) => reply.headers.get('location') ?? at);
    const back = await Promise.all(ways.map(get));
    const leads = back.flatMap((reply) => reply.headers.get('location') ?? []);
    expect(leads).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:9\/back\?code=/)]);
    for (const reply of back.filter(({ headers }) => !headers.has('location')))
      expect(await reply.text()).toContain('此页已失效');
    expect((await redeemBy(bank, leads[0] ?? '', checks)).claims()).toBeDefined();
  });

  it('go to no address that was taken from the register meanwhile', async () => {
    const { at, browser } = await agreed();
    await register(['http://127.0.0.1:9/new']);
    const { reply, leads } = await browser.follow(at);
    expect([reply.status, leads]).toEqual([404, '']);
    await register([BACK]);
  });

  it('leave no fault behind', () => {
    expect(world.log.entries('CALL_FAILED')).toEqual([]);
  });
});
