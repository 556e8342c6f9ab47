import { sampleStaff } from '../../local/ecosystem/partners';
import { picturePath } from '../../local/people';
import type { HeadlessPhone } from '../../local/phone/headless/headless-phone';
import type { HistoryEntry, OpenEntryReply } from '../../protocol';
import { codeOf, hoped } from '../support/ecosystem/called';
import { databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { PURPOSE } from '../support/ecosystem/showing';

let world: EcosystemUnderTest;
let phone: HeadlessPhone;
let merchant: HeadlessPhone;

const enrol = async (used: HeadlessPhone): Promise<void> => {
  const at = (name: 'card-front' | 'card-back' | 'selfie-2'): string => picturePath({ id: 'lin-zhiyuan' }, name);
  const enrolment = await hoped(used.enrolment.begin());
  await hoped(used.enrolment.submitDocument(enrolment, at('card-front'), at('card-back')));
  const face = await hoped(used.enrolment.submitSelfie(enrolment, at('selfie-2')));
  if (face.outcome !== 'matched') throw new Error(`the face came to ${face.outcome}`);
  await hoped(used.enrolment.mint(enrolment, face.nonce));
};

const check = async (): Promise<void> => {
  const showing = await hoped(phone.showing.show(PURPOSE));
  await hoped(merchant.redeem(await merchant.newScan(showing.currentCode(), PURPOSE)));
};

const newest = async (): Promise<HistoryEntry> => {
  const [entry] = (await hoped(phone.listHistory())).entries;
  if (!entry) throw new Error('no history');
  return entry;
};

const prove = ({ entry, opening }: OpenEntryReply) => {
  if (entry.kind === 'entry_missing' || !opening) throw new Error('nothing to prove');
  return phone.proveEntry(entry, opening);
};
const proveNumber = async (number: number) => prove(await hoped(phone.openEntry({ number })));

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  phone = await world.phone('oHolderWithProofs');
  merchant = await world.phone(sampleStaff[0]?.openId ?? '');
  await enrol(phone);
}, START_TIMEOUT);
afterAll(() => world.close());

describe('the holder’s history', () => {
  it('proves every entry on the phone, once the log has it, and holds the log against what it kept', async () => {
    await check();
    const { number } = await newest();
    expect(await proveNumber(number)).toEqual({ kind: 'waiting' });
    await world.cloud.runTimer('keepLog');
    expect(await proveNumber(number)).toMatchObject({ kind: 'proven', since: null });
    await check();
    await world.cloud.runTimer('keepLog');
    const numbers = Array.from({ length: number + 1 }, (_, at) => at + 1);
    for (const one of numbers) expect(await proveNumber(one)).toMatchObject({ kind: 'proven', isKeyNew: false });
    expect(await codeOf(phone.openEntry({ number: number + 2 }))).toBe('not_found');
  });

  it('has receipts that the phone verifies, and opens to nobody else', async () => {
    const { entry, opening } = await hoped(phone.openEntry({ number: (await newest()).number }));
    if (entry.kind !== 'card_checked' || !opening) throw new Error('no check');
    expect(await phone.checkReceipt(entry, opening)).toBe('signed');
    expect(await phone.checkReceipt({ ...entry, purpose: 'age-check' }, opening)).toBe('wrong');
    expect(await codeOf(merchant.openEntry({ number: 1 }))).toBe('not_found');
  });

  it('is found out where the stored log is changed, and the phone keeps what proves it', async () => {
    const { number } = await newest();
    const tiles = databaseOf(world.cloud).collection('log_tiles');
    const { data } = (await tiles.where({ level: 0, index: 0 }).get()) as { data: { _id: string; hashes: string }[] };
    const [tile] = data;
    if (!tile) throw new Error('no tile');
    const { _id, ...whole } = tile;
    await tiles
      .doc(_id)
      .set({ ...whole, hashes: `${whole.hashes.startsWith('A') ? 'B' : 'A'}${whole.hashes.slice(1)}` });
    expect(await proveNumber(number)).toEqual({ kind: 'contradiction', fault: 'proof_wrong' });
    await tiles.doc(_id).set(whole);
    expect(await proveNumber(number)).toMatchObject({ kind: 'proven' });
    // A log that was cut is signed by nobody any more: its newest checkpoint is an old one, or there is none.
    const checkpoints = databaseOf(world.cloud).collection('log_checkpoints');
    const signed = (await checkpoints.limit(100).get()) as { data: { _id: string }[] };
    for (const one of signed.data) await checkpoints.doc(one._id).remove();
    expect(await proveNumber(number)).toEqual({ kind: 'contradiction', fault: 'log_rewritten' });
  });
});
