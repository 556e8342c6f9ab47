import { startJourney, type Journey } from '../support/journey/journey';
import {
  accept,
  giveConsents,
  consent,
  enrol,
  photograph,
  photographCard,
  pictureOfCode,
  scanPicture,
  shoot,
  showCard,
} from '../support/journey/steps';

jest.setTimeout(180_000);

/** A phone that does not do what it should, and a user who gets on all the same. */
describe('a phone', () => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney();
  });

  afterEach(() => {
    expect(journey.faults()).toEqual([]);
  });

  afterAll(() => journey.close());

  it('whose camera was denied takes a picture once it is allowed in the settings', async () => {
    const holder = await journey.holder('lin-zhiyuan', { language: 'zh', theme: 'light' });
    const { words, page } = holder;
    await consent(holder);
    await holder.taps(words.deny);
    await holder.sees(words.cameraDenied);
    await holder.taps(words.settings);
    await page.getByRole('checkbox', { name: words.camera }).check();
    await holder.taps(words.goBack);
    await photographCard(holder);
    await holder.button(words.agrees).waitFor();
  });

  it('without a camera takes the pictures of its album', async () => {
    const holder = await journey.holder(
      'shen-ruoxi',
      { language: 'en', theme: 'dark' },
      { scopes: { 'scope.camera': 'denied' } },
    );
    const { words } = holder;
    await consent(holder);
    await holder.taps(words.album);
    await holder.taps('card-front');
    await holder.taps(words.use);
    await holder.sees(words.back);
    await holder.taps(words.album);
    await holder.taps('card-back');
    await holder.taps(words.use);
    await holder.button(words.agrees).waitFor();
  });

  it('that loses its network in the middle of an enrolment goes on with the pictures that it has', async () => {
    const holder = await journey.holder(
      'zhou-qiming',
      { language: 'en', theme: 'light' },
      { network: 'offline', scopes: { 'scope.camera': 'granted' } },
    );
    const { words } = holder;
    await holder.sees(words.noConnection);
    await holder.settings({ network: 'online' });
    await holder.taps(words.retry);
    await holder.taps(words.getCard);
    await giveConsents(holder);
    await photograph(holder);
    await holder.sees(words.back);
    await shoot(holder);
    await holder.settings({ network: 'offline' });
    await holder.taps(words.use);
    await holder.sees(words.noConnection);
    await holder.settings({ network: 'online' });
    await holder.taps(words.tryAgain);
    await holder.taps(words.agrees);
    await shoot(holder);
    await holder.settings({ network: 'offline' });
    await holder.taps(words.use);
    await holder.sees(words.noConnection);
    await holder.settings({ network: 'online' });
    await holder.taps(words.tryAgain);
    await holder.taps(words.withoutFinger);
    await holder.taps(words.seeCard);
    await holder.sees(words.ready);
  });

  it('at the counter that is offline says that nothing is known, and then hears of the same scan', async () => {
    const holder = await journey.holder('aygul', { language: 'zh', theme: 'dark' });
    const merchant = await journey.merchant({ language: 'en', theme: 'dark' });
    await enrol(holder);
    await showCard(holder);
    await merchant.button(merchant.words.scan).waitFor();
    await merchant.settings({ network: 'offline' });
    await scanPicture(merchant, await pictureOfCode(holder));
    await merchant.sees(merchant.words.undetermined);
    await merchant.settings({ network: 'online' });
    await merchant.taps(merchant.words.again);
    await merchant.sees(merchant.words.valid);
    await accept(merchant);
  });
});
