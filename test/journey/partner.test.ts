import { readFileSync } from 'node:fs';
import { startJourney, type Journey } from '../support/journey/journey';
import { partnerWordsOf } from '../support/journey/partner-words';
import { accept, endShowing, enrol, pictureOfCode, scanPicture, showCard } from '../support/journey/steps';
import {
  approveAll,
  fillApplication,
  fillShop,
  makeInvitation,
  opens,
  scanInvitation,
} from '../support/journey/steps-of-partner';

jest.setTimeout(240_000);

/** A business from its application to the first check, on the phones of its owner, its clerk and a customer. */
describe('a new business', () => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney();
  });

  afterAll(() => journey.close());

  it('applies, opens a shop, invites a clerk who checks a card, and sees the check with its verified receipt', async () => {
    const words = partnerWordsOf('en');
    const owner = { user: await journey.merchant({ language: 'en', theme: 'light' }, { openId: 'oNewOwner' }), words };
    const { user } = owner;
    await user.taps(words.apply);
    await user.button(words.send).waitFor();
    await fillApplication(owner);
    await user.taps(words.send);
    await user.sees(words.lookedAt);
    await approveAll(journey.running);
    await user.taps(user.words.goBack);
    await user.sees(words.noTerminal);
    await user.taps(words.business);
    await user.sees(words.active);

    await opens(user, words.shops);
    await user.taps(words.openShop);
    await fillShop(owner, 'Counter 1');
    await user.taps(words.save);
    await user.sees('Tingyu Road');
    await user.taps(user.words.goBack);
    await opens(user, words.staff);
    await user.taps(words.invite);
    const invitation = await makeInvitation(owner);
    await user.taps(words.done);
    await user.sees(words.open);

    const clerk = {
      user: await journey.merchant({ language: 'zh', theme: 'dark' }, { openId: 'oNewClerk' }),
      words: partnerWordsOf('zh'),
    };
    await clerk.user.taps(clerk.words.invited);
    await scanInvitation(clerk, invitation);
    await clerk.user.sees('听雨路快递驿站');
    await clerk.user.sees('听雨路店 · Counter 1');
    await clerk.user.taps(clerk.words.accept);
    await clerk.user.taps(clerk.words.start);

    const holder = await journey.holder('lin-zhiyuan', { language: 'en', theme: 'light' });
    await enrol(holder);
    await showCard(holder);
    await scanPicture(clerk.user, await pictureOfCode(holder));
    await accept(clerk.user);
    await endShowing(holder);

    await user.taps(user.words.goBack);
    await opens(user, words.checks);
    await user.sees('Tingyu Road · Counter 1');
    await user.sees(words.signed);
    await opens(user, words.export);
    await user.taps(words.make);
    await user.taps(words.sendFile);
    const coming = user.page.waitForEvent('download');
    await user.taps(words.saveFile);
    const file = readFileSync(await (await coming).path(), 'utf8');
    const [head, row, ...rest] = file.split('\r\n');
    expect(head).toBe('\uFEFFevent,time,purpose,mode,tier,shop,terminal,claims,proved,look');
    expect(row).toMatch(/,parcel-pickup,shown,light,[0-9a-f]{32},Counter 1,masked_name masked_number,,same$/);
    expect(rest).toEqual(['']);

    // The clerk sees the same check, as the own one, and nothing to export.
    await clerk.user.taps(clerk.words.business);
    await opens(clerk.user, clerk.words.checks);
    await clerk.user.sees(clerk.words.signed);
    expect(await clerk.user.button(clerk.words.export).count()).toBe(0);
    expect(journey.faults()).toEqual([]);
  });
});
