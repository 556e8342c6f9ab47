import { forgeAnswers } from './calls';
import type { Inspector } from './inspection';
import type { PhoneUser } from './phone-user';
import { photograph } from './steps';

/** Walks over the page of finger and face, from the first screen and back to it. */
export const tourOfSecurity = async (holder: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words, page } = holder;
  await holder.taps(words.security);
  await holder.button(words.bindFinger).waitFor();
  await looks(holder, 'security');
  await holder.taps(words.withdraw);
  await holder.button(words.keepTemplate).waitFor();
  await looks(holder, 'security-withdraw-asked');
  await holder.taps(words.keepTemplate);
  await holder.taps(words.bindFinger);
  await holder.taps(words.cancel);
  await holder.sees(words.fingerCancelled);
  await looks(holder, 'security-cancelled');
  const refused = await forgeAnswers(holder, 'renewFingerprint', () => ({
    ok: false,
    error: { code: 'faces_differ', picture: 'selfie', triesLeft: 9 },
  }));
  await holder.taps(words.bindFinger);
  await holder.taps(words.touch);
  await page.locator('.wx-camera-finder canvas').waitFor();
  await looks(holder, 'security-camera');
  await photograph(holder);
  await holder.sees(words.faceDiffers);
  await looks(holder, 'security-refused');
  refused.release();
  const bound = await forgeAnswers(holder, 'renewFingerprint', () => ({ ok: true, fingerprint: 'bound' }));
  await holder.taps(words.retakeSelfie);
  await holder.taps(words.touch);
  await photograph(holder);
  await holder.sees(words.fingerBound);
  await looks(holder, 'security-done');
  bound.release();
  await holder.taps(words.leave);
  await holder.sees(words.ready);
};
