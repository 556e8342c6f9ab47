import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startAuthority } from '../../../local/authority';
import type { LocalCloud } from '../../../local/cloud';
import type { Phone } from '../../../local/phone/contract/phone';
import type { PhoneSettings } from '../../../local/phone/contract/settings';
import { startStage } from '../../../local/stage/server';
import { approvedTemplates } from '../../../local/ecosystem/message-templates';
import { startCloudUnderTest } from '../../contract/cloud/cloud-under-test';
import { launchBrowser } from '../browser';
import { writeMiniProgram, type FileTexts, type WrittenMiniProgram } from './mini-program';

/** The phone's frame: what `evaluate` is given runs there. */
declare const window: { readonly phone?: Phone };

/** A phone that runs a test's mini-program, in a tab of its own. */
export interface PhoneUnderTest {
  readonly page: Page;
  /** Runs code as the mini-program's own. @returns what it returns, or `{ rejected }` */
  readonly run: (code: string) => Promise<unknown>;
  /** What the mini-program has told so far: its files call `tell(…)`. */
  readonly told: () => Promise<unknown[]>;
  /** What the browser makes of a property of the first such element. */
  readonly style: (selector: string, property: string) => Promise<string>;
  readonly change: (change: Partial<PhoneSettings>) => Promise<void>;
  /** What the phone has reported as broken; a test that expects some empties it. */
  readonly faults: string[];
}

export interface Phones {
  readonly url: string;
  readonly miniProgram: WrittenMiniProgram;
  readonly context: BrowserContext;
  /** Starts a phone, in a tab of an earlier test where one is left open. @param route a page with its query; the first page where absent */
  readonly open: (route?: string, settings?: Partial<PhoneSettings>, id?: string) => Promise<PhoneUnderTest>;
  readonly close: () => Promise<void>;
}

export interface PhonesOptions {
  /** Switches of the browser. */
  readonly args?: readonly string[];
  readonly watch?: boolean;
  /** Absent: a cloud without functions. */
  readonly cloud?: LocalCloud;
}

const defaults: Partial<PhoneSettings> = { language: 'en', openId: 'oAlice' };

const startServer = async (folder: string, { cloud, watch = false }: PhonesOptions) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'phones-'));
  const authority = await startAuthority({ dataDir, models: dataDir, people: [] });
  const own = cloud ? null : await startCloudUnderTest({}, {}, undefined, { messageTemplates: approvedTemplates });
  const within = cloud ?? own?.cloud;
  if (!within) throw new Error('there is no cloud');
  const stage = await startStage({
    ecosystem: { cloud: within, authority },
    partners: null,
    port: 0,
    miniProgram: folder,
    watch,
  });
  return {
    url: stage.url,
    close: async () => {
      await stage.close();
      await own?.close();
      await authority.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

const testNow = (): string => expect.getState().currentTestName ?? '';

/** Tabs, which a browser is slow to open: one that an earlier test leaves open is used again. A test closes the ones it has made unusable. */
const createTabs = (context: BrowserContext) => {
  const tabs = new Map<Page, string>();
  return async (): Promise<Page> => {
    const left = [...tabs].find(([page, test]) => test !== testNow() && !page.isClosed())?.[0];
    const tab = left ?? (await context.newPage());
    tabs.set(tab, testNow());
    if (!left) return tab;
    tab.removeAllListeners();
    await tab.unrouteAll();
    await tab.evaluate('sessionStorage.clear()');
    await tab.goto('about:blank');
    return tab;
  };
};

const hear = (page: Page): string[] => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  return faults;
};

/** Everything that phones need to run a test's mini-program: its files, a server, a browser. */
export const startPhones = async (files: FileTexts, options: PhonesOptions = {}): Promise<Phones> => {
  const miniProgram = writeMiniProgram(files);
  const [browser, server]: [Browser, Awaited<ReturnType<typeof startServer>>] = await Promise.all([
    launchBrowser(options.args),
    startServer(miniProgram.folder, options),
  ]);
  const context = await browser.newContext({ viewport: { width: 375, height: 812 }, hasTouch: true });
  context.setDefaultTimeout(15_000);
  await context.addInitScript(
    'globalThis.told = []; globalThis.tell = (...what) => told.push(what.length > 1 ? what : what[0]);',
  );
  const takeTab = createTabs(context);
  let opened = 0;
  return {
    url: server.url,
    miniProgram,
    context,
    open: async (route = '', settings = {}, id = `phone-${opened}`) => {
      opened += 1;
      const page = await takeTab();
      const faults = hear(page);
      const initial = encodeURIComponent(JSON.stringify({ ...defaults, ...settings }));
      await page.goto(`${server.url}/phone/?phone=${id}&settings=${initial}${route === '' ? '' : `#${route}`}`);
      return {
        page,
        faults,
        run: (code) =>
          page.evaluate<unknown>(
            `(async () => { ${code} })().catch((rejected) => ({ rejected: rejected.errMsg ? rejected : String(rejected) }))`,
          ),
        style: (selector, property) =>
          page.evaluate<string>(
            `getComputedStyle(document.querySelector(${JSON.stringify(selector)})).getPropertyValue(${JSON.stringify(property)})`,
          ),
        told: () => page.evaluate<unknown[]>('told'),
        change: (change) =>
          page.evaluate((wanted) => {
            window.phone?.change(wanted);
          }, change),
      };
    },
    close: async () => {
      await browser.close();
      await server.close();
      miniProgram.close();
    },
  };
};
