import type { Page } from 'playwright-core';

/** What goes wrong on a page and on the phones in it, as it is reported: a phone writes its faults to the console. */
export const hearFaults = (page: Page): readonly string[] => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`);
  });
  return faults;
};
