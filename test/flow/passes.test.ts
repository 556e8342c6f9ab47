import { sampleStaff } from '../../local/ecosystem/partners';
import { picturePath } from '../../local/people';
import type { HeadlessPhone } from '../../local/phone/headless/headless-phone';
import { parseShownPass, validators } from '../../protocol';
import { hoped } from '../support/ecosystem/called';
import { databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { person } from '../support/ecosystem/pictures';
import { PURPOSE } from '../support/ecosystem/showing';

const PERSON = person('lin-zhiyuan');

let world: EcosystemUnderTest;
let phone: HeadlessPhone;
/** Two counters of one shop. */
let counters: HeadlessPhone[];

const stored = async (collection: string): Promise<Readonly<Record<string, unknown>>[]> =>
  ((await databaseOf(world.cloud).collection(collection).limit(1000).get()) as { data: Record<string, unknown>[] })
    .data;
const counter = (at: number): HeadlessPhone => {
  const found = counters[at];
  if (!found) throw new Error('two counters');
  return found;
};
const showing = async () => hoped(phone.passes.showPass(PURPOSE));
const entries = async () => (await hoped(phone.listHistory())).entries;

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  phone = await world.phone('oHolderWithoutNetwork');
  counters = [await world.phone(sampleStaff[0]?.openId ?? ''), await world.phone(sampleStaff[1]?.openId ?? '')];
  const enrolment = await hoped(phone.enrolment.begin());
  const { id } = PERSON;
  await hoped(
    phone.enrolment.submitDocument(enrolment, picturePath({ id }, 'card-front'), picturePath({ id }, 'card-back')),
  );
  const face = await hoped(phone.enrolment.submitSelfie(enrolment, picturePath({ id }, 'selfie-2')));
  if (face.outcome !== 'matched') throw new Error(`the face came to ${face.outcome}`);
  await hoped(phone.enrolment.mint(enrolment, face.nonce));
}, START_TIMEOUT);
afterAll(() => world.close());

describe('a holder and a merchant without a network', () => {
  it('meet after both were online, and the history tells of it once the merchant is online again', async () => {
    expect(await hoped(phone.passes.refillPasses())).toBe(10);
    for (const one of counters) await hoped(one.offlineTerminal.hearTerminal());
    const shown = await showing();
    const checked = await counter(0).offlineCheck.checkOffline(shown.currentText(), PURPOSE);
    expect(checked).toMatchObject({
      ok: true,
      pass: { purpose: PURPOSE, tier: 'light', claims: { masked_name: '林**', masked_number: '3****************0' } },
    });
    // Nobody knows yet.
    expect((await entries()).map(({ kind }) => kind)[0]).toBe('passes_issued');
    await counter(0).offlineCheck.handInUses();
    expect(await counter(0).offlineCheck.offlineState()).toEqual({ unsent: 0, reports: [] });
    expect((await entries())[0]).toMatchObject({ kind: 'pass_used', purpose: PURPOSE, terminal: 'counter-1' });
  });

  it('find out a pass that was shown to two counters: both are told', async () => {
    const shown = await showing();
    for (const one of counters) {
      expect((await one.offlineCheck.checkOffline(shown.currentText(), PURPOSE)).ok).toBe(true);
    }
    expect(await counter(0).offlineCheck.checkOffline(shown.currentText(), PURPOSE)).toEqual({
      ok: false,
      fault: 'used_here',
    });
    await Promise.all(counters.map((one) => one.offlineCheck.handInUses()));
    const states = await Promise.all(counters.map((one) => one.offlineCheck.offlineState()));
    expect(states.map(({ unsent }) => unsent)).toEqual([0, 0]);
    expect(states.flatMap(({ reports }) => reports)).toMatchObject([{ result: { outcome: 'used_before' } }]);
    expect((await entries()).slice(0, 2).map(({ kind }) => kind)).toEqual(['pass_used_twice', 'pass_used']);
  });

  it('are told of a card that was suspended before, once they are online', async () => {
    const shown = await showing();
    await hoped(phone.suspendCard());
    expect((await counter(0).offlineCheck.checkOffline(shown.currentText(), PURPOSE)).ok).toBe(true);
    await counter(0).offlineCheck.handInUses();
    const { reports } = await counter(0).offlineCheck.offlineState();
    const [suspended] = (await entries()).filter(({ kind }) => kind === 'card_suspended');
    expect(reports.at(-1)?.result).toMatchObject({
      outcome: 'first_use',
      notValidSince: suspended && 'at' in suspended ? suspended.at : 0,
    });
    await hoped(phone.resumeCard());
  });

  it('leave nothing in the database that links a pass to a person, or two passes to each other', async () => {
    const [identity] = await stored('identities');
    const passes = await stored('passes');
    expect(passes.length).toBe(10);
    expect(new Set(passes.map(({ dataKey }) => dataKey)).size).toBe(10);
    const told = JSON.stringify([passes, await stored('pass_uses')]);
    for (const trace of [
      identity?.['_id'],
      identity?.['account'],
      identity?.['caseId'],
      PERSON.name,
      PERSON.idNumber,
      '林*',
    ]) {
      expect(told).not.toContain(String(trace));
    }
    const shown = await showing();
    const id = parseShownPass(shown.currentText())?.pass.id;
    expect(passes.map(({ _id }) => _id)).toContain(id);
  });

  it('are served by a schema that both sides keep to', async () => {
    const reply = await world.client('oHolderWithoutNetwork').ask('holder', { action: 'listHistory' });
    expect(validators.ListHistoryReply(reply)).toBe(true);
    const stranger = await world.client('oNobodyOfAll').ask('verifier', { action: 'prepareOffline' });
    expect(stranger).toMatchObject({ ok: false, error: { code: 'not_permitted' } });
  });
});
