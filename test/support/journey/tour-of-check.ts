import { holdCalls } from './calls';
import type { Inspector } from './inspection';
import type { PhoneUser } from './phone-user';
import { endShowing, pictureOfCode, restsFromToast, scanPicture, showCard, suspend, waits } from './steps';

/** A picture without a code, as a URL of the stage's. */
const NOTHING = '/people/lin-zhiyuan/card-front.jpg';

const counter = async (merchant: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words, page } = merchant;
  await merchant.sees(words.noConnection);
  await looks(merchant, 'scan-offline');
  const held = await holdCalls(merchant, 'verifier');
  await merchant.settings({ network: 'online' });
  await merchant.taps(words.retry);
  await waits(merchant);
  await looks(merchant, 'scan-loading');
  held.release();
  await merchant.button(words.scan).waitFor();
  await merchant.settings({ scopes: { 'scope.camera': 'denied' } });
  await merchant.taps(words.scan);
  await merchant.sees(words.cameraDenied);
  await looks(merchant, 'scan-denied');
  await merchant.settings({ scopes: { 'scope.camera': 'granted' } });
  await scanPicture(merchant, NOTHING);
  await page.locator('.phone-scanner canvas').waitFor();
  await looks(merchant, 'scanner');
  await merchant.taps(words.cancel);
};

/** One code is accepted while the network comes and goes; then its picture is worth nothing. */
const accepted = async (holder: PhoneUser, merchant: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words } = merchant;
  await showCard(holder);
  const picture = await pictureOfCode(holder);
  await looks(merchant, 'scan');
  await merchant.settings({ network: 'offline' });
  await scanPicture(merchant, picture);
  await merchant.sees(words.undetermined);
  await looks(merchant, 'result-undetermined');
  const held = await holdCalls(merchant, 'verifier');
  await merchant.settings({ network: 'online' });
  await merchant.taps(words.again);
  await waits(merchant);
  await looks(merchant, 'result-checking');
  held.release();
  await merchant.sees(words.question);
  await looks(merchant, 'result-valid');
  await merchant.settings({ network: 'offline' });
  await merchant.taps(words.same);
  await merchant.sees(words.notSent);
  await looks(merchant, 'result-not-sent');
  await merchant.settings({ network: 'online' });
  await merchant.taps(words.send);
  await merchant.sees(words.noted);
  await looks(merchant, 'result-same');
  await merchant.taps(words.next);
  await looks(merchant, 'scan-accepted');
  await scanPicture(merchant, picture);
  await merchant.sees(words.codeUsed);
  await looks(merchant, 'result-used');
  await merchant.taps(words.next);
  await endShowing(holder);
};

const answered = async (
  holder: PhoneUser,
  merchant: PhoneUser,
  { looks }: Inspector,
  [answer, said, name]: readonly [answer: string, said: string, name: string],
): Promise<void> => {
  await showCard(holder);
  await scanPicture(merchant, await pictureOfCode(holder));
  await merchant.taps(answer);
  await merchant.button(merchant.words.next).waitFor();
  await merchant.sees(said);
  await looks(merchant, name);
  await merchant.taps(merchant.words.next);
  await endShowing(holder);
};

const suspended = async (holder: PhoneUser, merchant: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words } = holder;
  await showCard(holder);
  const picture = await pictureOfCode(holder);
  await endShowing(holder);
  await suspend(holder);
  await scanPicture(merchant, picture);
  await merchant.sees(words.heldSuspended);
  await looks(merchant, 'result-suspended');
  await merchant.taps(words.next);
  await holder.taps(words.resume);
  await holder.sees(words.ready);
  await restsFromToast(holder);
};

/** Walks over what a merchant sees, and over what the holder sees of it afterwards. @param merchant whose phone began offline */
export const tourOfCheck = async (holder: PhoneUser, merchant: PhoneUser, inspector: Inspector): Promise<void> => {
  const { words } = holder;
  await counter(merchant, inspector);
  await accepted(holder, merchant, inspector);
  await answered(holder, merchant, inspector, [words.unsure, words.askPhysical, 'result-unsure']);
  await answered(holder, merchant, inspector, [words.different, words.holderSees, 'result-different']);
  await suspended(holder, merchant, inspector);
  await holder.taps(words.history);
  await holder.sees(words.staffSame);
  await inspector.looks(holder, 'history');
  await holder.taps(words.goBack);
  await holder.taps(words.checkCards);
  await holder.sees(words.notStaff);
  await inspector.looks(holder, 'scan-not-staff');
  await holder.taps(words.leave);
};
