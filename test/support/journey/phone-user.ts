import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { Phone } from '../../../local/phone/contract/phone';
import type { PhoneSettings } from '../../../local/phone/contract/settings';

/** The phone's frame: what `evaluate` is given runs there. */
declare const window: { readonly phone?: Phone };

const pictures = resolve(__dirname, '../../../dist/journey');

/** Languages of the screens. */
export type Language = 'zh' | 'en';

const tags = { zh: 'zh_CN', en: 'en' } as const satisfies Record<Language, PhoneSettings['language']>;

/** Somebody with a phone in the hand: sees what is on the screen and taps it. */
export interface PhoneUser {
  readonly page: Page;
  readonly sees: (text: string | RegExp) => Promise<void>;
  readonly taps: (name: string | RegExp) => Promise<void>;
  readonly button: (name: string | RegExp) => Locator;
  readonly settings: (change: Partial<PhoneSettings>) => Promise<void>;
  /** Keeps a picture of the screen in the build folder. */
  readonly keeps: (name: string) => Promise<void>;
  /** What the phone has reported as broken so far. */
  readonly faults: readonly string[];
}

export interface PhoneUserOptions {
  readonly url: string;
  readonly id: string;
  readonly language: Language;
  readonly settings: Partial<PhoneSettings>;
  /** Where the mini-program opens; its first page where absent. */
  readonly route?: string;
}

const exactly = (name: string | RegExp) => ({ name, exact: typeof name === 'string' });

/** Gives somebody a phone, in a tab of its own at 375 × 812. */
export const takePhone = async (context: BrowserContext, options: PhoneUserOptions): Promise<PhoneUser> => {
  const { url, id, language, settings, route = '' } = options;
  const page = await context.newPage();
  await page.setViewportSize({ width: 375, height: 812 });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(message.text());
  });
  const initial = encodeURIComponent(JSON.stringify({ ...settings, language: tags[language] }));
  await page.goto(`${url}/phone/?phone=${id}&settings=${initial}${route === '' ? '' : `#${route}`}`);
  const button = (name: string | RegExp): Locator =>
    page.getByRole('button', exactly(name)).filter({ visible: true }).first();
  return {
    page,
    faults,
    button,
    sees: (text) => page.getByText(text, { exact: false }).filter({ visible: true }).first().waitFor(),
    taps: (name) => button(name).click(),
    settings: (change) =>
      page.evaluate((wanted) => {
        window.phone?.change(wanted);
      }, change),
    keeps: async (name) => {
      mkdirSync(pictures, { recursive: true });
      // Turning marks and sliding bars come to rest where they are.
      await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
    },
  };
};

/** A sample person before the phone's camera, logged in with an account of their own. */
export const samplePerson = (person: string): Partial<PhoneSettings> => ({
  openId: `oSample-${person}`,
  camera: { kind: 'sample', person, picture: 'auto' },
});
