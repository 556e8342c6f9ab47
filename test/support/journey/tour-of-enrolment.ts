import type { Scene } from '../../../local/phone/contract/settings';
import { forgeAnswers, holdCalls } from './calls';
import type { Inspector } from './inspection';
import type { PhoneUser } from './phone-user';
import { photograph, shoot, touchSensor, waits } from './steps';

const consents = async (holder: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words, page } = holder;
  await holder.button(words.getCard).waitFor();
  await looks(holder, 'home-welcome');
  await holder.taps(words.getCard);
  await holder.button(words.decline).waitFor();
  await looks(holder, 'consent-document');
  await holder.taps(words.decline);
  await holder.sees(words.declined);
  await looks(holder, 'consent-declined');
  await holder.taps(words.reconsider);
  await page.getByRole('checkbox', { checked: false }).click();
  await holder.taps(words.agree);
  await page.getByRole('checkbox', { checked: false }).click();
  await looks(holder, 'consent-face');
  await holder.taps(words.declineFace);
  await holder.button(words.byCounter).waitFor();
  await looks(holder, 'consent-faceless');
  await holder.taps(words.useFace);
  await page.getByRole('checkbox', { checked: false }).click();
  await holder.taps(words.agree);
  await page.getByRole('checkbox', { checked: false }).click();
  await looks(holder, 'consent-template');
  await holder.settings({ network: 'offline' });
  await holder.taps(words.agree);
  await holder.sees(words.noConnection);
  await looks(holder, 'consent-offline');
  await holder.settings({ network: 'online' });
  await holder.taps(words.agree);
};

const camera = async (holder: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words, page } = holder;
  await holder.button(words.deny).waitFor();
  await looks(holder, 'camera-asked');
  await holder.taps(words.deny);
  await holder.sees(words.cameraDenied);
  await looks(holder, 'camera-denied');
  await holder.taps(words.album);
  await holder.button(words.cancel).waitFor();
  await looks(holder, 'camera-album');
  await holder.taps(words.cancel);
  await holder.taps(words.settings);
  await page.getByRole('checkbox', { name: words.camera }).waitFor();
  await looks(holder, 'camera-settings');
  await page.getByRole('checkbox', { name: words.camera }).check();
  await holder.taps(words.goBack);
};

const bothSides = async (holder: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words, page } = holder;
  await holder.settings({ light: 'glare' });
  await page.locator('.wx-camera-finder canvas').waitFor();
  await looks(holder, 'capture-front');
  await shoot(holder);
  await looks(holder, 'capture-preview');
  await holder.taps(words.use);
  await holder.settings({ light: 'good' });
  await holder.sees(words.back);
  await page.locator('.wx-camera-finder canvas').waitFor();
  await looks(holder, 'capture-back');
  await shoot(holder);
  const held = await holdCalls(holder, 'holder');
  await holder.taps(words.use);
  await waits(holder);
  await looks(holder, 'capture-reading');
  held.release();
  await holder.sees(words.glare);
  await looks(holder, 'capture-refused');
  await holder.taps(words.retakeFront);
  await photograph(holder);
  await holder.button(words.agrees).waitFor();
  await looks(holder, 'review');
  await holder.taps(words.agrees);
};

const selfie = async (holder: PhoneUser, stranger: string, { looks }: Inspector): Promise<void> => {
  const { words, page } = holder;
  await page.locator('.wx-camera-finder canvas').waitFor();
  await looks(holder, 'selfie');
  const forged = await forgeAnswers(holder, 'matchFace', () => ({ ok: true, outcome: 'retake', triesLeft: 2 }));
  await photograph(holder);
  await holder.button(words.takeAnother).waitFor();
  await looks(holder, 'selfie-retake');
  forged.release();
  await holder.settings({ camera: { kind: 'sample', person: stranger, picture: 'selfie-1' } });
  await holder.taps(words.takeAnother);
  await photograph(holder);
  await holder.sees(words.faceDiffers);
  await looks(holder, 'selfie-refused');
  await holder.taps(words.retakeSelfie);
};

const minting = async (holder: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words } = holder;
  await shoot(holder);
  await looks(holder, 'selfie-preview');
  const held = await holdCalls(holder, 'holder');
  await holder.taps(words.use);
  await waits(holder);
  await looks(holder, 'selfie-comparing');
  held.release();
  await holder.button(words.finger).waitFor();
  await looks(holder, 'selfie-finger');
  await holder.taps(words.finger);
  await holder.button(words.touch).waitFor();
  await holder.taps(words.cancel);
  await holder.sees(words.fingerCancelled);
  await looks(holder, 'selfie-finger-cancelled');
  await touchSensor(holder);
  await holder.button(words.seeCard).waitFor();
  await looks(holder, 'selfie-done');
  await holder.taps(words.seeCard);
};

/** Walks from the first screen to a card, by way of what may go wrong. @param stranger a sample person who is somebody else */
export const tourOfEnrolment = async (holder: PhoneUser, own: Scene, stranger: string, inspector: Inspector) => {
  await consents(holder, inspector);
  await camera(holder, inspector);
  await bothSides(holder, inspector);
  await selfie(holder, stranger, inspector);
  await holder.settings({ camera: own });
  await minting(holder, inspector);
};
