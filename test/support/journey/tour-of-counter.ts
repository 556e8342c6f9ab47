import { forgeAnswers, holdCalls } from './calls';
import type { Inspector } from './inspection';
import type { PhoneUser } from './phone-user';
import { endShowing, pictureOfCode, scanPicture, showCard, waits } from './steps';
import { tourOfStepUp } from './tour-of-step-up';

/** A picture without a code, as a URL of the stage's. */
const NOTHING = '/people/lin-zhiyuan/card-front.jpg';

const scan = async (user: PhoneUser, button: string, url: string): Promise<void> => {
  await user.settings({ scanner: { kind: 'file', url }, scopes: { 'scope.camera': 'granted' } });
  await user.taps(button);
};

const hindered = async (merchant: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words } = merchant;
  await merchant.settings({ network: 'offline' });
  await merchant.taps(words.showCounter);
  await merchant.sees(words.noConnection);
  await looks(merchant, 'counter-offline');
  const held = await holdCalls(merchant, 'verifier');
  await merchant.settings({ network: 'online' });
  await merchant.taps(words.retry);
  await waits(merchant);
  await looks(merchant, 'counter-opening');
  held.release();
  const told = { ok: true, state: 'hindered', reason: 'tier_too_low' };
  const tooLow = await forgeAnswers(merchant, 'readCounter', () => told, 'verifier');
  await merchant.sees(words.cannotGoOn);
  await looks(merchant, 'counter-hindered');
  tooLow.release();
  await merchant.taps(words.anotherCustomer);
};

const refused = async (holder: PhoneUser, { looks }: Inspector, code: string): Promise<void> => {
  const { words } = holder;
  const tooLow = await forgeAnswers(holder, 'claimCounter', () => ({ ok: false, error: { code: 'tier_too_low' } }));
  await scan(holder, words.scanCounter, code);
  await holder.sees(words.fullCardNeeded);
  await looks(holder, 'request-refused');
  tooLow.release();
  await holder.taps(words.leave);
  await holder.sees(words.ready);
};

/** A till that reads bar codes alone: its scanner sees the bars on the holder's screen. */
const byNumber = async (holder: PhoneUser, merchant: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words } = holder;
  await showCard(holder);
  await holder.taps(words.barsOnly);
  await holder.button(words.backToCode).waitFor();
  const bars = await pictureOfCode(holder);
  await looks(holder, 'show-number');
  await holder.taps(words.backToCode);
  await holder.taps(words.barsOnly);
  await holder.button(words.backToCode).waitFor();
  await scanPicture(merchant, bars);
  await merchant.sees(words.rescan);
  await merchant.taps(words.next);
  await scanPicture(merchant, await pictureOfCode(holder));
  await merchant.taps(words.same);
  await merchant.taps(words.next);
  await endShowing(holder);
};

/** Walks over a check that begins with the counter's code. @param merchant who stands at the scanner */
export const tourOfCounter = async (holder: PhoneUser, merchant: PhoneUser, inspector: Inspector): Promise<void> => {
  const { words } = holder;
  const { looks } = inspector;
  await byNumber(holder, merchant, inspector);
  await hindered(merchant, inspector);
  await merchant.sees(words.askToScan);
  const code = await pictureOfCode(merchant);
  await looks(merchant, 'counter-open');
  await refused(holder, inspector, code);
  await tourOfStepUp(holder, inspector, () => scan(holder, words.scanCounter, code));
  const held = await holdCalls(holder, 'holder');
  await scan(holder, words.scanCounter, code);
  await waits(holder);
  await looks(holder, 'request-loading');
  held.release();
  await holder.button(words.agreeToShow).waitFor();
  await looks(holder, 'request');
  await merchant.sees(words.hasScanned);
  await looks(merchant, 'counter-claimed');
  await scan(merchant, words.scanCustomer, NOTHING);
  await merchant.taps(words.cancel);
  await holder.taps(words.agreeToShow);
  await holder.button(words.scanned).waitFor();
  await scan(merchant, words.scanCustomer, await pictureOfCode(holder));
  await merchant.taps(words.same);
  await merchant.taps(words.next);
  await endShowing(holder);
};
