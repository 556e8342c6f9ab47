import { startEcosystem } from '../../local/ecosystem/ecosystem';
import { compromised, rotated } from '../../local/ecosystem/issuer-keys';
import { changeIssuerKeys } from '../../local/ecosystem/secrets';
import { createClient } from '../support/ecosystem/client';
import { enrol } from '../support/ecosystem/enrolment';
import { picturesOf } from '../support/ecosystem/pictures';
import { consoleWordsOf } from '../support/journey/console-words';
import { startJourney, type Journey } from '../support/journey/journey';

jest.setTimeout(180_000);

const english = { language: 'en', theme: 'light' } as const;
const words = consoleWordsOf('en');

/** The name of the key that was stolen after it had signed a card. */
let stolen = '';

const stealKey = async (dataDir: string): Promise<void> => {
  const ecosystem = await startEcosystem({ dataDir, fresh: true, timers: 'by hand' });
  await enrol(createClient(ecosystem.cloud.url, 'oHolderOfStolenKey'), picturesOf('lin-zhiyuan'));
  await ecosystem.close();
  changeIssuerKeys(dataDir, (keys) => {
    stolen = keys[0]?.kid ?? '';
    return compromised(rotated(keys), stolen);
  });
};

describe('two operators after an issuing key was stolen', () => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney({ before: stealKey, timers: 'by hand' });
  });

  afterAll(() => journey.close());

  it('have its cards renewed from the page of the keys, and see how far that is', async () => {
    const first = await journey.operator('security', 1, english);
    await first.taps(words.keys);
    await first.sees(words.notTrusted);
    await first.sees(stolen);
    await first.taps(words.renewCards);
    await first.taps(words.check);
    await first.sees(words.unproposed);
    await first.sees(stolen);
    await first.taps(words.propose);
    await first.sees(words.ownProposal);

    const second = await journey.operator('security', 2, english);
    await second.taps(new RegExp(words.acts));
    await second.sees(stolen);
    await second.taps(words.confirm);
    await second.button(words.lookAgain).waitFor();
    await second.taps(words.confirm);
    await second.sees(words.noActs);

    await first.taps(words.goBack);
    await first.sees(words.underWay);
    await first.sees('0 of 1 cards');
    await journey.running.ecosystem.cloud.runTimer('massActs');
    await first.taps(words.goBack);
    await first.taps(words.keys);
    await first.sees('1 of 1 cards');
    await first.keeps('console-keys-renewed');

    const auditor = await journey.operator('auditor', 1, english);
    await auditor.taps(words.keys);
    await auditor.sees('1 of 1 cards');
    expect(await auditor.button(words.renewCards).count()).toBe(0);
    expect(await auditor.button(words.proposeMany).count()).toBe(0);
    expect(journey.faults()).toEqual([]);
  });
});
