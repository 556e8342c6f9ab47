import { validators } from '../../../protocol';
import { creditCodeOf } from '../credit-code';
import { accepted, createClient } from '../ecosystem/client';
import type { PartnerWords } from './partner-words';
import type { PhoneUser } from './phone-user';
import { pictureOfCode } from './steps';
import type { Running } from './stage';

/** Somebody of a business, with the words of its pages. */
export interface Colleague {
  readonly user: PhoneUser;
  readonly words: PartnerWords;
}

/** Types into the field of that name; the last one of several. */
export const type = async ({ page }: PhoneUser, name: string, text: string): Promise<void> => {
  await page.getByRole('textbox', { name, exact: true }).filter({ visible: true }).last().fill(text);
};

/** Ticks, unticks or chooses. */
export const choose = async ({ page }: PhoneUser, role: 'checkbox' | 'radio', name: string): Promise<void> => {
  await page.getByRole(role, { name, exact: true }).filter({ visible: true }).last().click();
};

/** Opens a line that leads on, by the title at its beginning. */
export const opens = async ({ page }: PhoneUser, title: string): Promise<void> => {
  await page.bringToFront();
  await page
    .getByRole('button')
    .filter({ visible: true })
    .filter({ has: page.getByText(title, { exact: true }) })
    .last()
    .click();
};

let businesses = 0;

/** Fills in an application for parcels. */
export const fillApplication = async ({ user, words }: Colleague): Promise<void> => {
  businesses += 1;
  await type(user, words.nameZh, '听雨路快递驿站');
  await type(user, words.nameEn, 'Tingyu Road Parcel Station');
  await type(user, words.creditCode, creditCodeOf(`91330106MA2DEN0${String(businesses)}`));
  await type(user, words.address, '杭州市听雨路36号');
  await choose(user, 'radio', words.parcels);
  await choose(user, 'radio', words.manager);
  await choose(user, 'checkbox', words.parcelPickup);
  await type(user, words.why, 'parcels are handed out to whom they are addressed');
};

/** An operator approves whatever is asked for. */
export const approveAll = async ({ ecosystem }: Running): Promise<void> => {
  const operator = createClient(ecosystem.cloud.url, 'oOperatorPartners1');
  const tasks = await accepted(operator.ask('operator', { action: 'listTasks' }), validators.ListTasksReply);
  for (const { partner } of tasks.applications) {
    const opened = await accepted(
      operator.ask('operator', { action: 'openApplication', partner }),
      validators.OpenApplicationReply,
    );
    const grants = opened.wanted.map(({ purpose, claims }) => ({ purpose, claims, perDay: 500 }));
    const approval = operator.ask('operator', { action: 'approvePartner', partner, askedAt: opened.askedAt, grants });
    await accepted(approval, validators.DoneReply);
  }
};

/** Fills in a shop with one terminal. */
export const fillShop = async ({ user, words }: Colleague, terminal: string): Promise<void> => {
  await type(user, words.shopZh, '听雨路店');
  await type(user, words.shopEn, 'Tingyu Road');
  await type(user, words.address, '杭州市听雨路36号');
  await type(user, words.terminal, terminal);
};

/** Makes an invitation of what is chosen. @returns what the colleague's camera sees */
export const makeInvitation = async ({ user, words }: Colleague): Promise<string> => {
  await user.taps(words.makeInvitation);
  await user.button(words.copy).waitFor();
  return pictureOfCode(user);
};

/** Scans an invitation. @returns once it is told who invites */
export const scanInvitation = async ({ user, words }: Colleague, url: string): Promise<void> => {
  await user.settings({ scanner: { kind: 'file', url }, scopes: { 'scope.camera': 'granted' } });
  await user.taps(words.scanInvitation);
  await user.button(words.accept).waitFor();
};
