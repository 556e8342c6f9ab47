import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { validators } from '../../protocol';
import { accepted, createClient } from '../support/ecosystem/client';
import { person } from '../support/ecosystem/pictures';
import { raiseAtCounter } from '../support/ecosystem/raise';
import { startJourney, type Journey } from '../support/journey/journey';
import { samplePerson, type PhoneUser } from '../support/journey/phone-user';
import { enrol, photograph } from '../support/journey/steps';
import { rowOf } from '../support/journey/tour-of-manage';

jest.setTimeout(600_000);

const PERSON = 'zhou-qiming';
const pictures = resolve(__dirname, '../../dist/journey/institutions');

/** A bank and a railway, servers of other people, and a customer with a phone: in a browser, as each of them sees it. */
describe('institutions that ask from servers of their own', () => {
  let journey: Journey;
  let holder: PhoneUser;
  let bank: Page;
  let railway: Page;

  const partnerPages = () => {
    const { partners } = journey.running;
    if (!partners) throw new Error('the sample partners run');
    return partners;
  };
  const open = async (address: string): Promise<Page> => {
    const page = await journey.context.newPage();
    await page.setViewportSize({ width: 520, height: 900 });
    await page.goto(`${address}/?lang=en`);
    return page;
  };
  const keeps = async (page: Page, name: string): Promise<void> => {
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  };

  beforeAll(async () => {
    journey = await startJourney({ withPartners: true });
    holder = await journey.holder(PERSON, { language: 'en', theme: 'light' });
    await enrol(holder);
    const { bank: counter, railway: tickets } = partnerPages();
    [bank, railway] = [await open(counter), await open(tickets)];
  });

  afterEach(() => {
    expect(journey.faults()).toEqual([]);
  });

  afterAll(() => journey.close());

  /** The holder reads a number out, and the teller types it. @param meanwhile what happens before it is typed */
  const readOut = async (meanwhile = (): Promise<void> => Promise.resolve()): Promise<void> => {
    const { page, words } = holder;
    await holder.taps(words.askNumber);
    const shown = page.getByText(/^\d{3} \d{3} \d{3}$/).filter({ visible: true });
    const digits = await shown.first().innerText();
    await meanwhile();
    await bank.bringToFront();
    await bank.getByRole('textbox').fill(digits);
    await bank.getByRole('button', { name: 'Ask the customer' }).click();
    await page.bringToFront();
  };
  /** Whatever stands on that page's screen is scanned. */
  const scan = async (page: Page): Promise<void> => {
    await page.bringToFront();
    await page.locator('svg').first().waitFor();
    const url = `data:image/png;base64,${(await page.screenshot()).toString('base64')}`;
    await holder.settings({ scanner: { kind: 'file', url }, scopes: { 'scope.camera': 'granted' } });
    await holder.taps(holder.words.scanCounter);
  };
  /** The same words stand on both screens. */
  const comparesWith = async (page: Page): Promise<void> => {
    const message = (await page.locator('.message').innerText()).trim();
    expect(message).not.toBe('');
    await holder.sees(message);
  };
  const goHome = async (): Promise<void> => {
    await holder.taps(holder.words.leave);
    await holder.sees(holder.words.ready);
  };

  it('a grey card opens no account, and both are told what is missing', async () => {
    await readOut();
    await holder.sees('colour card');
    await keeps(holder.page, 'holder-grey');
    await bank.getByText("The customer's card is grey.").waitFor();
    await keeps(bank, 'bank-grey');
    await bank.getByRole('link', { name: 'Next customer' }).click();
    await holder.page.bringToFront();
    await goHome();
  });

  it('a colour card opens an account, with finger and face, after the customer has read who asks for what', async () => {
    const client = createClient(journey.running.ecosystem.cloud.url, samplePerson(PERSON).openId);
    const operator = createClient(journey.running.ecosystem.cloud.url, 'oOperatorCounter1');
    const called = client.ask('holder', { action: 'callCounter' });
    const { number } = await accepted(called, validators.CallCounterReply);
    await raiseAtCounter(operator, number, person(PERSON).idNumber);

    await readOut();
    await holder.button(holder.words.agreeToAsk).waitFor();
    await holder.sees('Jiangnan City Bank');
    await comparesWith(bank);
    await holder.page.bringToFront();
    await keeps(holder.page, 'holder-consent');
    await keeps(bank, 'bank-waiting');
    await holder.settings({ camera: { kind: 'sample', person: PERSON, picture: 'selfie-2' } });
    await holder.taps(holder.words.agreeToAsk);
    await photograph(holder);
    await holder.taps(holder.words.touch);
    await holder.sees(holder.words.haveTold);
    await keeps(holder.page, 'holder-told');
    await bank.getByRole('heading', { name: 'The account is open' }).waitFor();
    await bank.getByText(person(PERSON).name).waitFor();
    await bank.getByRole('button', { name: 'Ask how the card is now' }).click();
    await bank.getByText('valid', { exact: true }).waitFor();
    await keeps(bank, 'bank-opened');
    await holder.page.bringToFront();
    await goHome();
  });

  it('a customer who withdraws the consent in the history is asked after no more', async () => {
    const { words, page } = holder;
    await holder.taps(words.manage);
    await holder.taps(rowOf(words.whoMayAsk));
    await holder.taps(/^Jiangnan City Bank/);
    await holder.sees(words.mayAsk);
    await keeps(page, 'holder-consents');
    await holder.taps(words.withdrawConsent);
    await holder.taps(words.withdrawYes);
    await holder.sees(words.consentWithdrawn);
    await keeps(page, 'holder-withdrew');
    await holder.taps(words.goBack);
    await holder.sees(words.nobodyMayAsk);
    await holder.taps(words.goBack);
    await holder.taps(words.goBack);
    await holder.sees(words.ready);

    await bank.bringToFront();
    // Nobody presses anything: the page follows what the bank is told.
    await bank.getByText('consent withdrawn').waitFor();
    await bank.getByRole('button', { name: 'Ask how the card is now' }).click();
    await bank.getByText('may no longer ask').waitFor();
    await keeps(bank, 'bank-withdrawn');
    await bank.getByRole('link', { name: 'Next customer' }).click();
    await page.bringToFront();
  });

  it('a ticket is sold on a web page, to whom has scanned it and agreed', async () => {
    await railway.getByRole('button', { name: 'Buy J705' }).click();
    await scan(railway);
    await holder.button(holder.words.agreeToAsk).waitFor();
    await comparesWith(railway);
    await keeps(railway, 'service-page');
    await holder.page.bringToFront();
    await keeps(holder.page, 'holder-ticket');
    await holder.taps(holder.words.agreeToAsk);
    await holder.taps(holder.words.touch);
    await holder.sees(holder.words.haveTold);
    await railway.bringToFront();
    await railway.getByRole('heading', { name: 'Ticket', exact: true }).waitFor();
    await railway.getByText(person(PERSON).name).waitFor();
    await keeps(railway, 'railway-ticket');
    await holder.page.bringToFront();
    await goHome();
  });

  it('who declines on the phone gets no ticket, and who cancels in the browser is asked no more', async () => {
    await railway.getByRole('link', { name: 'Back to the trains' }).click();
    await railway.getByRole('button', { name: 'Buy J712' }).click();
    await scan(railway);
    await holder.taps(holder.words.decline);
    await holder.sees(holder.words.askDeclined);
    await railway.bringToFront();
    await railway.getByText('You did not agree').waitFor();
    await keeps(railway, 'railway-declined');
    await holder.page.bringToFront();
    await goHome();

    await railway.getByRole('link', { name: 'Back to the trains' }).click();
    await railway.getByRole('button', { name: 'Buy J701' }).click();
    await scan(railway);
    await holder.button(holder.words.agreeToAsk).waitFor();
    await railway.bringToFront();
    await railway.getByRole('button', { name: 'Cancel and go back' }).click();
    await railway.getByText('You did not agree').waitFor();
    await holder.taps(holder.words.agreeToAsk);
    await holder.taps(holder.words.touch);
    await holder.sees(holder.words.askOver);
    await keeps(holder.page, 'holder-cancelled');
    await goHome();
  });

  it('a card that is revoked after its number was read out opens no account', async () => {
    const { url } = journey.running.ecosystem.cloud;
    const client = createClient(url, samplePerson(PERSON).openId);
    const [first, second] = [createClient(url, 'oOperatorSecurity1'), createClient(url, 'oOperatorSecurity2')];
    await readOut(async () => {
      const { card } = await accepted(client.ask('holder', { action: 'getCard' }), validators.CardReply);
      const act = { kind: 'revoke_card', target: card.id, reason: 'obtained_by_fraud' };
      const proposed = first.ask('operator', { action: 'proposeAct', ...act });
      const { proposal, hash } = await accepted(proposed, validators.ProposeActReply);
      await accepted(second.ask('operator', { action: 'confirmAct', proposal, hash }), validators.DoneReply);
    });
    await holder.button(holder.words.leave).waitFor();
    await keeps(holder.page, 'holder-revoked');
    await bank.bringToFront();
    await bank.getByText("The customer's card is suspended, revoked or expired").waitFor();
    await keeps(bank, 'bank-revoked');
  });
});
