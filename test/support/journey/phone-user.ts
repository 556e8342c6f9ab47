import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { Phone } from '../../../local/phone/contract/phone';
import type { PhoneSettings } from '../../../local/phone/contract/settings';
import type { ScreenDocument } from './dom';
import { hearFaults } from './faults';
import { wordsOf, type JourneyWords, type Language } from './words';

/** The phone's frame: what `evaluate` is given runs there. */
declare const window: { readonly phone?: Phone };
declare const document: ScreenDocument;
declare const requestAnimationFrame: (run: (at: number) => void) => void;

const pictures = resolve(__dirname, '../../../dist/journey');
/** Somebody has to want them: drawing every screen to its end takes a fifth of a journey's time. */
const keepsPictures = process.env['KEEP_PICTURES'] !== undefined;

export type Theme = PhoneSettings['theme'];

/** How a phone's screens look. */
export interface Look {
  readonly language: Language;
  readonly theme: Theme;
}

const tags = { zh: 'zh_CN', en: 'en' } as const satisfies Record<Language, PhoneSettings['language']>;
const WIDTH = 375;
const HEIGHT = 812;

/** Somebody with a phone in the hand: sees what is on the screen and taps it. */
export interface PhoneUser {
  readonly page: Page;
  readonly language: Language;
  /** The theme that the phone was switched on with. */
  readonly theme: Theme;
  readonly words: JourneyWords;
  readonly sees: (text: string | RegExp) => Promise<void>;
  readonly taps: (name: string | RegExp) => Promise<void>;
  readonly button: (name: string | RegExp) => Locator;
  readonly settings: (change: Partial<PhoneSettings>) => Promise<void>;
  /** Takes a screenshot on the phone itself, of which the mini-program is told. @returns a PNG as a URL */
  readonly screenshot: () => Promise<string>;
  /** Has what moves and comes to an end come to it: colours that pass over into others are judged where they come to. */
  readonly rests: () => Promise<void>;
  /** Changes the theme, and rests. */
  readonly turns: (theme: Theme) => Promise<void>;
  /** Keeps a picture of the screen, from top to end, in the build folder, where pictures are asked for. @param theme the one that it is in now */
  readonly keeps: (name: string, theme?: Theme) => Promise<void>;
  /** What the phone has reported as broken so far. */
  readonly faults: readonly string[];
}

export interface PhoneUserOptions {
  readonly url: string;
  readonly id: string;
  readonly look: Look;
  readonly settings: Partial<PhoneSettings>;
  /** Where the mini-program opens; its first page where absent. */
  readonly route?: string;
}

const exactly = (name: string | RegExp) => ({ name, exact: typeof name === 'string' });

/** How much taller the screen would have to be to show the page, or the sheet over it, to its end. */
const hiddenHeight = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const scrolling = [...document.querySelectorAll('.wx-page')].filter((one) => one.offsetParent !== null);
    return Math.max(0, ...scrolling.map((one) => one.scrollHeight - one.clientHeight));
  });

/** Gives somebody a phone, in a tab of its own at 375 × 812. */
export const takePhone = async (context: BrowserContext, options: PhoneUserOptions): Promise<PhoneUser> => {
  const { url, id, look, settings, route = '' } = options;
  const page = await context.newPage();
  await page.setViewportSize({ width: WIDTH, height: HEIGHT });
  const faults = hearFaults(page);
  const initial = encodeURIComponent(
    JSON.stringify({ ...settings, language: tags[look.language], theme: look.theme } satisfies Partial<PhoneSettings>),
  );
  await page.goto(`${url}/phone/?phone=${id}&settings=${initial}${route === '' ? '' : `#${route}`}`);
  // What was opened last lies over what has a button of the same name.
  const button = (name: string | RegExp): Locator =>
    page.getByRole('button', exactly(name)).filter({ visible: true }).last();
  const rests = (): Promise<void> =>
    page.evaluate(async () => {
      await new Promise((resolve) => {
        requestAnimationFrame(resolve);
      });
      // What turns without an end is no transition.
      for (const one of document.getAnimations()) if (one.transitionProperty !== undefined) one.finish();
    });
  return {
    page,
    language: look.language,
    theme: look.theme,
    words: wordsOf(look.language),
    faults,
    button,
    sees: (text) => page.getByText(text, { exact: false }).filter({ visible: true }).first().waitFor(),
    taps: async (name) => {
      // A tab behind another one draws rarely, and a tap waits for what is drawn.
      await page.bringToFront();
      await button(name).click();
    },
    settings: (change) =>
      page.evaluate((wanted) => {
        window.phone?.change(wanted);
      }, change),
    screenshot: () =>
      page.evaluate(async () => {
        const picture = await window.phone?.screenshot();
        if (!picture) throw new Error('the phone does not run');
        const bytes = new Uint8Array(await picture.arrayBuffer());
        const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
        return `data:${picture.type};base64,${btoa(text)}`;
      }),
    rests,
    turns: async (theme) => {
      await page.evaluate((wanted) => {
        window.phone?.change({ theme: wanted });
      }, theme);
      await rests();
    },
    keeps: async (name, theme = look.theme) => {
      if (!keepsPictures) return;
      const path = join(pictures, `${look.language}-${theme}`, `${name}.png`);
      mkdirSync(dirname(path), { recursive: true });
      const more = await hiddenHeight(page);
      if (more > 0) await page.setViewportSize({ width: WIDTH, height: HEIGHT + more });
      await page.waitForFunction('[...document.images].every(({ complete }) => complete)');
      // Turning marks and sliding bars come to rest where they are.
      await page.screenshot({ path, animations: 'disabled' });
      if (more > 0) await page.setViewportSize({ width: WIDTH, height: HEIGHT });
    },
  };
};

/** A sample person before the phone's camera, logged in with an account of their own. */
export const samplePerson = (person: string): Pick<PhoneSettings, 'openId' | 'camera'> => ({
  openId: `oSample-${person}`,
  camera: { kind: 'sample', person, picture: 'auto' },
});
