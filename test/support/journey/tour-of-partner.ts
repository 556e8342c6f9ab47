import type { Running } from './stage';
import { forgeAnswers, forgePublished, holdCalls } from './calls';
import type { Inspector } from './inspection';
import { partnerWordsOf } from './partner-words';
import type { Look, PhoneUser } from './phone-user';
import { accept, endShowing, pictureOfCode, restsFromToast, scanPicture, showCard, waits } from './steps';
import {
  approveAll,
  choose,
  fillApplication,
  fillShop,
  makeInvitation,
  opens,
  scanInvitation,
  type,
  type Colleague,
} from './steps-of-partner';

const refused = (code: string) => ({ ok: false, error: { code } });

const application = async (owner: Colleague, { looks }: Inspector): Promise<void> => {
  const { user, words } = owner;
  await user.button(words.apply).waitFor();
  const held = await holdCalls(user, 'verifier');
  await user.taps(words.apply);
  await waits(user);
  await looks(user, 'apply-loading');
  held.release();
  await user.button(words.send).waitFor();
  await looks(user, 'apply');
  await choose(user, 'checkbox', words.parcelPickup);
  await choose(user, 'checkbox', words.maskedNumber);
  await type(user, words.creditCode, '9133');
  await user.taps(words.send);
  await user.sees(words.codeWrong);
  await looks(user, 'apply-faulty');
  await choose(user, 'checkbox', words.parcelPickup);
  await fillApplication(owner);
  const taken = await forgeAnswers(user, 'applyAsPartner', () => refused('partner_registered'), 'verifier');
  await user.taps(words.send);
  await user.sees(words.registered);
  await looks(user, 'apply-refused');
  taken.release();
  await user.taps(words.send);
  await user.sees(words.lookedAt);
  await restsFromToast(user);
  await looks(user, 'business-applied');
};

/**
 * The page of the business as it is in another state. The answer is forged only once the page was left: what the page asked when it
 * was last shown may still be on its way.
 */
const inState = async (
  { user }: Colleague,
  { looks }: Inspector,
  state: { readonly change: object; readonly sees: string; readonly name: string },
  away: () => Promise<void>,
): Promise<void> => {
  await away();
  const forged = await forgeAnswers(
    user,
    'getPartner',
    async (real) => ({ ...(await real()), ...state.change }),
    'verifier',
  );
  await user.taps(user.words.goBack);
  await user.sees(state.sees);
  await looks(user, state.name);
  forged.release();
};

const shops = async (owner: Colleague, { looks }: Inspector): Promise<void> => {
  const { user, words } = owner;
  await opens(user, words.shops);
  await user.sees(words.noShop);
  await looks(user, 'shops-empty');
  await user.taps(words.openShop);
  await user.button(words.save).waitFor();
  await user.taps(words.addTerminal);
  await user.taps(words.save);
  await looks(user, 'shop-faulty');
  await user.taps(words.back);
  await user.taps(words.openShop);
  await fillShop(owner, '1');
  await user.taps(words.addTerminal);
  await type(user, words.terminal, '2');
  await looks(user, 'shop-new');
  await user.taps(words.save);
  await user.button(words.openShop).waitFor();
  await restsFromToast(user);
  await looks(user, 'shops');
};

const closing = async ({ user, words }: Colleague, { looks }: Inspector, name: string): Promise<void> => {
  await opens(user, words.shops);
  await opens(user, name);
  await user.button(words.closeShop).waitFor();
  await looks(user, 'shop');
  await user.taps(words.closeShop);
  await looks(user, 'shop-close-asked');
  await user.taps(words.close);
  await user.sees(words.stillThere);
  await looks(user, 'shop-refused');
  await user.taps(words.back);
  await user.taps(user.words.goBack);
};

/** @returns what the camera of who is invited sees */
const inviting = async (owner: Colleague, { looks }: Inspector): Promise<string> => {
  const { user, words } = owner;
  await opens(user, words.staff);
  await user.button(words.invite).waitFor();
  await looks(user, 'staff-alone');
  await user.taps(words.invite);
  await user.button(words.makeInvitation).waitFor();
  await looks(user, 'place-invite');
  const invitation = await makeInvitation(owner);
  await looks(user, 'invitation');
  await user.taps(words.copy);
  await restsFromToast(user);
  await user.taps(words.done);
  await user.sees(words.open);
  await looks(user, 'staff');
  await user.taps(words.withdraw);
  await user.button(words.keepInvitation).waitFor();
  await looks(user, 'staff-withdraw-asked');
  await user.taps(words.keepInvitation);
  return invitation;
};

const joining = async (clerk: Colleague, { looks }: Inspector, invitation: string): Promise<void> => {
  const { user, words } = clerk;
  await user.taps(words.invited);
  await user.button(words.scanInvitation).waitFor();
  await looks(user, 'join');
  await type(user, words.received, words.invited);
  await user.taps(words.openInvitation);
  await user.sees(words.noInvitation);
  await looks(user, 'join-nothing');
  await type(user, words.received, '');
  await scanInvitation(clerk, invitation);
  await looks(user, 'join-told');
  await user.taps(words.accept);
  await user.sees(words.joined);
  await looks(user, 'join-done');
  await user.taps(words.start);
  await user.button(user.words.scan).waitFor();
  await looks(user, 'scan-clerk');
};

const checking = async (holder: PhoneUser, { user }: Colleague): Promise<void> => {
  await showCard(holder);
  await scanPicture(user, await pictureOfCode(holder));
  await accept(user);
  await endShowing(holder);
};

const isList = (value: unknown): value is readonly object[] => Array.isArray(value);

const checks = async ({ user, words }: Colleague, { looks }: Inspector): Promise<void> => {
  const forged = await forgeAnswers(
    user,
    'listChecks',
    async (real) => {
      const said = await real();
      const [first] = isList(said['checks']) ? said['checks'] : [];
      const other = { ...first, id: 'f'.repeat(32), look: 'different' };
      const pass = { ...first, id: 'd'.repeat(32), look: null, mode: 'offline', receipt: null };
      return { ...said, checks: [first, other, pass] };
    },
    'verifier',
  );
  await opens(user, words.checks);
  await user.sees(words.wrong);
  await looks(user, 'checks-wrong');
  await user.taps(user.words.goBack);
  forged.release();
  const without = await forgePublished(user, '/public/receipt-keys', () => ({ error: 'internal' }));
  await opens(user, words.checks);
  await user.sees(words.unchecked);
  await looks(user, 'checks-no-keys');
  await user.taps(user.words.goBack);
  without.release();
  await opens(user, words.checks);
  await user.sees(words.signed);
  await looks(user, 'checks');
};

const exporting = async ({ user, words }: Colleague, { looks }: Inspector): Promise<void> => {
  await opens(user, words.export);
  await user.button(words.make).waitFor();
  await looks(user, 'export');
  await choose(user, 'radio', words.week);
  await user.taps(words.make);
  await user.button(words.sendFile).waitFor();
  await looks(user, 'export-made');
  await user.taps(words.sendFile);
  await user.button(words.saveFile).waitFor();
  await looks(user, 'export-sending');
  await user.taps(words.saveFile);
  await user.sees(words.fileSent);
  await looks(user, 'export-sent');
  await user.taps(user.words.goBack);
  await user.taps(user.words.goBack);
};

const changing = async ({ user, words }: Colleague, { looks }: Inspector): Promise<void> => {
  await opens(user, words.staff);
  await user.sees(words.you);
  await opens(user, words.clerk);
  await user.button(words.remove).waitFor();
  await looks(user, 'place-change');
  await user.taps(words.remove);
  await user.button(words.keepMember).waitFor();
  await looks(user, 'place-remove-asked');
  await user.taps(words.reallyRemove);
  await user.button(words.invite).waitFor();
  await restsFromToast(user);
  await looks(user, 'staff-without');
  await user.taps(user.words.goBack);
};

/** Who takes part in the tour of a business, each at the merchant's first page but for the holder of a card. */
export interface PartnerTour {
  readonly running: Running;
  readonly look: Look;
  readonly owner: PhoneUser;
  readonly clerk: PhoneUser;
  /** On the first screen, with a card. */
  readonly holder: PhoneUser;
}

/** Walks over all that the people of a business see, from its application to the parting of its clerk. */
export const tourOfPartner = async (tour: PartnerTour, inspector: Inspector): Promise<void> => {
  const words = partnerWordsOf(tour.look.language);
  const [owner, clerk] = [tour.owner, tour.clerk].map((user): Colleague => ({ user, words }));
  if (!owner || !clerk) throw new Error('two take part');
  const amending = async (): Promise<void> => {
    await opens(owner.user, words.amend);
    await owner.user.button(words.send).waitFor();
  };
  await application(owner, inspector);
  const wasRefused = { state: 'refused', reason: 'claims_too_wide' };
  await inState(owner, inspector, { change: wasRefused, sees: words.wasRefused, name: 'business-refused' }, amending);
  await approveAll(tour.running);
  await owner.user.taps(owner.user.words.goBack);
  await owner.user.sees(words.noTerminal);
  await inspector.looks(owner.user, 'scan-no-terminal');
  await owner.user.taps(words.business);
  await owner.user.sees(words.active);
  await shops(owner, inspector);
  await owner.user.taps(owner.user.words.goBack);
  const invitation = await inviting(owner, inspector);
  await joining(clerk, inspector, invitation);
  await checking(tour.holder, clerk);
  await owner.user.taps(owner.user.words.goBack);
  await owner.user.sees(words.active);
  await inspector.looks(owner.user, 'business');
  await checks(owner, inspector);
  await exporting(owner, inspector);
  await closing(owner, inspector, tour.look.language === 'zh' ? '听雨路店' : 'Tingyu Road');
  await changing(owner, inspector);
  const asking = async (): Promise<void> => {
    await opens(owner.user, words.further);
    await owner.user.button(words.send).waitFor();
    await inspector.looks(owner.user, 'apply-further');
  };
  const stopped = { state: 'suspended', reason: 'misuse' };
  await inState(owner, inspector, { change: stopped, sees: words.stopped, name: 'business-suspended' }, asking);
};
