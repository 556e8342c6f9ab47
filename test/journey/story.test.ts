import type { FrameLocator, Page } from 'playwright-core';
import { hearFaults } from '../support/journey/faults';
import { startJourney, type Journey } from '../support/journey/journey';
import { miniProgram } from '../support/journey/stage';
import { wordsOf } from '../support/journey/words';

jest.setTimeout(120_000);

const language = 'zh';
const titles = ['持证人', '商家'] as const;

/** Two phones side by side on one page: the merchant's scanner looks at the holder's screen and nothing else. */
describe('the page with two phones, running the compiled upload files', () => {
  let journey: Journey;
  let page: Page;
  const words = wordsOf(language);
  let faults: readonly string[];

  beforeAll(async () => {
    journey = await startJourney({ folder: miniProgram.compiled });
    page = await journey.context.newPage();
    faults = hearFaults(page);
    await page.setViewportSize({ width: 1440, height: 1000 });
    // The page speaks as the browser asks it to, until another language is chosen.
    await page.addInitScript(`localStorage.setItem('stage:language', '${language}')`);
    await page.goto(journey.running.stage.url);
  });

  afterAll(() => journey.close());

  const phone = (title: string): FrameLocator => page.frameLocator(`iframe[title="${title}"]`);
  const tap = (frame: FrameLocator, name: string): Promise<void> =>
    frame.getByRole('button', { name, exact: true }).filter({ visible: true }).first().click();
  const agree = async (frame: FrameLocator): Promise<void> => {
    await frame.getByRole('checkbox', { checked: false }).click();
    await tap(frame, words.agree);
  };
  const photograph = async (frame: FrameLocator): Promise<void> => {
    await frame.locator('.wx-camera-finder canvas').waitFor();
    await tap(frame, words.shutter);
    await tap(frame, words.use);
  };
  const matchWord = (frame: FrameLocator): Promise<string> =>
    frame.locator('.mark-word, [class*="--mark-word"]').first().innerText();

  it('enrols, shows, is scanned off the screen, compared, and finds the check in the history', async () => {
    const [holder, merchant] = [phone(titles[0]), phone(titles[1])];
    await tap(holder, words.getCard);
    await agree(holder);
    await agree(holder);
    await agree(holder);
    await tap(holder, words.allow);
    await photograph(holder);
    await photograph(holder);
    await tap(holder, words.agrees);
    await photograph(holder);
    await tap(holder, words.finger);
    await tap(holder, words.touch);
    await tap(holder, words.seeCard);
    await tap(holder, words.parcel);
    await holder.getByRole('button', { name: words.scanned }).waitFor();

    await tap(merchant, words.scan);
    await tap(merchant, words.allow);
    await merchant.getByText(words.question).waitFor();
    const word = await matchWord(merchant);
    await tap(merchant, words.same);
    await tap(merchant, words.next);

    await tap(holder, words.scanned);
    expect(await matchWord(holder)).toBe(word);
    await tap(holder, words.matches);
    await tap(holder, words.history);
    await holder.getByText(words.staffSame).waitFor();
    expect(faults).toEqual([]);
  });
});
