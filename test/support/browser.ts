import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * A Chromium or Chrome of this machine: the one that WECHAT_ID_CHROMIUM names, one on the PATH, or one in its usual place.
 * @throws Error that says how to get one
 */
export const findBrowser = (): string => {
  const named = process.env['WECHAT_ID_CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`WECHAT_ID_CHROMIUM names ${named}, where there is no browser.`);
  }
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const found = [...onPath, ...places].find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new Error(
    'No Chromium or Chrome was found. Install one (Debian: apt-get install chromium fonts-noto-cjk; macOS: brew install --cask chromium), or set WECHAT_ID_CHROMIUM to its path.',
  );
};

/** Starts it without a window. @param args more of its switches */
export const launchBrowser = (args: readonly string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath: findBrowser(),
    // Chromium's own sandbox cannot be had by the superuser, as whom containers run.
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...args],
  });
