import type { PhoneUser } from './phone-user';
import type { JourneyWords } from './words';

/** Reads and ticks both consents. */
export const consent = async (holder: PhoneUser, words: JourneyWords): Promise<void> => {
  await holder.taps(words.getCard);
  await agree(holder, words);
  await agree(holder, words);
};

const agree = async (holder: PhoneUser, words: JourneyWords): Promise<void> => {
  await holder.page.getByRole('checkbox', { checked: false }).click();
  await holder.taps(words.agree);
};

/** Takes one picture and uses it. */
export const photograph = async (holder: PhoneUser, words: JourneyWords): Promise<void> => {
  await holder.page.locator('.wx-camera-finder canvas').waitFor();
  await holder.taps(words.shutter);
  await holder.taps(words.use);
};

/** Photographs both sides of the card, the camera being allowed. */
export const photographCard = async (holder: PhoneUser, words: JourneyWords): Promise<void> => {
  await photograph(holder, words);
  await holder.page
    .getByText(/emblem|国徽面/)
    .first()
    .waitFor();
  await photograph(holder, words);
};

/** From the first screen to a card. */
export const enrol = async (holder: PhoneUser, words: JourneyWords): Promise<void> => {
  await consent(holder, words);
  await holder.taps(words.allow);
  await photographCard(holder, words);
  await holder.taps(words.agrees);
  await photograph(holder, words);
  await holder.taps(words.seeCard);
  await holder.sees(words.ready);
};

/** Shows the card for a parcel. @returns once the code is on the screen */
export const showCard = async (holder: PhoneUser, words: JourneyWords): Promise<void> => {
  await holder.taps(words.parcel);
  await holder.button(words.scanned).waitFor();
};

/** A picture of the code on the holder's screen, as a URL. */
export const pictureOfCode = async (holder: PhoneUser): Promise<string> => {
  const picture = await holder.page.screenshot();
  return `data:image/png;base64,${picture.toString('base64')}`;
};

/** Points the merchant's scanner at a picture and scans. */
export const scanPicture = async (merchant: PhoneUser, words: JourneyWords, url: string): Promise<void> => {
  await merchant.settings({ scanner: { kind: 'file', url } });
  await merchant.taps(words.scan);
};
