import { forgeAnswers, holdCalls } from './calls';
import { moveClock } from './clock';
import type { Inspector } from './inspection';
import type { PhoneUser } from './phone-user';
import { waits } from './steps';

/** Longer than a number for the counter serves. */
const LATER_MS = 6 * 60 * 1000;

/** A row by its title, whatever its note says. */
export const rowOf = (title: string): RegExp => new RegExp(`^${title}`);

/** Opens the page from which the card is managed, from the first screen. */
export const openManage = async (holder: PhoneUser): Promise<void> => {
  await holder.taps(holder.words.manage);
  await holder.button(rowOf(holder.words.exportData)).waitFor();
};

const killCode = async (holder: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words } = holder;
  await holder.taps(rowOf(words.killCode));
  await holder.button(words.makeCode).waitFor();
  await looks(holder, 'kill-code');
  await holder.taps(words.makeCode);
  await holder.sees(words.writeDown);
  await looks(holder, 'kill-code-made');
  await holder.taps(words.sheet);
  await holder.button(words.saveFile).waitFor();
  await looks(holder, 'kill-code-sheet');
  await holder.taps(words.cancel);
  await holder.taps(words.written);
  // The row as it is now, and not as the page was left.
  await holder.sees(/日生成|Made on/);
  await looks(holder, 'manage-with-code');
  await holder.taps(rowOf(words.killCode));
  await holder.button(words.makeAnew).waitFor();
  await looks(holder, 'kill-code-present');
  await holder.taps(words.makeAnew);
  await holder.button(words.keepCode).waitFor();
  await looks(holder, 'kill-code-asked');
  await holder.taps(words.confirmCode);
  await holder.sees(words.codeBefore);
  await looks(holder, 'kill-code-replaced');
  await holder.taps(words.written);
};

const visit = async (holder: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words, page } = holder;
  await holder.taps(rowOf(words.visit));
  await holder.sees(words.readOut);
  await looks(holder, 'visit');
  await moveClock(page, LATER_MS);
  await holder.sees(words.visitOver);
  await looks(holder, 'visit-over');
  await moveClock(page, -LATER_MS);
  await holder.settings({ network: 'offline' });
  await holder.taps(words.anotherNumber);
  await holder.sees(words.noConnection);
  await looks(holder, 'visit-offline');
  await holder.settings({ network: 'online' });
  await holder.taps(words.tryAgain);
  await holder.taps(words.done);
};

const dataExport = async (holder: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words } = holder;
  await holder.taps(rowOf(words.exportData));
  await holder.button(words.readData).waitFor();
  await looks(holder, 'data-export');
  const held = await holdCalls(holder, 'holder');
  await holder.taps(words.readData);
  await waits(holder);
  await looks(holder, 'data-export-reading');
  held.release();
  await holder.button(words.dataFile).waitFor();
  await looks(holder, 'data-export-shown');
  await holder.taps(words.goBack);
};

/** Whom a bank's customer lets ask after the card: no sample person has answered one by now. */
const mayAsk = () => ({
  ok: true,
  consents: [
    {
      number: 2,
      partner: { zh: '江南城市银行云栖支行', en: 'Jiangnan City Bank, Yunqi Branch' },
      purpose: 'bank-account-opening',
      until: Date.now() + 365 * 24 * 60 * 60 * 1000,
    },
  ],
});

const consents = async (holder: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words } = holder;
  const held = await holdCalls(holder, 'holder');
  await holder.taps(rowOf(words.whoMayAsk));
  await waits(holder);
  await looks(holder, 'consents-loading');
  held.release();
  await holder.sees(words.nobodyMayAsk);
  await looks(holder, 'consents-none');
  await holder.taps(words.goBack);
  const told = await forgeAnswers(holder, 'listConsents', mayAsk);
  await holder.taps(rowOf(words.whoMayAsk));
  await holder.button(/^(江南城市银行|Jiangnan City Bank)/).waitFor();
  await looks(holder, 'consents');
  told.release();
  await holder.taps(words.goBack);
  await holder.settings({ network: 'offline' });
  await holder.taps(rowOf(words.whoMayAsk));
  await holder.sees(words.noConnection);
  await looks(holder, 'consents-offline');
  await holder.settings({ network: 'online' });
  await holder.taps(words.goBack);
};

/** Walks over the pages from which the card is managed, from the first screen and back to it. */
export const tourOfManage = async (holder: PhoneUser, inspector: Inspector): Promise<void> => {
  const { words } = holder;
  const { looks } = inspector;
  await openManage(holder);
  await looks(holder, 'manage');
  await killCode(holder, inspector);
  await visit(holder, inspector);
  await dataExport(holder, inspector);
  await consents(holder, inspector);
  await holder.settings({ network: 'offline' });
  await holder.taps(rowOf(words.suspendCard));
  await holder.button(words.keep).waitFor();
  await looks(holder, 'manage-suspend-asked');
  await holder.taps(words.keep);
  await holder.settings({ network: 'online' });
  await holder.taps(words.goBack);
  await holder.sees(words.ready);
};

/** Deletes everything, from the first screen and back to it: there is no card any more. */
export const tourOfDeletion = async (holder: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words, page } = holder;
  await openManage(holder);
  await holder.taps(rowOf(words.deletion));
  await page.getByRole('checkbox', { checked: false }).click();
  await looks(holder, 'deletion');
  await holder.settings({ network: 'offline' });
  await holder.taps(words.deletion);
  await holder.button(words.confirmDeletion).waitFor();
  await looks(holder, 'deletion-asked');
  await holder.taps(words.confirmDeletion);
  await holder.sees(words.noConnection);
  await looks(holder, 'deletion-offline');
  await holder.settings({ network: 'online' });
  await holder.taps(words.tryAgain);
  await holder.sees(words.deleted);
  await holder.sees(words.proved);
  await looks(holder, 'deletion-done');
  await holder.taps(words.leave);
  await holder.button(words.getCard).waitFor();
};
