import { runInNewContext } from 'node:vm';
import { ASK_SCRIPT } from '../../../cloudfunctions/_adapters/institutions/ask-page';

/** What a look at the standing comes to. */
type Looked = { readonly status: number; readonly json?: unknown } | 'no network';

/** The page's script on a page that waits, whose looks come to these things, one after the other. */
const startPage = (looks: readonly Looked[]) => {
  const left = [...looks];
  const asked: string[] = [];
  const timers: (() => Promise<void>)[] = [];
  let reloads = 0;
  runInNewContext(ASK_SCRIPT, {
    document: { getElementById: () => ({ dataset: { state: 'waiting', unit: ' s', seconds: '300' } }) },
    location: { pathname: '/institution/ask/name', reload: () => (reloads += 1) },
    setInterval: () => undefined,
    setTimeout: (look: () => Promise<void>) => timers.push(look),
    fetch: (address: string) => {
      asked.push(address);
      const looked = left.shift() ?? 'no network';
      if (looked === 'no network') return Promise.reject(new TypeError('no network'));
      const { status, json } = looked;
      const read = () => (json === undefined ? Promise.reject(new SyntaxError('no JSON')) : Promise.resolve(json));
      return Promise.resolve({ status, ok: status === 200, json: read });
    },
  });
  return {
    asked,
    reloads: () => reloads,
    /** Lets the script look whenever it wants to, until it wants no more or there is nothing left to see. */
    run: async () => {
      for (let timer = timers.shift(); timer && left.length > 0; timer = timers.shift()) await timer();
    },
  };
};

const waiting: Looked = { status: 200, json: { state: 'waiting' } };

describe('the script of the page on which a browser waits', () => {
  it.each<[string, Looked]>([
    ['nothing has changed', waiting],
    ['it asks too often', { status: 429, json: { state: 'unread' } }],
    ['the network is away', 'no network'],
    ['a gateway answers in its place', { status: 502 }],
  ])('asks on where %s', async (_what, looked) => {
    const page = startPage([looked, looked, waiting]);
    await page.run();
    expect(page.asked).toEqual(Array.from({ length: 3 }, () => '/institution/ask/name/standing'));
    expect(page.reloads()).toBe(0);
  });

  it.each<[string, Looked]>([
    ['the code was scanned', { status: 200, json: { state: 'claimed' } }],
    ['the ask is decided', { status: 200, json: { state: 'done' } }],
    ['the authorization is gone', { status: 404, json: { state: 'gone' } }],
    ['the service fails', { status: 500, json: {} }],
  ])('has the page come anew where %s, once', async (_what, looked) => {
    const page = startPage([waiting, looked, waiting]);
    await page.run();
    expect(page.asked).toHaveLength(2);
    expect(page.reloads()).toBe(1);
  });
});
