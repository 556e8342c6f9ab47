import { forgeAnswers } from './calls';
import type { Inspector } from './inspection';
import type { PhoneUser } from './phone-user';

const DAY_MS = 86_400_000;

/** Walks over the states of a case that is decided elsewhere. @param begin sends one to review @returns with the first screen */
export const tourOfCase = async (
  holder: PhoneUser,
  { looks }: Inspector,
  begin: () => Promise<void>,
): Promise<void> => {
  const { words } = holder;
  const until = Date.UTC(2026, 11, 3, 2);
  const tells = (reply: object) => forgeAnswers(holder, 'followCase', () => ({ ok: true, ...reply }));
  /** Leaves the page for the first screen and comes back to it by the reminder there. */
  const comesBack = async (reply: object, text: string, name: string): Promise<void> => {
    const told = await tells(reply);
    await holder.taps(words.goBack);
    await holder.taps(words.follow);
    await holder.sees(text);
    await looks(holder, name);
    told.release();
  };
  const inReview = await tells({ state: 'inReview', isAppeal: false });
  await begin();
  await holder.sees(words.inReview);
  await looks(holder, 'case-in-review');
  await holder.taps(words.goBack);
  await holder.button(words.follow).waitFor();
  await looks(holder, 'home-with-case');
  await holder.taps(words.follow);
  await holder.button(words.lookAgain).waitFor();
  inReview.release();
  const refused = { state: 'refused', reason: 'not_live', appealUntil: until };
  await comesBack(refused, words.reviewRefused, 'case-refused');
  await holder.taps(words.appeal);
  await holder.button(words.cancel).or(holder.page.getByRole('alertdialog')).first().waitFor();
  await looks(holder, 'case-appeal-asked');
  await holder.page.keyboard.press('Escape');
  await comesBack({ state: 'inReview', isAppeal: true }, words.appealed, 'case-appealed');
  await comesBack({ state: 'open', isRead: false, until }, words.photographFirst, 'case-unread');
  await comesBack({ state: 'open', isRead: true, until }, words.counterConfirms, 'case-counter');
  const number = { ok: true, number: '00420815', serverTime: until, expiresAt: until + DAY_MS / 288 };
  const called = await forgeAnswers(holder, 'callCounter', () => number);
  const stays = await tells({ state: 'open', isRead: true, until });
  await holder.taps(words.callCounter);
  await holder.sees(words.readOut);
  await looks(holder, 'case-number');
  called.release();
  stays.release();
  await comesBack({ state: 'matched', nonce: 'AAECAwQFBgcICQoLDA0ODw', until }, words.vouched, 'case-vouched');
  await comesBack({ ...refused, appealUntil: null }, words.noAppeal, 'case-final');
  await holder.taps(words.goBack);
  await holder.sees(words.ready);
};
