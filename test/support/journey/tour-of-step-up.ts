import { forgeAnswers } from './calls';
import type { Inspector } from './inspection';
import type { PhoneUser } from './phone-user';
import { photograph } from './steps';

/** What a bank's counter asks: finger and face. */
const bank = {
  ok: true,
  partner: { zh: '江南城市银行云栖支行', en: 'Jiangnan City Bank, Yunqi Branch' },
  terminal: 'counter-5',
  purpose: 'bank-account-opening',
  claims: ['name', 'number', 'sex', 'birthdate', 'address', 'document_issuing_authority', 'document_expires_on'],
  portrait: true,
  stepUp: ['fingerprint', 'face'],
};
const refused =
  (code: string, more: object = {}) =>
  () => ({ ok: false, error: { code, ...more } });

/**
 * Walks over a showing that asks for finger and face, and over requests that the card cannot serve yet. From the first screen and back.
 * @param scan scans a counter's code on the first screen
 */
export const tourOfStepUp = async (
  holder: PhoneUser,
  { looks }: Inspector,
  scan: () => Promise<void>,
): Promise<void> => {
  const { words, page } = holder;
  const home = async (): Promise<void> => {
    await holder.taps(words.leave);
    await holder.sees(words.ready);
  };
  const noFinger = await forgeAnswers(holder, 'claimCounter', refused('fingerprint_not_bound'));
  await scan();
  await holder.sees(words.noFinger);
  await looks(holder, 'request-no-finger');
  noFinger.release();
  await home();
  const limited = await forgeAnswers(holder, 'claimCounter', refused('card_limited', { until: Date.now() }));
  await scan();
  await holder.button(words.leave).waitFor();
  await looks(holder, 'request-limited');
  limited.release();
  await home();

  const asked = await forgeAnswers(holder, 'claimCounter', () => bank);
  const agree = async (): Promise<void> => {
    await scan();
    await holder.button(words.agreeToShow).waitFor();
  };
  await agree();
  await looks(holder, 'request-step-up');
  await holder.settings({ scopes: { 'scope.camera': 'denied' } });
  await holder.taps(words.agreeToShow);
  await holder.sees(words.cameraDenied);
  await looks(holder, 'show-selfie-denied');
  await home();
  await agree();
  await holder.taps(words.agreeToShow);
  await holder.sees(words.firstOfTwo);
  await page.locator('.wx-camera-finder canvas').waitFor();
  await looks(holder, 'show-selfie');
  const differs = await forgeAnswers(
    holder,
    'openShowing',
    refused('faces_differ', { picture: 'selfie', triesLeft: 9 }),
  );
  await photograph(holder);
  await holder.button(words.touch).waitFor();
  await looks(holder, 'show-finger');
  await holder.taps(words.touch);
  await holder.sees(words.faceDiffers);
  await looks(holder, 'show-face-refused');
  differs.release();
  const portrait = await forgeAnswers(holder, 'openShowing', refused('portrait_not_found'));
  await holder.taps(words.retakeSelfie);
  await photograph(holder);
  await holder.taps(words.touch);
  await holder.sees(words.portraitUseless);
  await looks(holder, 'show-enrol-again');
  portrait.release();
  asked.release();
  await home();
};
