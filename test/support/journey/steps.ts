import type { PhoneUser } from './phone-user';

const agree = async (holder: PhoneUser): Promise<void> => {
  await holder.page.getByRole('checkbox', { checked: false }).click();
  await holder.taps(holder.words.agree);
};

/** Ticks the consent that every card needs. */
export const giveDocumentConsent = agree;

/** Ticks the two consents that a card needs, and declines the third. */
export const giveConsents = async (holder: PhoneUser): Promise<void> => {
  await agree(holder);
  await agree(holder);
  await holder.taps(holder.words.withoutTemplate);
};

/** From the first screen to the camera. */
export const consent = async (holder: PhoneUser): Promise<void> => {
  await holder.taps(holder.words.getCard);
  await giveConsents(holder);
};

/** Takes one picture and looks at it. */
export const shoot = async (holder: PhoneUser): Promise<void> => {
  await holder.page.locator('.wx-camera-finder canvas').waitFor();
  await holder.taps(holder.words.shutter);
  await holder.button(holder.words.use).waitFor();
};

/** Takes one picture and uses it. */
export const photograph = async (holder: PhoneUser): Promise<void> => {
  await shoot(holder);
  await holder.taps(holder.words.use);
};

/** Photographs both sides of the card, the camera being allowed. */
export const photographCard = async (holder: PhoneUser): Promise<void> => {
  await photograph(holder);
  await holder.sees(holder.words.back);
  await photograph(holder);
};

/** From the first screen to the question whether the card was read well. */
export const reachReview = async (holder: PhoneUser): Promise<void> => {
  await consent(holder);
  await holder.taps(holder.words.allow);
  await photographCard(holder);
  await holder.button(holder.words.agrees).waitFor();
};

/** Adds the phone's fingerprint to the card. */
export const touchSensor = async (holder: PhoneUser): Promise<void> => {
  await holder.taps(holder.words.finger);
  await holder.taps(holder.words.touch);
};

/** From the selfie's camera to the card on the first screen. */
export const finishSelfie = async (holder: PhoneUser): Promise<void> => {
  await photograph(holder);
  await touchSensor(holder);
  await holder.taps(holder.words.seeCard);
  await holder.sees(holder.words.ready);
};

/** From the first screen to a card. */
export const enrol = async (holder: PhoneUser): Promise<void> => {
  await reachReview(holder);
  await holder.taps(holder.words.agrees);
  await finishSelfie(holder);
};

/** Shows the card for a parcel. @returns once the code is on the screen */
export const showCard = async (holder: PhoneUser): Promise<void> => {
  await holder.taps(holder.words.parcel);
  await holder.button(holder.words.scanned).waitFor();
};

/** Leaves the code for the first screen. */
export const endShowing = async (holder: PhoneUser): Promise<void> => {
  await holder.taps(holder.words.scanned);
  await holder.taps(holder.words.matches);
  await holder.sees(holder.words.ready);
};

/** The code is drawn after the screen around it: until then its canvas has no colour at all. */
const isDrawn = `[...document.querySelectorAll('wx-canvas canvas')]
  .some((canvas) => canvas.getContext('2d').getImageData(0, 0, 1, 1).data[3] === 255)`;

/** What somebody else's camera gets of the code on the holder's screen, as a URL. */
export const pictureOfCode = async (holder: PhoneUser): Promise<string> => {
  await holder.page.waitForFunction(isDrawn);
  const picture = await holder.page.screenshot();
  return `data:image/png;base64,${picture.toString('base64')}`;
};

/** Points the merchant's scanner at a picture and scans. */
export const scanPicture = async (
  merchant: PhoneUser,
  url: string,
  button: string = merchant.words.scan,
): Promise<void> => {
  await merchant.settings({ scanner: { kind: 'file', url } });
  await merchant.taps(button);
};

/** Points the holder's scanner at a picture of a counter's code. @returns once it is asked whether to agree */
export const scanCounter = async (holder: PhoneUser, url: string): Promise<void> => {
  await holder.settings({ scanner: { kind: 'file', url }, scopes: { 'scope.camera': 'granted' } });
  await holder.taps(holder.words.scanCounter);
  await holder.button(holder.words.agreeToShow).waitFor();
};

/** Staff says that it is the same person, and is ready for the next. */
export const accept = async (merchant: PhoneUser): Promise<void> => {
  await merchant.taps(merchant.words.same);
  await merchant.taps(merchant.words.next);
};

/** Suspends the card on the first screen. */
export const suspend = async (holder: PhoneUser): Promise<void> => {
  await holder.taps(holder.words.suspend);
  await holder.button(holder.words.keep).waitFor();
  await holder.taps(holder.words.suspend);
  await holder.sees(holder.words.suspended);
};

/** Once the service is being asked and the screen says so. */
export const waits = ({ page }: PhoneUser): Promise<void> =>
  page.locator('[role="status"][aria-live="polite"]').filter({ visible: true }).waitFor();

/** Once what was said in passing is gone. */
export const restsFromToast = ({ page }: PhoneUser): Promise<void> =>
  page.locator('.phone-toast').first().waitFor({ state: 'hidden' });

/** Has the open entry proven on the phone, however often it takes until the log has it. */
export const proveEntry = async (holder: PhoneUser): Promise<void> => {
  const { words, page } = holder;
  const proven = page.getByText(words.proven, { exact: true }).filter({ visible: true });
  const again = holder.button(words.proveAgain);
  await holder.taps(words.prove);
  for (;;) {
    await proven.or(again).first().waitFor();
    if (await proven.isVisible()) return;
    await again.click();
  }
};
