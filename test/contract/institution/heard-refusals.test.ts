import type { TakeTurn } from '../../../cloudfunctions/_core/rate-limit';
import type { AskStanding } from '../../../cloudfunctions/_core/asks/ask';
import { beginBy } from '../../support/institution/authorizing';
import { askBy, faultOf, pollBy } from '../../support/institution/asking';
import { CALLBACK, createProviderWorld, ISSUER, type ProviderWorld } from '../../support/institution/provider-world';
import { createSmallBrowser } from '../../support/institution/small-browser';

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});

/** What an ask may come to without an answer. */
const ends: readonly (readonly [AskStanding['kind'], AskStanding])[] = [
  ['declined', { kind: 'declined' }],
  ['over', { kind: 'over' }],
  ['hindered', { kind: 'hindered', reason: 'tier_too_low' }],
];

const openPage = async () => {
  const browser = createSmallBrowser(world.fetch, ISSUER);
  const { address } = await beginBy(world.bank, { redirect_uri: CALLBACK });
  return { browser, ...(await browser.follow(address)) };
};

describe('what the log hears of refusals', () => {
  it('is nothing of polls that come early or too early', async () => {
    const opened = await askBy(world.bank);
    expect(await faultOf(pollBy(world.bank, opened))).toMatchObject({ error: 'authorization_pending' });
    expect(await faultOf(pollBy(world.bank, opened))).toMatchObject({ error: 'slow_down' });
    expect(world.refusals).toEqual([]);
  });

  it.each(ends)('is nothing of an ask that is %s, where a server fetches it', async (_kind, standing) => {
    const opened = await askBy(world.bank);
    world.asks.last().standing = standing;
    expect(await faultOf(pollBy(world.bank, opened))).toMatchObject({ status: 400 });
    expect(world.refusals).toEqual([]);
  });

  it.each(ends)('is nothing of an ask that is %s, where a browser goes back with it', async (_kind, standing) => {
    const { browser, at } = await openPage();
    world.asks.last().standing = standing;
    expect((await browser.follow(at)).leads).toContain('error=');
    expect(world.refusals).toEqual([]);
  });

  it('is what a bank may not ask, wherever it asks', async () => {
    world.asks.refuseWith('purpose_not_registered');
    await faultOf(askBy(world.bank));
    expect((await openPage()).leads).toContain('error=access_denied');
    expect(world.refusals).toEqual([
      ['backchannel', 'access_denied'],
      ['authorization', 'access_denied'],
    ]);
  });

  it('is what is fetched a second time, and by whom it does not belong to', async () => {
    const opened = await askBy(world.bank);
    await faultOf(pollBy(world.railway, opened));
    expect(world.refusals).toEqual([['grant', 'invalid_grant']]);
  });

  it('is who calls without end', async () => {
    let isFull = false;
    const takeTurn: TakeTurn = ({ name }) => Promise.resolve(!(isFull && name === 'client calls'));
    world = await createProviderWorld({ takeTurn });
    const opened = await askBy(world.bank);
    isFull = true;
    expect(await faultOf(pollBy(world.bank, opened))).toMatchObject({ status: 429, error: 'slow_down' });
    expect(world.refusals).toEqual([['grant', 'slow_down']]);
  });
});
