import { forgeAnswers, holdCalls, type HeldCall } from './calls';
import { moveClock } from './clock';
import type { Inspector } from './inspection';
import type { PhoneUser } from './phone-user';
import { photograph, waits } from './steps';

/** Longer than a number serves, and than an ask waits. */
const LATER_MS = 6 * 60 * 1000;

/** What a bank's server asks: finger and face, and a presentation. The phone's clock is the service's here. */
const bank = () => ({
  ok: true,
  partner: { zh: '江南城市银行云栖支行', en: 'Jiangnan City Bank, Yunqi Branch' },
  terminal: 'jiangnan-bank',
  purpose: 'bank-account-opening',
  claims: ['name', 'number', 'sex', 'birthdate', 'address', 'document_issuing_authority', 'document_expires_on'],
  portrait: false,
  stepUp: ['fingerprint', 'face'],
  ask: {
    bindingMessage: '421 907',
    tier: 'full',
    presentation: { nonce: 'n-0S6_WzA2Mj-n-0S6', audience: 'jiangnan-bank' },
    consentDays: 365,
    serverTime: Date.now(),
    expiresAt: Date.now() + 180_000,
  },
});

/** What a parcel shop's server asks: once, of any card, with words for a message. */
const parcelShop = () => ({
  ...bank(),
  partner: { zh: '云栖路快递驿站', en: 'Yunqi Road Parcel Station' },
  purpose: 'parcel-pickup',
  claims: ['masked_name', 'masked_number'],
  stepUp: [],
  ask: {
    ...bank().ask,
    bindingMessage: '取件 Pickup 8-2-1047 for 421 907',
    tier: 'light',
    presentation: null,
    consentDays: 0,
  },
});

const showingOpened = () => ({
  ok: true,
  serverTime: Date.now(),
  expiresAt: Date.now() + 300_000,
  matchMark: { word: 0, colour: 0 },
});
const lost = () => ({});

const home = async (holder: PhoneUser): Promise<void> => {
  await holder.taps(holder.words.leave);
  await holder.sees(holder.words.ready);
};

/** The number by itself: nobody has asked by it yet. */
const number = async (holder: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words, page } = holder;
  const held = await holdCalls(holder, 'holder');
  await holder.taps(words.askNumber);
  await waits(holder);
  await looks(holder, 'ask-number-asking');
  held.release();
  await holder.sees(words.onlyTo);
  await looks(holder, 'ask-number');
  await holder.settings({ network: 'offline' });
  await holder.sees(words.outOfReach);
  await looks(holder, 'ask-number-cut');
  await moveClock(page, LATER_MS);
  await holder.sees(words.visitOver);
  await looks(holder, 'ask-number-over');
  await moveClock(page, -LATER_MS);
  await holder.taps(words.anotherNumber);
  await holder.sees(words.noConnection);
  await looks(holder, 'ask-number-offline');
  await holder.settings({ network: 'online' });
  await holder.taps(words.tryAgain);
  await holder.sees(words.onlyTo);
};

/** An institution has asked: the page of the number, which looks again, comes to what it asks. @param ask what it is */
const isAsked = async (holder: PhoneUser, ask: () => object): Promise<HeldCall> => {
  const claimed = await forgeAnswers(holder, 'claimCounter', ask);
  const found = await forgeAnswers(holder, 'findAsk', () => ({ ok: true, session: 'AAAAAAAAAAAAAAAAAAAAAA' }));
  return {
    release: () => {
      claimed.release();
      found.release();
    },
  };
};

const consents = (holder: PhoneUser): Promise<void> => holder.button(holder.words.agreeToAsk).waitFor();

/** From the number's page: what is asked, and that it ends or is declined. @returns with the first screen */
const declined = async (holder: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words, page } = holder;
  const asked = await isAsked(holder, bank);
  await consents(holder);
  await looks(holder, 'ask-consent');
  await moveClock(page, LATER_MS);
  await holder.sees(words.askOver);
  await looks(holder, 'ask-over');
  await moveClock(page, -LATER_MS);
  await home(holder);
  await holder.taps(words.askNumber);
  await consents(holder);
  const unheard = await forgeAnswers(holder, 'declineAsk', lost);
  await holder.taps(words.decline);
  await holder.sees(words.declineUnsent);
  await looks(holder, 'ask-undeclined');
  unheard.release();
  const heard = await forgeAnswers(holder, 'declineAsk', () => ({ ok: true }));
  await holder.taps(words.sendAgain);
  await holder.sees(words.askDeclined);
  await looks(holder, 'ask-declined');
  heard.release();
  asked.release();
  await home(holder);
};

/** The proofs, and an answer that is sent twice. @returns with the first screen */
const answered = async (holder: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words, page } = holder;
  const asked = await isAsked(holder, bank);
  const opened = await forgeAnswers(holder, 'openShowing', showingOpened);
  const unheard = await forgeAnswers(holder, 'answerAsk', lost, 'verifier');
  await holder.taps(words.askNumber);
  await consents(holder);
  await holder.taps(words.agreeToAsk);
  await holder.sees(words.firstOfTwo);
  await page.locator('.wx-camera-finder canvas').waitFor();
  await looks(holder, 'answer-selfie');
  await photograph(holder);
  await holder.button(words.touch).waitFor();
  await looks(holder, 'answer-finger');
  await holder.taps(words.touch);
  await holder.sees(words.answerUnsent);
  await looks(holder, 'answer-unsent');
  unheard.release();
  const heard = await forgeAnswers(holder, 'answerAsk', () => ({ ok: true, answeredAt: Date.now() }), 'verifier');
  await holder.taps(words.sendAgain);
  await holder.sees(words.haveTold);
  await looks(holder, 'answer-told');
  [heard, opened, asked].forEach(({ release }) => release());
  await holder.taps(words.seeHistory);
  await holder.taps(words.goBack);
  await holder.sees(words.ready);
};

/** An answer that the service does not take. @returns with the first screen */
const refused = async (holder: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words } = holder;
  const asked = await isAsked(holder, parcelShop);
  const opened = await forgeAnswers(holder, 'openShowing', showingOpened);
  const told = { ok: false, error: { code: 'presentation_invalid' } };
  const notTaken = await forgeAnswers(holder, 'answerAsk', () => told, 'verifier');
  await holder.taps(words.askNumber);
  await consents(holder);
  await looks(holder, 'ask-consent-once');
  await holder.taps(words.agreeToAsk);
  await holder.sees(words.renewCredential);
  await looks(holder, 'answer-refused');
  [notTaken, opened, asked].forEach(({ release }) => release());
  await home(holder);
};

/** Walks over what an institution asks and the phone answers. From the first screen, the camera being allowed, and back. */
export const tourOfAsk = async (holder: PhoneUser, inspector: Inspector): Promise<void> => {
  await number(holder, inspector);
  await declined(holder, inspector);
  await answered(holder, inspector);
  await refused(holder, inspector);
};
