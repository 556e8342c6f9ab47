import sharp from 'sharp';
import { startJourney, type Journey } from '../support/journey/journey';
import type { PhoneUser } from '../support/journey/phone-user';
import {
  accept,
  endShowing,
  enrol,
  pictureOfCode,
  restsFromToast,
  scanPicture,
  showCard,
  suspend,
} from '../support/journey/steps';

jest.setTimeout(180_000);

/** Longer than a code lives, and the seconds that a busy machine may need. */
const OLD_MS = 60_000;

/** Codes that a merchant must not take, and the good one that none of them uses up. */
describe('at the counter', () => {
  let journey: Journey;
  let holder: PhoneUser;
  let merchant: PhoneUser;

  beforeAll(async () => {
    journey = await startJourney();
    holder = await journey.holder('lin-zhiyuan', { language: 'en', theme: 'light' });
    merchant = await journey.merchant({ language: 'zh', theme: 'light' });
    await enrol(holder);
    await merchant.button(merchant.words.scan).waitFor();
  });

  afterEach(() => {
    expect(journey.faults()).toEqual([]);
  });

  afterAll(() => journey.close());

  it('a code that is more than half a minute old is refused, and the one on the screen is taken', async () => {
    await showCard(holder);
    const old = await pictureOfCode(holder);
    // The showing's own countdown says when the picture is old: it began at five minutes.
    await holder.page.getByText(/4:2\d/).waitFor({ timeout: OLD_MS });
    await scanPicture(merchant, old);
    await merchant.sees(merchant.words.codeExpired);
    await merchant.taps(merchant.words.next);
    await scanPicture(merchant, await pictureOfCode(holder));
    await merchant.sees(merchant.words.valid);
    await accept(merchant);
    await endShowing(holder);
  });

  it('a picture of a code that was taken already is refused', async () => {
    await showCard(holder);
    const picture = await pictureOfCode(holder);
    await scanPicture(merchant, picture);
    await accept(merchant);
    await scanPicture(merchant, picture);
    await merchant.sees(merchant.words.codeUsed);
    expect(await merchant.button(merchant.words.same).count()).toBe(0);
    await merchant.taps(merchant.words.next);
    await endShowing(holder);
  });

  it("a screenshot of the holder's own phone shows nothing, and the holder is told of it", async () => {
    await showCard(holder);
    const [, png = ''] = (await holder.screenshot()).split(',');
    const { channels } = await sharp(Buffer.from(png, 'base64')).stats();
    expect(channels.slice(0, 3).map(({ max }) => max)).toEqual([0, 0, 0]);
    await holder.sees(holder.words.captured);
    await endShowing(holder);
    // What is no secret can be captured again.
    const [, after = ''] = (await holder.screenshot()).split(',');
    const [red] = (await sharp(Buffer.from(after, 'base64')).stats()).channels;
    expect(red?.max).toBe(255);
  });

  it('a suspended card is refused by its status, and taken again once it is resumed', async () => {
    await showCard(holder);
    const picture = await pictureOfCode(holder);
    await endShowing(holder);
    await suspend(holder);
    await scanPicture(merchant, picture);
    await merchant.sees(merchant.words.heldSuspended);
    await merchant.taps(merchant.words.next);
    await holder.taps(holder.words.resume);
    await holder.sees(holder.words.ready);
    // What is said in passing lies over the code for a while.
    await restsFromToast(holder);
    await showCard(holder);
    await scanPicture(merchant, await pictureOfCode(holder));
    await merchant.sees(merchant.words.valid);
    await accept(merchant);
    await endShowing(holder);
  });
});
