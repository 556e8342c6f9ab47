/**
 * The browser that the phones run in. Without this a machine without one would pass its tests by skipping half of them, or fail them
 * one by one with a message of the driver's.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const folder = process.env[name];
    return folder === undefined ? [] : [join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')];
  }),
];

/** A program by its name, or undefined. @param {string} name */
export const onPath = (name) =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));

/** A browser of this machine, or undefined. */
export const locate = () =>
  names.map(onPath).find((file) => file !== undefined) ?? places.find((file) => existsSync(file));

/**
 * A Chromium or Chrome of this machine: the one that WECHAT_ID_CHROMIUM names, one on the PATH, or one in its usual place.
 * @returns {string}
 * @throws {Error} that says how to get one
 */
export const findBrowser = () => {
  const named = process.env['WECHAT_ID_CHROMIUM'];
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`WECHAT_ID_CHROMIUM names ${named}, where there is no browser.`);
  }
  const found = locate();
  if (found !== undefined) return found;
  throw new Error(
    'No Chromium or Chrome was found. Install one (Debian: apt-get install chromium fonts-noto-cjk; macOS: brew install --cask google-chrome), or set WECHAT_ID_CHROMIUM to its path.',
  );
};
