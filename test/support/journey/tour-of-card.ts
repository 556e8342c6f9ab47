import { forgeAnswers, holdCalls } from './calls';
import type { Inspector } from './inspection';
import type { PhoneUser } from './phone-user';
import { giveConsents, endShowing, photograph, photographCard, restsFromToast, waits } from './steps';
import { tourOfCase } from './tour-of-case';
import { moveClock } from './clock';
import { tourOfDeletion, tourOfManage } from './tour-of-manage';
import { comeBack, tourOfLife, withCard } from './tour-of-life';
import { tourOfSecurity } from './tour-of-security';

/** Longer than a showing lasts. */
const LATER_MS = 6 * 60 * 1000;

const firstScreen = async (holder: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words } = holder;
  await holder.sees(words.ready);
  await looks(holder, 'home-card');
  await holder.taps(words.suspend);
  await holder.button(words.keep).waitFor();
  await looks(holder, 'home-suspend-asked');
  await holder.taps(words.suspend);
  await holder.sees(words.suspended);
  await restsFromToast(holder);
  await looks(holder, 'home-suspended');
  await holder.taps(words.resume);
  await holder.sees(words.resumed);
  await looks(holder, 'home-resumed');
  await restsFromToast(holder);
};

/** What is on the screen around a code. @returns with the first screen */
const code = async (holder: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words, page } = holder;
  await holder.settings({ network: 'offline' });
  await holder.taps(words.parcel);
  await holder.sees(words.noConnection);
  await looks(holder, 'show-offline');
  await holder.settings({ network: 'online' });
  const held = await holdCalls(holder, 'holder');
  await holder.taps(words.tryAgain);
  await waits(holder);
  await looks(holder, 'show-opening');
  held.release();
  await holder.button(words.scanned).waitFor();
  await looks(holder, 'show-code');
  await holder.screenshot();
  await holder.sees(words.captured);
  await looks(holder, 'show-captured');
  await moveClock(page, LATER_MS);
  await holder.sees(words.codeOver);
  await looks(holder, 'show-over');
  await moveClock(page, -LATER_MS);
  await holder.taps(words.showAgain);
  await holder.taps(words.scanned);
  await holder.button(words.matches).waitFor();
  await looks(holder, 'show-match');
  await holder.taps(words.differs);
  await holder.sees(words.handNothing);
  await looks(holder, 'show-differs');
  await holder.taps(words.showAgain);
  await endShowing(holder);
};

const lost = async (holder: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words } = holder;
  const forged = await forgeAnswers(holder, 'listHistory', () => ({ ok: true, entries: [], next: null }));
  await holder.taps(words.history);
  await holder.sees(words.emptyHistory);
  await looks(holder, 'history-empty');
  forged.release();
  await holder.settings({ network: 'offline' });
  await holder.taps(words.goBack);
  await holder.sees(words.noConnection);
  await looks(holder, 'home-offline');
  await holder.settings({ network: 'online' });
  await holder.taps(words.retry);
  await holder.sees(words.ready);
  await holder.settings({ network: 'offline' });
  await holder.taps(words.history);
  await holder.sees(words.noConnection);
  await looks(holder, 'history-offline');
  await holder.settings({ network: 'online' });
  await holder.taps(words.goBack);
};

/** Walks over what a holder sees of a card. @returns with the first screen */
export const tourOfCard = async (holder: PhoneUser, inspector: Inspector): Promise<void> => {
  await firstScreen(holder, inspector);
  await tourOfLife(holder, inspector);
  await code(holder, inspector);
  await lost(holder, inspector);
  await tourOfSecurity(holder, inspector);
  await tourOfManage(holder, inspector);
};

/** What the first screen says of a card that is over, and where getting a new one may end. */
export const tourOfEnd = async (holder: PhoneUser, inspector: Inspector): Promise<void> => {
  const { words } = holder;
  const { looks } = inspector;
  const revoked = await forgeAnswers(holder, 'getCard', withCard({ status: 'revoked' }));
  await comeBack(holder);
  await holder.sees(words.revoked);
  await looks(holder, 'home-revoked');
  revoked.release();
  const expired = await forgeAnswers(holder, 'getCard', withCard({ status: 'expired' }));
  await comeBack(holder);
  await holder.button(words.renew).waitFor();
  await looks(holder, 'home-expired');
  expired.release();
  await holder.taps(words.renew);
  await giveConsents(holder);
  await photographCard(holder);
  await holder.taps(words.agrees);
  const inReview = await forgeAnswers(holder, 'matchFace', () => ({ ok: true, outcome: 'inReview' }));
  await tourOfCase(holder, inspector, () => photograph(holder));
  inReview.release();
  await tourOfDeletion(holder, inspector);
};
