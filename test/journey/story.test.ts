import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser';
import { miniProgram, startWhole, type Running } from '../support/journey/stage';
import { wordsOf, type JourneyWords } from '../support/journey/words';

jest.setTimeout(120_000);

/** Two phones side by side on one page: the merchant's scanner looks at the holder's screen and nothing else. */
describe.each([
  ['the sources', 'en', miniProgram.sources],
  ['the compiled upload files', 'zh', miniProgram.compiled],
] as const)('the page with two phones, running %s', (_, language, folder) => {
  let browser: Browser;
  let running: Running;
  let context: BrowserContext;
  let page: Page;
  let words: JourneyWords;
  const faults: string[] = [];

  beforeAll(async () => {
    [browser, running] = await Promise.all([launchBrowser(), startWhole(folder)]);
    context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: language });
    context.setDefaultTimeout(30_000);
    page = await context.newPage();
    page.on('pageerror', (error) => faults.push(error.message));
    words = wordsOf(language);
    await page.goto(running.stage.url);
  });

  afterAll(async () => {
    await browser.close();
    await running.close();
  });

  const phone = (index: number): FrameLocator => page.frameLocator('iframe.phone-frame').nth(index);
  const tap = (frame: FrameLocator, name: string) =>
    frame.getByRole('button', { name, exact: true }).filter({ visible: true }).first().click();

  it('enrols, shows, is scanned off the screen, compared, and finds the check in the history', async () => {
    const holder = phone(0);
    const merchant = phone(1);
    await tap(holder, words.getCard);
    for (const _side of ['document', 'face']) {
      await holder.getByRole('checkbox', { checked: false }).click();
      await tap(holder, words.agree);
    }
    await tap(holder, words.allow);
    for (const _picture of ['front', 'back']) {
      await holder.locator('.wx-camera-finder canvas').waitFor();
      await tap(holder, words.shutter);
      await tap(holder, words.use);
    }
    await tap(holder, words.agrees);
    await holder.locator('.wx-camera-finder canvas').waitFor();
    await tap(holder, words.shutter);
    await tap(holder, words.use);
    await tap(holder, words.seeCard);
    await tap(holder, words.parcel);
    await holder.getByRole('button', { name: words.scanned }).waitFor();

    await tap(merchant, words.scan);
    await tap(merchant, words.allow);
    await merchant.getByText(words.question).waitFor();
    const colour = await merchant.locator('.mark-word, [class*="--mark-word"]').first().innerText();
    await tap(merchant, words.same);
    await tap(merchant, words.next);

    await tap(holder, words.scanned);
    expect(await holder.locator('.mark-word, [class*="--mark-word"]').first().innerText()).toBe(colour);
    await tap(holder, words.matches);
    await tap(holder, words.history);
    await holder.getByText(words.staffSame).waitFor();
    expect(faults).toEqual([]);
  });
});
