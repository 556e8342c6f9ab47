import { forgeAnswers } from './calls';
import { guardianWordsOf } from './guardian-words';
import type { Inspector } from './inspection';
import type { PhoneUser } from './phone-user';
import { finishSelfie, giveConsents, photographCard, restsFromToast } from './steps';
import type { Language } from './words';

/** A child and a guardian, each with a phone; the guardian has a card. */
export interface Family {
  readonly child: PhoneUser;
  readonly guardian: PhoneUser;
  readonly language: Language;
}

/** From the child's first screen to the number. @param start what the first screen offers @returns the number that is read out */
const askForGuardian = async ({ child, language }: Family, start: string, { looks }: Inspector) => {
  const said = guardianWordsOf(language);
  await child.taps(start);
  await giveConsents(child);
  await child.taps(child.words.allow);
  await photographCard(child);
  await child.taps(child.words.agrees);
  await child.button(said.getNumber).waitFor();
  await looks(child, 'guardian-needed');
  await child.taps(said.getNumber);
  await child.sees(said.readOut);
  await looks(child, 'guardian-number');
  return child.page.getByRole('img', { name: /(\d ?){8}/ }).innerText();
};

/** From the guardian's first screen to the page of consents. */
const openWards = async ({ guardian, language }: Family): Promise<void> => {
  await guardian.taps(guardian.words.manage);
  await guardian.taps(new RegExp(`^${guardianWordsOf(language).wards}`));
};

/** Types the number on the guardian's phone. */
const open = async ({ guardian, language }: Family, number: string): Promise<void> => {
  const said = guardianWordsOf(language);
  await guardian.page.getByRole('textbox', { name: said.numberLabel }).fill(number);
  await guardian.taps(said.open);
};

/** From the guardian's first screen to the consent. */
const consentFor = async (family: Family, number: string, { looks }: Inspector): Promise<void> => {
  const { guardian, language } = family;
  const said = guardianWordsOf(language);
  await openWards(family);
  await guardian.button(said.open).waitFor();
  await looks(guardian, 'wards-none');
  await open(family, '12345678');
  await guardian.sees(said.wrong);
  await looks(guardian, 'wards-wrong-number');
  await open(family, number);
  await guardian.sees(said.readFirst);
  await looks(guardian, 'wards-read');
  const forged = await forgeAnswers(guardian, 'consentAsGuardian', () => ({
    ok: false,
    error: { code: 'not_guardian' },
  }));
  await guardian.taps(said.consent);
  await guardian.taps(guardian.words.touch);
  await guardian.sees(said.notGuardian);
  await looks(guardian, 'wards-refused');
  forged.release();
  await guardian.taps(guardian.words.leave);
  await openWards(family);
  const unknown = await forgeAnswers(guardian, 'consentAsGuardian', () => ({ ok: true, guardian: 'unconfirmed' }));
  await open(family, number);
  await guardian.taps(said.consent);
  await guardian.taps(guardian.words.touch);
  await guardian.sees(said.toCounter);
  await looks(guardian, 'wards-unconfirmed');
  unknown.release();
  await guardian.taps(said.done);
  await open(family, number);
  await guardian.taps(said.consent);
  await guardian.taps(guardian.words.touch);
  await guardian.sees(said.consented);
  await looks(guardian, 'wards-given');
  await guardian.taps(said.done);
};

/** The child's screens where the register knows of no guardian, which no sample child comes to. */
const lookAtCounter = async ({ child, language }: Family, { looks }: Inspector): Promise<void> => {
  const said = guardianWordsOf(language);
  const forged = await forgeAnswers(child, 'followCase', () => ({
    ok: true,
    state: 'open',
    isRead: true,
    until: Date.now() + 3_000_000,
    guardian: 'unconfirmed',
  }));
  await child.page.bringToFront();
  await child.sees(said.unconfirmed);
  await looks(child, 'guardian-unconfirmed');
  await child.taps(said.counterNumber);
  await child.sees(said.atCounter);
  await looks(child, 'guardian-counter');
  forged.release();
};

/** Takes the consent back, from the guardian's list. */
export const withdraw = async ({ guardian, language }: Family, { looks }: Inspector): Promise<void> => {
  const said = guardianWordsOf(language);
  await guardian.page.bringToFront();
  await guardian.taps(said.withdraw);
  await guardian.button(said.keep).waitFor();
  await looks(guardian, 'wards-withdraw-asked');
  await guardian.taps(said.keep);
  await guardian.taps(said.withdraw);
  await guardian.page.locator('.phone-modal, [role="dialog"]').getByText(said.yes, { exact: true }).last().click();
  await guardian.sees(said.withdrawn);
  await restsFromToast(guardian);
  await looks(guardian, 'wards-withdrawn');
};

/** Walks over both phones' screens, from a child's first screen to a card. */
export const tourOfGuardian = async (family: Family, start: string, inspector: Inspector): Promise<void> => {
  const { child, guardian, language } = family;
  const said = guardianWordsOf(language);
  const number = await askForGuardian(family, start, inspector);
  await lookAtCounter(family, inspector);
  await consentFor(family, number, inspector);
  await child.page.bringToFront();
  await child.sees(said.given);
  await inspector.looks(child, 'guardian-given');
  await child.taps(said.goOn);
  await finishSelfie(child);
  // A guardian looks at the list after the child has the card.
  await guardian.page.bringToFront();
  await guardian.taps(guardian.words.leave);
  await openWards(family);
  await guardian.button(said.withdraw).waitFor();
  await inspector.looks(guardian, 'wards-list');
};
