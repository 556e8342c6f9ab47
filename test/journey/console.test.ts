import { sampleRegister } from '../../local/authority';
import { validators } from '../../protocol';
import { accepted, createClient, refusal, type Client } from '../support/ecosystem/client';
import { databaseOf } from '../support/ecosystem/database';
import { enrol, readCase, submitSelfie, type EnrolledHolder } from '../support/ecosystem/enrolment';
import { person, picture, picturesOf } from '../support/ecosystem/pictures';
import { consoleWordsOf } from '../support/journey/console-words';
import { startJourney, type Journey } from '../support/journey/journey';
import type { PhoneUser } from '../support/journey/phone-user';
import { application, creditCodes } from '../support/partner-steps';

jest.setTimeout(180_000);

/** Whom the register knows without a face: a person decides. */
const FACELESS = person('zhou-qiming');
const english = { language: 'en', theme: 'light' } as const;
const words = consoleWordsOf('en');

/** A working day of the issuer's operators, on the pages that they have for it. */
describe("the operators' console", () => {
  let journey: Journey;
  let holder: EnrolledHolder;
  const client = (openId: string): Client => createClient(journey.running.ecosystem.cloud.url, openId);

  beforeAll(async () => {
    const people = sampleRegister().map((entry) =>
      entry.number === FACELESS.idNumber ? { ...entry, portrait: picture(FACELESS.id, 'card-back') } : entry,
    );
    journey = await startJourney({ people });
    holder = await enrol(client('oHolderOfConsole'), picturesOf('lin-zhiyuan'));
  });

  afterEach(() => {
    expect(journey.faults()).toEqual([]);
  });

  afterAll(() => journey.close());

  const chooses = (user: PhoneUser, name: string): Promise<void> =>
    user.page.getByRole('radio', { name, exact: true }).filter({ visible: true }).last().click();
  const ticks = (user: PhoneUser, name: string): Promise<void> =>
    user.page.getByRole('checkbox', { name, exact: true }).filter({ visible: true }).last().click();
  const types = (user: PhoneUser, label: string, text: string): Promise<void> =>
    user.page.getByLabel(label, { exact: true }).filter({ visible: true }).last().fill(text);
  const card = async () => {
    const reply = await accepted(holder.client.ask('holder', { action: 'getCard' }), validators.CardReply);
    return reply.card;
  };
  const finds = async (user: PhoneUser): Promise<void> => {
    await types(user, words.reference, holder.card.id);
    await user.taps(words.find);
  };

  it('refuses a case with a reason, and has two others accept it on appeal, by the pictures', async () => {
    const subject = client('oFacelessOfConsole');
    const caseId = await readCase(subject, picturesOf(FACELESS.id));
    for (let tries = 0; tries < 3; tries += 1) await submitSelfie(subject, caseId, picture(FACELESS.id, 'selfie-1'));
    const follow = () => accepted(subject.ask('holder', { action: 'followCase', caseId }), validators.FollowCaseReply);

    const first = await journey.operator('reviewer', 1, english);
    await first.taps(new RegExp(caseId.slice(0, 8)));
    await first.sees(FACELESS.name);
    await first.sees('The register has no photo of this person to compare with.');
    const opens = async (user: PhoneUser, name: string): Promise<void> => {
      await user.page.getByRole('button', { name: new RegExp(name) }).click();
      await user.page.getByRole('img', { name, exact: true }).waitFor();
      await user.page.waitForFunction(
        '[...document.images].every(({ complete, naturalWidth }) => complete && naturalWidth > 0)',
      );
    };
    await opens(first, 'Document, portrait side');
    await first.taps(words.refuse);
    await chooses(first, words.facesDiffer);
    await first.taps(words.refuseNow);
    await first.button(words.lookAgain).waitFor();
    await first.taps(words.refuseNow);
    await first.sees(words.nothing);
    expect(await follow()).toMatchObject({ state: 'refused', reason: 'faces_differ' });

    await accepted(subject.ask('holder', { action: 'appealCase', caseId }), validators.DoneReply);
    const sides = ['Document, portrait side', 'Document, emblem side'];
    const accepts = async (user: PhoneUser): Promise<void> => {
      await user.taps(new RegExp(caseId.slice(0, 8)));
      await user.sees(words.facesDiffer);
      await user.taps(words.accept);
      await user.page.getByText(words.unopened).waitFor();
      for (const name of [...sides, 'Selfie 1', 'Selfie 2', 'Selfie 3']) await opens(user, name);
      await user.taps(words.accept);
      await user.button(words.lookAgain).waitFor();
      await user.taps(words.accept);
    };
    const second = await journey.operator('reviewer', 2, english);
    await second.sees(words.appeal);
    await accepts(second);
    await second.sees('With a colleague');
    expect(await follow()).toMatchObject({ state: 'inReview', isAppeal: true });
    const third = await journey.operator('reviewer', 3, english);
    await third.sees(`${words.appeal} · 2nd look`);
    await accepts(third);
    await third.sees(words.nothing);
    expect(await follow()).toMatchObject({ state: 'matched' });
  });

  it('approves an application for less than was asked', async () => {
    const owner = client('oOwnerOfConsole');
    const asked = application({ creditCode: creditCodes[1] });
    await accepted(owner.ask('verifier', asked), validators.DoneReply);
    const partners = await journey.operator('partners', 1, english);
    await partners.taps(new RegExp(asked.names.en));
    await ticks(partners, words.claim);
    await partners.taps(words.approve);
    await partners.button(words.lookAgain).waitFor();
    await partners.taps(words.approve);
    await partners.sees(words.nothing);
    const seen = await accepted(owner.ask('verifier', { action: 'getPartner' }), validators.PartnerReply);
    expect(seen).toMatchObject({
      state: 'active',
      grants: [{ purpose: 'parcel-pickup', claims: ['masked_name'], perDay: 500 }],
    });
  });

  it('raises the card of a visitor whose person and document were seen', async () => {
    const called = await accepted(holder.client.ask('holder', { action: 'callCounter' }), validators.CallCounterReply);
    const counter = await journey.operator('counter', 1, english);
    await counter.taps(words.visitor);
    await types(counter, words.number, called.number);
    await counter.taps(words.receive);
    await counter.sees('林**');
    for (const seen of words.seen) await ticks(counter, seen);
    await types(counter, words.lastFour, person('lin-zhiyuan').idNumber.slice(-4));
    await counter.taps(words.raise);
    await counter.sees(words.raised);
    expect(await card()).toMatchObject({ tier: 'full' });
  });

  it('has everything of a visitor without a phone deleted by two operators, with a proof for them', async () => {
    const leaving = await enrol(client('oLeavingOfConsole'), picturesOf('he-huilan'));
    const asked = leaving.client.ask('holder', { action: 'issueKillCode' });
    const { code } = await accepted(asked, validators.IssueKillCodeReply);
    const first = await journey.operator('counter', 1, english);
    await first.taps(words.visitor);
    await first.taps(words.noPhone);
    await types(first, words.code, code);
    await first.taps(words.receive);
    await first.taps(words.wish);
    for (const seen of words.seen) await ticks(first, seen);
    await types(first, words.lastFour, person('he-huilan').idNumber.slice(-4));
    await first.taps(words.proposeDeletion);
    await first.sees(words.toDelete);
    const { cloud } = journey.running.ecosystem;
    const address = (await first.page.getByText(`${cloud.url}/public/deletions/`).textContent()) ?? '';

    const second = await journey.operator('counter', 2, english);
    await second.taps(new RegExp(words.acts));
    await second.sees('Kill code brought, person and card seen');
    expect((await fetch(address)).status).toBe(404);
    await second.taps(words.confirm);
    await second.button(words.lookAgain).waitFor();
    await second.taps(words.confirm);
    await second.sees(words.noActs);
    await databaseOf(cloud)
      .collection('proposals')
      .where({ state: 'confirmed' })
      .update({ proposedAt: Date.now() - 60_000 });
    await cloud.runTimer('finish');
    expect((await fetch(address)).status).toBe(200);
    expect((await refusal(leaving.client.ask('holder', { action: 'getCard' }))).code).toBe('not_found');
  });

  it('holds a card and releases it, and revokes it by two operators', async () => {
    const first = await journey.operator('security', 1, english);
    await first.taps(words.lookup);
    await finds(first);
    await first.taps(words.hold);
    await chooses(first, words.inquiry);
    await first.taps(words.holdNow);
    await first.button('Leave it').waitFor();
    await first.taps(words.holdNow);
    await first.sees(words.held);
    expect(await card()).toMatchObject({ status: 'suspended' });
    await first.taps(words.release);
    await first.button('Leave it').waitFor();
    await first.taps(words.release);
    await first.sees(words.released);
    expect(await card()).toMatchObject({ status: 'valid' });

    await finds(first);
    await first.taps(words.revoke);
    await chooses(first, words.fraud);
    await first.taps(words.propose);
    await first.sees(words.proposed);
    const second = await journey.operator('security', 2, english);
    await second.taps(new RegExp(words.acts));
    await second.sees(words.fraud);
    expect(await card()).toMatchObject({ status: 'valid' });
    await second.taps(words.confirm);
    await second.button(words.lookAgain).waitFor();
    await second.taps(words.confirm);
    await second.sees(words.noActs);
    expect(await card()).toMatchObject({ status: 'revoked' });

    const auditor = await journey.operator('auditor', 1, english);
    await auditor.taps(words.audit);
    await auditor.sees('A proposal was carried out');
  });
});
