import { readFileSync } from 'node:fs';
import { sampleRegister } from '../../local/authority';
import { publicKeyFromJwk, validators, verifyDeletionProof, type OperatorRole, type PublicJwk } from '../../protocol';
import { verifySignature } from '../../cloudfunctions/_adapters/crypto/es256';
import { accepted, createClient, type Client } from '../support/ecosystem/client';
import { person, picture } from '../support/ecosystem/pictures';
import { startJourney, type Journey } from '../support/journey/journey';
import type { PhoneUser } from '../support/journey/phone-user';
import {
  enrol,
  giveDocumentConsent,
  photograph,
  photographCard,
  reachReview,
  touchSensor,
} from '../support/journey/steps';
import { openManage, rowOf } from '../support/journey/tour-of-manage';

jest.setTimeout(180_000);

/** Whom the register knows without a face: a selfie of theirs goes to a reviewer. */
const FACELESS = person('zhou-qiming');

let journey: Journey;

beforeAll(async () => {
  const people = sampleRegister().map((entry) =>
    entry.number === FACELESS.idNumber ? { ...entry, portrait: picture(FACELESS.id, 'card-back') } : entry,
  );
  journey = await startJourney({ people });
});

afterEach(() => {
  expect(journey.faults()).toEqual([]);
});

afterAll(() => journey.close());

const cloudUrl = (): string => journey.running.ecosystem.cloud.url;
const operator = (role: OperatorRole, at: number): Client =>
  createClient(cloudUrl(), `oOperator${role.charAt(0).toUpperCase()}${role.slice(1)}${String(at)}`);
const isDone = (reply: Promise<unknown>) => accepted(reply, validators.DoneReply);

/** Saves a file that the phone hands over. @returns its text */
const save = async ({ page, taps, words }: PhoneUser): Promise<string> => {
  const saved = page.waitForEvent('download');
  await taps(words.saveFile);
  return readFileSync(await (await saved).path(), 'utf8');
};
/** What an element of that name shows. */
const shown = async ({ page }: PhoneUser, name: RegExp): Promise<string> =>
  page.getByRole('img', { name }).filter({ visible: true }).innerText();

describe('the holder of a card', () => {
  it('writes down a kill code, with which anybody stops the card without a login, and reads of it', async () => {
    const holder = await journey.holder('lin-zhiyuan', { language: 'zh', theme: 'light' });
    const { words } = holder;
    await enrol(holder);
    await openManage(holder);
    await holder.taps(rowOf(words.killCode));
    await holder.taps(words.makeCode);
    await holder.sees(words.writeDown);
    const written = await shown(holder, /^停用码/);
    await holder.sees(`${cloudUrl()}/public/kill`);
    await holder.taps(words.written);
    const stop = () =>
      fetch(`${cloudUrl()}/public/kill?lang=en`, { method: 'POST', body: new URLSearchParams({ code: written }) });
    expect(await (await stop()).text()).toContain('The card is stopped');
    expect(await (await stop()).text()).toContain('No card was stopped');
    await holder.taps(words.goBack);
    await holder.sees(words.suspended);
    await holder.sees('用停用码停用');
    // It was not the holder's tap: the phone neither resumes nor deletes it.
    expect(await holder.button(words.resume).count()).toBe(0);
    await openManage(holder);
    expect(await holder.button(rowOf(words.deletion)).getAttribute('aria-disabled')).toBe('true');
  });

  it('reads all that is kept of them, takes it along, and has it deleted with a proof that anybody can verify', async () => {
    const holder = await journey.holder('shen-ruoxi', { language: 'en', theme: 'dark' });
    const { words } = holder;
    await enrol(holder);
    await openManage(holder);
    await holder.taps(rowOf(words.exportData));
    await holder.taps(words.readData);
    await holder.sees(person('shen-ruoxi').idNumber);
    await holder.taps(words.dataFile);
    const exported = JSON.parse(await save(holder)) as { record: { person: { name: string } }; events: unknown[] };
    expect(exported.record.person.name).toBe(person('shen-ruoxi').name);
    expect(exported.events.length).toBeGreaterThan(1);
    await holder.taps(words.goBack);

    await holder.taps(rowOf(words.deletion));
    await holder.page.getByRole('checkbox', { checked: false }).click();
    await holder.taps(words.deletion);
    await holder.taps(words.confirmDeletion);
    await holder.sees(words.proved);
    await holder.taps(words.keepProof);
    const proof = (await save(holder)).split('\r\n').at(-1) ?? '';
    const published = (await (await fetch(`${cloudUrl()}/.well-known/jwks.json`)).json()) as {
      keys: (PublicJwk & { readonly kid: string })[];
    };
    const keys = new Map(published.keys.map((jwk) => [jwk.kid, publicKeyFromJwk(jwk)]));
    expect(verifyDeletionProof(proof, { keys, verify: verifySignature })).toMatchObject({ issuer: cloudUrl() });
    await holder.taps(words.leave);
    await holder.button(words.getCard).waitFor();
  });
});

describe('whose card is decided elsewhere', () => {
  it('is refused at a review, appeals, is accepted by two other reviewers, and finishes the card', async () => {
    const holder = await journey.holder(FACELESS.id, { language: 'en', theme: 'light' });
    const { words } = holder;
    await reachReview(holder);
    await holder.taps(words.agrees);
    for (const again of [true, true, false]) {
      await photograph(holder);
      if (again) await holder.taps(words.takeAnother);
    }
    await holder.sees(words.inReview);
    const [first, second, third] = [operator('reviewer', 1), operator('reviewer', 2), operator('reviewer', 3)];
    const { cases } = await accepted(first.ask('operator', { action: 'listTasks' }), validators.ListTasksReply);
    const waiting = cases[0]?.case;
    await isDone(first.ask('operator', { action: 'refuseCase', case: waiting, reason: 'not_live' }));
    await holder.taps(words.goBack);
    await holder.sees(words.reviewRefused);
    await holder.taps(words.follow);
    await holder.sees('Take it again in good light');
    await holder.taps(words.appeal);
    await holder.page.getByRole('alertdialog').getByRole('button', { name: words.appeal }).click();
    await holder.sees(words.appealed);
    const accept = (by: Client) =>
      accepted(by.ask('operator', { action: 'acceptCase', case: waiting }), validators.AcceptCaseReply);
    await accept(second);
    await holder.taps(words.lookAgain);
    await holder.sees(words.appealed);
    await accept(third);
    await holder.taps(words.lookAgain);
    await holder.sees(words.vouched);
    await holder.taps(words.finish);
    await touchSensor(holder);
    await holder.taps(words.seeCard);
    await holder.sees(words.ready);
    expect(await holder.button(words.follow).count()).toBe(0);
  });

  it('has no face compared, is vouched for by two operators at a counter, and finishes the card', async () => {
    const holder = await journey.holder('aygul', { language: 'zh', theme: 'dark' });
    const { words } = holder;
    await holder.taps(words.getCard);
    await giveDocumentConsent(holder);
    await holder.taps(words.declineFace);
    await holder.taps(words.byCounter);
    await holder.taps(words.allow);
    await photographCard(holder);
    await holder.taps(words.agrees);
    await holder.sees(words.counterConfirms);
    await holder.taps(words.callCounter);
    await holder.sees(words.readOut);
    const number = (await shown(holder, /^柜台号码/)).replace(' ', '');
    const [first, second] = [operator('counter', 1), operator('counter', 2)];
    const visitor = await accepted(
      first.ask('operator', { action: 'receiveVisitor', number }),
      validators.ReceiveVisitorReply,
    );
    expect(visitor.about).toBe('case');
    const act = { kind: 'vouch_for_case', target: visitor.reference, reason: 'face_not_possible' };
    const proposed = await accepted(
      first.ask('operator', { action: 'proposeAct', ...act }),
      validators.ProposeActReply,
    );
    const { proposal, hash } = proposed;
    await isDone(second.ask('operator', { action: 'confirmAct', proposal, hash }));
    // The page hears of it by itself.
    await holder.sees(words.vouched);
    await holder.taps(words.finish);
    await touchSensor(holder);
    await holder.taps(words.seeCard);
    await holder.sees(words.ready);
  });
});
