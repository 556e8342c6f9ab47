import type { Frame, FrameLocator, Page } from 'playwright-core';
import { hearFaults } from '../support/journey/faults';
import { graveBarriers } from '../support/journey/inspection';
import { startJourney, type Journey } from '../support/journey/journey';
import { wordsOf } from '../support/journey/words';

jest.setTimeout(120_000);

/** The page around the phones, for somebody who tries to cheat. */
describe('the panel beside the phones', () => {
  let journey: Journey;
  let page: Page;
  let holder: FrameLocator;
  let merchant: FrameLocator;
  let faults: readonly string[];
  const words = wordsOf('en');

  beforeAll(async () => {
    // As `npm start` has it: with the bank beside the merchant.
    journey = await startJourney({ withPartners: true });
    page = await journey.context.newPage();
    faults = hearFaults(page);
    await page.setViewportSize({ width: 1440, height: 1000 });
    await page.goto(journey.running.stage.url);
    holder = page.frameLocator('iframe[title="Holder"]');
    merchant = page.frameLocator('iframe[title="Merchant"]');
    await holder.getByRole('button', { name: words.getCard }).waitFor();
  });

  afterEach(() => {
    expect(faults).toEqual([]);
  });

  afterAll(() => journey.close());

  const controls = (who: 'Holder' | 'Merchant') =>
    page.locator('details').filter({ has: page.locator('summary', { hasText: new RegExp(`^${who}$`) }) });
  const choose = (who: 'Holder' | 'Merchant', label: string, option: string) =>
    controls(who).getByLabel(label).selectOption({ label: option });

  const agree = async (): Promise<void> => {
    await holder.getByRole('checkbox', { checked: false }).click();
    await holder.getByRole('button', { name: words.agree }).click();
  };

  const sizes = [
    [1440, 'light'],
    [1024, 'dark'],
    [375, 'light'],
  ] as const;
  const turn = async (width: number, height: number, colorScheme: 'light' | 'dark'): Promise<void> => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height });
  };
  const turnBack = (): Promise<void> => turn(1440, 1000, 'light');
  const holdsItsWidth = async (where: Page | Frame): Promise<void> => {
    const [content, window] = await where.evaluate<[number, number]>(
      '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
    );
    expect(content).toBeLessThanOrEqual(window);
  };

  it.each(sizes)('has no grave barrier at %i px, %s, and nothing beyond its width', async (width, colorScheme) => {
    await turn(width, 900, colorScheme);
    expect(await graveBarriers(page)).toEqual([]);
    await holdsItsWidth(page);
    await turnBack();
  });

  it.each(sizes)('shows the bank’s counter at %i px, %s, as good to use as the rest', async (width, colorScheme) => {
    await turn(width, 900, colorScheme);
    const tab = (name: string) => page.getByRole('tab', { name, exact: true });
    await tab("Bank's counter").click();
    await page
      .frameLocator('iframe[title="Bank\'s counter"]')
      .getByRole('heading', { name: 'Open an account', exact: true })
      .waitFor();
    expect(await page.locator('#merchant').isVisible()).toBe(false);
    const address = journey.running.partners?.bank ?? '?';
    const counter = page.frames().find((frame) => frame.url().startsWith(address));
    if (!counter) throw new Error('no frame is of the bank’s own server');
    for (const where of [page, counter]) {
      expect(await graveBarriers(where)).toEqual([]);
      await holdsItsWidth(where);
    }
    await tab('Merchant').click();
    await merchant.getByRole('button').first().waitFor();
    expect(await page.locator('#counter').isVisible()).toBe(false);
    await turnBack();
  });

  it('changes who is logged in, what the phone looks like and what it says', async () => {
    await choose('Merchant', 'Who is logged in', 'Shen Ruoxi');
    await merchant
      .getByText(words.notStaff)
      .or(merchant.getByRole('button', { name: words.getCard }))
      .first()
      .waitFor();
    await choose('Merchant', 'Language', '中文');
    await merchant.getByRole('button', { name: wordsOf('zh').getCard }).waitFor();
    await choose('Merchant', 'Look', 'dark');
    await merchant.locator('html[data-theme="dark"]').waitFor();
    await choose('Merchant', 'Language', 'English');
    await choose('Merchant', 'Look', 'light');
    await choose('Merchant', 'Who is logged in', 'Yunqi Road Parcel Station · counter-1');
    await controls('Merchant').getByRole('button', { name: 'Open anew' }).click();
  });

  it('takes the network away and gives it back', async () => {
    await choose('Holder', 'Network', 'offline');
    await controls('Holder').getByRole('button', { name: 'Open anew' }).click();
    await holder.getByText(words.noConnection).first().waitFor();
    await choose('Holder', 'Network', 'online');
    await holder.getByRole('button', { name: words.retry }).click();
    await holder.getByRole('button', { name: words.getCard }).waitFor();
  });

  it('denies the camera, and shows what the functions logged without saying who', async () => {
    await choose('Holder', 'Camera permission', 'denied');
    await holder.getByRole('button', { name: words.getCard }).click();
    await agree();
    await agree();
    await holder.getByRole('button', { name: words.withoutTemplate }).click();
    await holder.getByText(words.cameraDenied).waitFor();
    await choose('Holder', 'Camera permission', 'granted');
    const log = page.getByRole('list', { name: 'What the functions logged' });
    await log.getByText('startEnrolment').first().waitFor();
    expect(await log.innerText()).not.toContain('oSample-');
  });

  it('takes a screenshot, which the merchant can be made to scan', async () => {
    await controls('Merchant').getByRole('button', { name: 'Take a screenshot' }).click();
    const picture = page.getByRole('img', { name: 'Take a screenshot' });
    await picture.waitFor();
    await page.getByRole('button', { name: 'Let the merchant scan it' }).click();
    expect(await controls('Merchant').getByLabel('The scanner sees').inputValue()).toBe('file');
  });

  it('lets the guide be put away, after which the phones have its room', async () => {
    // Of the page, however far it is scrolled.
    const top = () =>
      page.evaluate<number>('document.querySelector(".phone-body").getBoundingClientRect().top + window.scrollY');
    const before = await top();
    await page.getByRole('button', { name: 'Hide' }).click();
    expect(await top()).toBeLessThan(before);
  });
});
