import type { Page } from 'playwright-core';

/** Moves the clock of the phone, while its timers go on as before. */
export const moveClock = (page: Page, milliseconds: number): Promise<void> =>
  page.evaluate((by) => {
    const before = Date.now.bind(Date);
    Date.now = () => before() + by;
  }, milliseconds);
