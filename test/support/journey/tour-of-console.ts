import { forgeAnswers } from './calls';
import * as replies from './console-replies';
import type { Visit } from './console-visit';
import { consoleWordsOf } from './console-words';
import type { Inspector } from './inspection';
import { operatorAccount } from './journey';
import type { PhoneUser } from './phone-user';
import { reviewCase, reviewPicture } from './review-replies';
import { restsFromToast } from './steps';
import { deletionAtCounter } from './tour-of-deletion';
import { tourOfServers } from './tour-of-servers';

const refused = (code: string): object => ({ ok: false, error: { code } });

const review = async ({ user, words, looks, forge, enters, chooses }: Visit): Promise<void> => {
  await forge('openCase', await reviewCase());
  await forge('openPicture', reviewPicture);
  await enters('reviewer');
  await user.sees(words.appeal);
  await looks('desk-reviewer');
  await user.taps(/09e4ab37/);
  await user.button(words.accept).waitFor();
  await looks('case');
  await user.taps(words.firstPicture);
  await user.page.getByText(words.close, { exact: true }).waitFor();
  await user.page.waitForFunction(
    '[...document.images].every(({ complete, naturalWidth }) => complete && naturalWidth > 0)',
  );
  await looks('case-picture');
  await user.taps(words.firstPicture);
  await user.taps(words.accept);
  await user.page.getByText(words.unopened).waitFor();
  await looks('case-unopened');
  await user.taps(words.refuse);
  await chooses(words.facesDiffer);
  await looks('case-refusing');
  const second = await forge('refuseCase', refused('second_person_needed'));
  await user.taps(words.refuseNow);
  await user.button(words.lookAgain).waitFor();
  await looks('case-refuse-asked');
  await user.taps(words.refuseNow);
  await user.sees(words.secondNeeded);
  await looks('case-not-done');
  second.release();
  await user.taps(words.understood);
  for (const accepted of ['other', 'own'] as const) {
    await user.taps(words.keepApplication);
    await user.taps(words.goBack);
    const again = await forge('openCase', { ...(await reviewCase()), accepted });
    await user.taps(/09e4ab37/);
    await user.sees(accepted === 'other' ? words.second : words.own);
    await looks(`case-accepted-by-${accepted}`);
    again.release();
    await user.taps(words.refuse);
  }
};

const partners = async (visit: Visit): Promise<void> => {
  const { user, words, looks, forge, enters, chooses } = visit;
  await forge('openApplication', replies.hotelApplication);
  await enters('partners');
  await user.sees(words.applications);
  await looks('desk-partners');
  await user.page
    .getByRole('button')
    .filter({ hasText: /Xinghewan|星河湾/, visible: true })
    .first()
    .click();
  await user.button(words.approve).waitFor();
  await looks('application');
  for (const claim of [words.claim, words.maskedName]) {
    await user.page.getByRole('checkbox', { name: claim, exact: true }).click();
  }
  await user.taps(words.approve);
  await user.sees(words.claimNeeded);
  await looks('application-nothing');
  await user.taps(words.refuse);
  await chooses(words.claimsTooWide);
  await looks('application-refusing');
  await user.taps(words.goBack);
  await user.taps(new RegExp(words.alarms));
  await user.button(words.closeAlarm).waitFor();
  await looks('alarms');
  await user.taps(words.goBack);
  await tourOfServers(visit);
};

const security = async ({ user, words, looks, forge, enters, chooses, types }: Visit): Promise<void> => {
  await enters('security');
  await user.button(words.lookup).waitFor();
  await looks('desk-security');
  await user.taps(words.lookup);
  await types(words.reference, 'a1b2 c3d4');
  await user.taps(words.find);
  await user.sees(words.malformed);
  await looks('lookup');
  await types(words.reference, 'a1b2c3d4e5f60718'.repeat(2));
  const missing = await forge('findCard', refused('not_found'));
  await user.taps(words.find);
  await user.sees(words.missing);
  await looks('lookup-missing');
  missing.release();
  await forge('findCard', replies.foundCard(Date.now()));
  await user.taps(words.find);
  await user.button(words.hold).waitFor();
  await looks('lookup-card');
  await user.taps(words.hold);
  await chooses(words.inquiry);
  await looks('lookup-holding');
  await user.taps(words.keep);
  await user.taps(words.revoke);
  await chooses(words.fraud);
  await looks('propose');
  await user.taps(words.propose);
  await user.sees(words.proposed);
  await looks('propose-done');
  await user.taps(words.back);
  await user.taps(words.goBack);
  const waiting = await forge('listActs', replies.acts(Date.now()));
  await user.taps(new RegExp(words.acts));
  await user.sees(words.ownProposal);
  await looks('acts');
  await user.page.getByRole('button', { name: words.confirm, exact: true }).first().click();
  await user.button(words.lookAgain).waitFor();
  await looks('acts-confirm-asked');
  await user.taps(words.lookAgain);
  waiting.release();
  await user.taps(words.goBack);
};

/** Goes on from the desk of security. */
const manyCards = async ({ user, words, looks, forge, chooses, types }: Visit): Promise<void> => {
  const now = Date.now();
  await forge('listKeys', replies.keys(now));
  const none = await forge('listMassActs', { ok: true, acts: [] });
  await user.taps(words.keys);
  await user.sees(words.notTrusted);
  await looks('keys-no-acts');
  await user.taps(words.goBack);
  none.release();
  await forge('listMassActs', replies.massActs(now));
  await user.taps(words.keys);
  await user.sees(words.underWay);
  await looks('keys');
  await user.taps(words.renewCards);
  await user.button(words.check).waitFor();
  await looks('mass-act-renewal');
  await user.taps(words.check);
  await user.sees(words.unproposed);
  await looks('mass-act-renewal-check');
  const signing = await forge('proposeAct', refused('key_still_signing'));
  await user.taps(words.propose);
  await user.sees(words.stillSigning);
  await looks('mass-act-not-done');
  signing.release();
  await user.taps(words.understood);
  await user.taps(words.change);
  await user.taps(words.goBack);
  await user.taps(words.proposeMany);
  await user.button(words.check).waitFor();
  await looks('mass-act');
  await chooses(words.revokeMany);
  await chooses(words.byOffice);
  await types(words.office, '云栖市公安局西溪分局');
  await chooses(words.fraud);
  await looks('mass-act-office');
  await chooses(words.byDay);
  await types(words.firstDay, '2026-02-30');
  await types(words.lastDay, '2026-03-02');
  await user.taps(words.check);
  await user.sees(words.noDay);
  await looks('mass-act-period');
  await types(words.firstDay, '2026-02-28');
  await user.taps(words.check);
  await user.sees(words.unproposed);
  await looks('mass-act-period-check');
  await user.taps(words.goBack);
  await user.taps(words.goBack);
};

const counter = async (visit: Visit): Promise<void> => {
  const { user, words, looks, forge, enters, types } = visit;
  await enters('counter');
  await user.taps(words.visitor);
  await types(words.number, '40417210');
  await looks('visitor');
  await user.taps(words.receive);
  await user.sees(words.noNumber);
  await looks('visitor-missing');
  const withCase = await forge('receiveVisitor', await replies.visitor('case'));
  await user.taps(words.receive);
  await user.button(words.vouch).waitFor();
  await looks('visitor-case');
  withCase.release();
  const withChild = await forge('receiveVisitor', await replies.visitorWithGuardian('unconfirmed'));
  await user.taps(words.another);
  await types(words.number, '40417210');
  await user.taps(words.receive);
  await user.button(words.confirmGuardian).waitFor();
  await looks('visitor-guardian');
  withChild.release();
  const alone = await forge('receiveVisitor', await replies.visitorWithGuardian('needed'));
  await user.taps(words.another);
  await types(words.number, '40417210');
  await user.taps(words.receive);
  await user.sees(words.noGuardian);
  await looks('visitor-child-alone');
  alone.release();
  const withCard = await forge('receiveVisitor', await replies.visitor('card'));
  await user.taps(words.another);
  await types(words.number, '40417210');
  await user.taps(words.receive);
  await user.taps(words.raise);
  await user.sees(words.unseen);
  await looks('visitor-card');
  const raised = await forge('raiseVisitor', { ok: true });
  for (const name of words.seen) await user.page.getByRole('checkbox', { name, exact: true }).click();
  await types(words.lastFour, '123X');
  await user.taps(words.raise);
  await user.sees(words.raised);
  await looks('visitor-raised');
  raised.release();
  withCard.release();
  await deletionAtCounter(visit);
  await user.taps(words.goBack);
};

const auditor = async ({ user, words, looks, forge, enters }: Visit): Promise<void> => {
  await forge('getFigures', replies.figures);
  await forge('listAudit', replies.audit(Date.now()));
  await enters('auditor');
  await user.button(words.figures).waitFor();
  await looks('desk-auditor');
  await user.taps(words.figures);
  await user.sees(words.faces);
  await looks('figures');
  await user.taps(words.goBack);
  await user.taps(words.keys);
  await user.sees(words.underWay);
  await looks('keys-auditor');
  await user.taps(words.goBack);
  await user.taps(words.audit);
  await user.sees(words.end);
  await user.page.getByRole('button').filter({ hasText: 'sample-hotel', visible: true }).first().click();
  await looks('audit');
  await user.taps(words.goBack);
};

/** Walks over the operators' pages. @param user whose phone shows the first screen, and who is no operator yet */
export const tourOfConsole = async (user: PhoneUser, inspector: Inspector): Promise<void> => {
  const words = consoleWordsOf(user.language);
  const { page } = user;
  const visit: Visit = {
    user,
    words,
    looks: async (name) => {
      await restsFromToast(user);
      await inspector.looks(user, `console-${name}`);
    },
    forge: (action, reply) => forgeAnswers(user, action, () => reply, 'operator'),
    enters: async (role) => {
      await user.settings({ openId: operatorAccount(role, 1) });
      await user.taps(words.issuer);
    },
    chooses: (name) => page.getByRole('radio', { name, exact: true }).filter({ visible: true }).last().click(),
    types: (label, text) => page.getByLabel(label, { exact: true }).filter({ visible: true }).last().fill(text),
  };
  await user.taps(words.issuer);
  await user.sees(words.notOperator);
  await visit.looks('not-operator');
  const now = Date.now();
  await visit.forge('listTasks', replies.tasks(now));
  await visit.forge('listAlarms', replies.alarms(now));
  await review(visit);
  await partners(visit);
  await security(visit);
  await manyCards(visit);
  await counter(visit);
  await auditor(visit);
};
