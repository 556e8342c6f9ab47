import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSealing } from '../../cloudfunctions/_adapters/crypto/sealing';
import type { SealedKey } from '../../cloudfunctions/_core/sealed-key';
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
/** Writes events of one instant into the holder's history, sealed as the service seals them. @returns their ids */
const appendTied = async (count: number): Promise<readonly string[]> => {
  const { dataKey } = JSON.parse(readFileSync(join(world.dataDir, 'secrets.json'), 'utf8')) as { dataKey: string };
  const sealing = createSealing(Buffer.from(dataKey, 'base64url'));
  const database = databaseOf(world.cloud);
  const { data } = (await database.collection('identities').get()) as { data: { _id: string; dataKey: SealedKey }[] };
  const [identity] = data;
  if (!identity) throw new Error('nobody has a card');
  const { at } = (await wholeHistory()).entries[12] ?? { at: 0 };
  const ids = Array.from({ length: count }, () => randomBytes(16).toString('hex'));
  for (const id of ids) {
    const happened = Buffer.from(JSON.stringify({ kind: 'card_resumed' }));
    const sealed = sealing.seal(identity.dataKey, `event ${id} at ${String(at)}`, happened);
    await database.collection('events').add({ _id: id, at, subject: identity._id, sealed });
  }
  return ids;
};
const kinds = async (): Promise<readonly string[]> => (await wholeHistory()).entries.map(({ kind }) => kind);

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
    async (_, at, { partner, terminal, purposes }) => {
      const names = samplePartners.find(({ id }) => id === partner)?.names;
      expect(await hoped(merchant(at).describeTerminal())).toEqual({ ok: true, partner: names, terminal, purposes });
    },
  );

  it('is none where nobody works', async () => {
    expect(await codeOf(phone.describeTerminal())).toBe('not_permitted');
    expect(await codeOf(phone.reportLook({ eventId: 'a1'.repeat(16), look: 'same' }))).toBe('not_permitted');
  });
});

describe('the holder’s history', () => {
  it('begins with the minting', async () => {
    const { card } = await hoped(phone.getCard());
    expect((await wholeHistory()).entries).toEqual([{ id: card.id, at: card.mintedAt, kind: 'card_minted' }]);
  });

  it('tells of a check by whom, where and for what, and what staff said of the look', async () => {
    const { eventId, facts } = await check(1);
    const entry = {
      id: eventId,
      at: facts.redeemedAt,
      kind: 'card_checked',
      purpose: PURPOSE,
      partner: { zh: '云栖路快递驿站', en: 'Yunqi Road Parcel Station' },
      terminal: 'counter-2',
    };
    expect((await wholeHistory()).entries[0]).toEqual({ ...entry, look: null });
    const said = await merchant(1).reportLook({ eventId, look: 'unsure' });
    expect(said).toEqual({ ok: true, reply: { ok: true, look: 'unsure' } });
    expect(await merchant(1).reportLook({ eventId, look: 'unsure' })).toEqual(said);
    expect(await codeOf(merchant(1).reportLook({ eventId, look: 'same' }))).toBe('wrong_step');
    expect((await wholeHistory()).entries[0]).toEqual({ ...entry, look: 'unsure' });
  });

  it('tells of the brake, and of a check that was refused not at all', async () => {
    await hoped(phone.suspendCard());
    await hoped(phone.suspendCard());
    await hoped(phone.resumeCard());
    expect(await kinds()).toEqual(['card_resumed', 'card_suspended', 'card_checked', 'card_minted']);
  });

  it('goes over to the next card of the same person', async () => {
    const before = (await wholeHistory()).entries;
    phone = await world.phone(OPEN_ID);
    await enrolOn(phone);
    const [minted, ...rest] = (await wholeHistory()).entries;
    expect(minted).toMatchObject({ kind: 'card_minted', id: (await hoped(phone.getCard())).card.id });
    expect(rest).toEqual(before);
  });

  it('has the events that interrupted calls left out, on the page where they belong', async () => {
    const events = databaseOf(world.cloud).collection('events');
    const { eventId } = await check();
    await hoped(phone.suspendCard());
    const whole = (await wholeHistory()).entries;
    const { card } = await hoped(phone.getCard());
    for (const id of [eventId, card.id, whole[0]?.id ?? '']) await events.doc(id).remove();
    expect((await wholeHistory()).entries).toEqual(whole);
    await hoped(phone.resumeCard());
  });

  it('is read in pages that lose and repeat nothing, however many events share an instant', async () => {
    for (let change = 0; change < 20; change += 1) {
      await hoped(phone.suspendCard());
      await hoped(phone.resumeCard());
    }
    const known = (await wholeHistory()).entries.length;
    const tied = await appendTied(45);
    const { entries, pages } = await wholeHistory();
    expect(entries).toHaveLength(known + tied.length);
    expect(pages).toBe(Math.ceil(entries.length / 20));
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
    expect(entries.map(({ id }) => id)).toEqual(expect.arrayContaining([...tied]));
    const inOrder = [...entries].sort((one, other) => other.at - one.at || (one.id < other.id ? 1 : -1));
    expect(entries).toEqual(inOrder);
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
    // Staff, the check, its data key; the look.
    expect(await costOf(() => hoped(merchant(0).reportLook({ eventId, look: 'same' })))).toBe(4);
    expect(await costOf(() => hoped(merchant(0).describeTerminal()))).toBe(2);
    // Identity, page, partners, looks.
    expect(await costOf(() => hoped(phone.listHistory()))).toBe(4);
    calls.close();
  });

  it('is nobody else’s, and nobody’s where there is no card', async () => {
    expect(await codeOf((await world.phone('oStrangerWithoutCard')).listHistory())).toBe('not_found');
    expect(await codeOf(merchant(0).listHistory())).toBe('not_found');
  });
});
