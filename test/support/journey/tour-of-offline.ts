import type { Inspector } from './inspection';
import type { PhoneUser } from './phone-user';
import { pictureOfCode, scanPicture } from './steps';

/** Walks over a check while neither phone has a network. @param merchant who stands at the scanner and has been online */
export const tourOfOffline = async (holder: PhoneUser, merchant: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words } = holder;
  await holder.settings({ network: 'offline' });
  await merchant.settings({ network: 'offline' });
  // Leaving the first screen and coming back asks for the card anew.
  await holder.taps(words.history);
  await holder.taps(words.goBack);
  await holder.sees(words.noConnection);
  await looks(holder, 'home-passes');
  await holder.taps(words.parcel);
  await holder.sees(words.passOnce);
  const pass = await pictureOfCode(holder);
  await looks(holder, 'offline-code');
  await scanPicture(merchant, pass);
  await merchant.sees(words.passValid);
  await looks(merchant, 'pass-valid');
  await merchant.taps(words.next);
  await scanPicture(merchant, pass);
  await merchant.button(words.next).waitFor();
  await looks(merchant, 'pass-refused');
  await merchant.taps(words.next);
  await holder.taps(words.scanned);
  await holder.sees(words.lookAtMerchant);
  await looks(holder, 'offline-done');
  await merchant.settings({ network: 'online' });
  await holder.settings({ network: 'online' });
  await holder.taps(words.leave);
  await holder.sees(words.ready);
};
