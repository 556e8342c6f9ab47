import { samplePartners, sampleStaff } from '../../local/ecosystem/partners';
import { picturePath } from '../../local/people';
import type { HeadlessPhone } from '../../local/phone/headless/headless-phone';
import type { HistoryEntry, VerificationAnswer } from '../../protocol';
import { watchAdminCalls } from '../support/ecosystem/admin-calls';
import { codeOf, hoped } from '../support/ecosystem/called';
import { databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { PURPOSE } from '../support/ecosystem/showing';

const OPEN_ID = 'oHolderWithHistory';

let world: EcosystemUnderTest;
let phone: HeadlessPhone;
let merchants: readonly HeadlessPhone[];

const merchant = (at: number): HeadlessPhone => {
  const found = merchants[at];
  if (!found) throw new Error('no such counter');
  return found;
};

const enrolOn = async (used: HeadlessPhone): Promise<void> => {
  const at = (name: 'card-front' | 'card-back' | 'selfie-2'): string => picturePath({ id: 'lin-zhiyuan' }, name);
  const enrolment = await hoped(used.enrolment.begin());
  await hoped(used.enrolment.submitDocument(enrolment, at('card-front'), at('card-back')));
  const face = await hoped(used.enrolment.submitSelfie(enrolment, at('selfie-2')));
  if (face.outcome !== 'matched') throw new Error(`the face came to ${face.outcome}`);
  await hoped(used.enrolment.mint(enrolment, face.nonce));
};

const check = async (at = 0, used = phone): Promise<VerificationAnswer> => {
  const showing = await hoped(used.showing.show(PURPOSE));
  const scan = await merchant(at).newScan(showing.currentCode(), PURPOSE);
  return (await hoped(merchant(at).redeem(scan))).answer;
};

/** The whole history, page by page. */
const wholeHistory = async (): Promise<{ readonly entries: readonly HistoryEntry[]; readonly pages: number }> => {
  const entries: HistoryEntry[] = [];
  let page = await hoped(phone.listHistory());
  let pages = 1;
  for (entries.push(...page.entries); page.next; entries.push(...page.entries), pages += 1) {
    page = await hoped(phone.listHistory({ before: page.next }));
  }
  return { entries, pages };
};

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  phone = await world.phone(OPEN_ID);
  merchants = await Promise.all(sampleStaff.map(({ openId }) => world.phone(openId)));
  await enrolOn(phone);
}, START_TIMEOUT);
afterAll(() => world.close());

describe('a terminal', () => {
  it.each(sampleStaff.map((staff, at) => [staff.terminal, at, staff] as const))(
    '%s hears where it stands',
    async (_, at, { partner, shop, terminal, role }) => {
      const { names, grants } = samplePartners.find(({ id }) => id === partner) ?? {};
      const told = { ok: true, partner: names, shop, terminal, role, grants };
      expect(await hoped(merchant(at).describeTerminal())).toEqual(told);
    },
  );

  it('is none where nobody works', async () => {
    expect(await codeOf(phone.describeTerminal())).toBe('not_permitted');
    expect(await codeOf(phone.reportLook({ eventId: 'a1'.repeat(16), look: 'same' }))).toBe('not_permitted');
  });
});

describe('the holder’s history', () => {
  it('begins with the pictures that were destroyed, and the minting', async () => {
    const { card } = await hoped(phone.getCard());
    expect((await wholeHistory()).entries).toMatchObject([
      { number: 2, at: card.mintedAt, kind: 'card_minted' },
      { number: 1, at: card.mintedAt, kind: 'evidence_destroyed', files: 3 },
    ]);
  });

  it('tells of a check by whom, where and for what, and what staff said of the look', async () => {
    const { eventId, facts } = await check(1);
    const entry = {
      id: eventId,
      at: facts.redeemedAt,
      number: 3,
      kind: 'card_checked',
      purpose: PURPOSE,
      mode: 'shown',
      claims: ['masked_name', 'masked_number'],
      stepUp: [],
      partner: { zh: '云栖路快递驿站', en: 'Yunqi Road Parcel Station' },
      terminal: 'counter-2',
    };
    const receipt = expect.stringMatching(/^eyJ/) as unknown;
    expect((await wholeHistory()).entries[0]).toEqual({ ...entry, receipt, look: null });
    const said = await merchant(1).reportLook({ eventId, look: 'unsure' });
    expect(said).toEqual({ ok: true, reply: { ok: true, look: 'unsure' } });
    expect(await merchant(1).reportLook({ eventId, look: 'unsure' })).toEqual(said);
    expect(await codeOf(merchant(1).reportLook({ eventId, look: 'same' }))).toBe('wrong_step');
    expect((await wholeHistory()).entries[0]).toEqual({ ...entry, receipt, look: 'unsure' });
  });

  it('tells of the brake, and of a check that was refused meanwhile', async () => {
    const showing = await hoped(phone.showing.show(PURPOSE));
    await hoped(phone.suspendCard());
    await hoped(phone.suspendCard());
    expect(await codeOf(merchant(0).redeemCode(showing.currentCode(), PURPOSE))).toBe('suspended');
    await hoped(phone.resumeCard());
    const [resumed, refused, ...rest] = (await wholeHistory()).entries;
    expect(resumed?.kind).toBe('card_resumed');
    expect(refused).toMatchObject({ kind: 'check_refused', reason: 'card_suspended', terminal: 'counter-1' });
    expect(rest.map(({ kind }) => kind)).toEqual([
      'card_suspended',
      'card_checked',
      'card_minted',
      'evidence_destroyed',
    ]);
  });

  it('goes over to the next card of the same person', async () => {
    const before = (await wholeHistory()).entries;
    phone = await world.phone(OPEN_ID);
    await enrolOn(phone);
    const [minted, destroyed, ...rest] = (await wholeHistory()).entries;
    expect([minted?.kind, destroyed?.kind]).toEqual(['card_moved', 'evidence_destroyed']);
    expect(rest).toEqual(before);
  });

  it('has the events that an interrupted call left out, and shows the gap of one that was taken out', async () => {
    const events = databaseOf(world.cloud).collection('events');
    const { eventId } = await check();
    const whole = (await wholeHistory()).entries;
    const [newest, older] = whole;
    if (newest?.kind !== 'card_checked' || older?.kind !== 'card_moved') throw new Error('another order');
    expect(newest.id).toBe(eventId);
    for (const { id } of [newest, older]) await events.doc(id).remove();
    // The identity itself still holds the event of its last showing; of the older one only the number is left.
    const gap = { kind: 'entry_missing', number: older.number };
    expect((await wholeHistory()).entries).toEqual([newest, gap, ...whole.slice(2)]);
  });

  it('is read in pages that lose and repeat nothing', async () => {
    for (let change = 0; change < 20; change += 1) {
      await hoped(phone.suspendCard());
      await hoped(phone.resumeCard());
    }
    const { entries, pages } = await wholeHistory();
    expect(pages).toBe(Math.ceil(entries.length / 20));
    expect(entries.map(({ number }) => number)).toEqual(entries.map((_, at) => entries.length - at));
  }, 60_000);

  it('costs few calls of the database, and the check no more than before', async () => {
    const calls = watchAdminCalls(world.cloud);
    const costOf = async (call: () => Promise<unknown>): Promise<number> => {
      const before = calls.count();
      await call();
      return calls.count() - before;
    };
    const showing = await hoped(phone.showing.show(PURPOSE));
    const scan = await merchant(0).newScan(showing.currentCode(), PURPOSE);
    let eventId = '';
    // Staff, identity; the conditional write; the event.
    expect(await costOf(async () => ({ eventId } = (await hoped(merchant(0).redeem(scan))).answer))).toBe(4);
    // Staff, the check; the look.
    expect(await costOf(() => hoped(merchant(0).reportLook({ eventId, look: 'same' })))).toBe(3);
    expect(await costOf(() => hoped(merchant(0).describeTerminal()))).toBe(2);
    // Identity, the event of the last showing, page, partners, looks.
    expect(await costOf(() => hoped(phone.listHistory()))).toBe(5);
    calls.close();
  });

  it('is nobody else’s, and nobody’s where there is no card', async () => {
    expect(await codeOf((await world.phone('oStrangerWithoutCard')).listHistory())).toBe('not_found');
    expect(await codeOf(merchant(0).listHistory())).toBe('not_found');
  });
});
