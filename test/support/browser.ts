import { chromium, type Browser } from 'playwright-core';
import { findBrowser } from '../../scripts/run/find-browser.mjs';

/** Starts a browser of this machine without a window. @param args more of its switches @throws Error that says how to get a browser */
export const launchBrowser = (args: readonly string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath: findBrowser(),
    // Chromium's own sandbox cannot be had by the superuser, as whom containers run.
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...args],
  });
