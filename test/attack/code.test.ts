import type { CodeFault } from '../../cloudfunctions/_core/log-entry';
import { sampleStaff } from '../../local/ecosystem/partners';
import { validators } from '../../protocol';
import { decodeBase45, encodeBase45 } from '../support/ecosystem/base45';
import { accepted, refusal, type Client } from '../support/ecosystem/client';
import { counts, databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { enrol, type EnrolledHolder } from '../support/ecosystem/enrolment';
import { bytesOf, claims, forgeCode, hexOf, twinOf, type CodeParts } from '../support/ecosystem/forged-code';
import { createKeyPair } from '../support/ecosystem/keys';
import { inParallel } from '../support/ecosystem/in-parallel';
import { picturesOf } from '../support/ecosystem/pictures';
import { openShowing, prepare, PURPOSE, redeem, requestId, type Showing } from '../support/ecosystem/showing';

let world: EcosystemUnderTest;
let holder: EnrolledHolder;
let staff: Client;
let colleague: Client;

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  holder = await enrol(world.client('oHolderOfCodes'), picturesOf('lin-zhiyuan'));
  [staff, colleague] = sampleStaff.map(({ openId }) => world.client(openId)) as [Client, Client];
}, START_TIMEOUT);
afterAll(() => world.close());

const show = (): Promise<Showing> => openShowing(holder.client, holder.key);

const redeemed = (code: string): Promise<unknown> => accepted(redeem(staff, code), validators.RedeemCodeReply);

/** What a refused redemption says, and what the service's log says about it. */
const refused = async (code: string): Promise<{ heard: unknown; logged: readonly CodeFault[] }> => {
  let heard: unknown;
  const entries = await world.log.during('CODE_REFUSED', async () => {
    heard = await refusal(redeem(staff, code));
  });
  return { heard, logged: entries.map(({ reason }) => reason) };
};

const unrecognised = (reason: CodeFault) => ({ heard: { code: 'code_not_recognised' }, logged: [reason] });

describe('a code that is genuine', () => {
  it('is taken, also where another library put it together', async () => {
    const { handle, key } = await show();
    await redeemed(forgeCode(key.sign, { payload: claims(handle) }));
  });

  it('is taken at most once: not as it was, not renewed, not by another terminal', async () => {
    const showing = await show();
    const code = showing.code();
    await redeemed(code);
    const used = { heard: { code: 'code_already_used' }, logged: ['already_redeemed'] };
    expect(await refused(code)).toEqual(used);
    expect(await refused(showing.code(1))).toEqual(used);
    expect(await refusal(redeem(colleague, code))).toEqual({ code: 'code_already_used' });
    await show();
    expect(await refused(code)).toEqual(used);
  });

  it('is refused once it is 30 s old and before its time, and neither consumes the showing', async () => {
    const showing = await show();
    expect(await refused(showing.code(-31))).toEqual({ heard: { code: 'code_expired' }, logged: ['stale'] });
    expect(await refused(showing.code(10))).toEqual({ heard: { code: 'code_expired' }, logged: ['from_future'] });
    await redeemed(showing.code(-20));
  });

  it('is refused once its showing is over', async () => {
    const showing = await show();
    await databaseOf(world.cloud)
      .collection('identities')
      .where({ 'showing.handle': showing.handle })
      .update({ 'showing.expiresAt': Date.now() - 1 });
    expect(await refused(showing.code())).toEqual({ heard: { code: 'code_expired' }, logged: ['showing_over'] });
  });

  it('is worth nothing once the holder shows the card anew', async () => {
    const showing = await show();
    await show();
    expect(await refused(showing.code())).toEqual(unrecognised('unknown_showing'));
  });
});

describe('a code that is not the service’s own', () => {
  it('looks the same to a stranger, whatever is wrong with it; the log tells them apart', async () => {
    const { handle, key } = await show();
    const foreign = createKeyPair();
    const unknown = Buffer.alloc(16, 7).toString('base64url');
    expect(await refused(forgeCode(foreign.sign, { payload: claims(handle) }))).toEqual(unrecognised('bad_signature'));
    expect(await refused(forgeCode(holder.key.sign, { payload: claims(handle) }))).toEqual(
      unrecognised('bad_signature'),
    );
    expect(await refused(forgeCode(key.sign, { payload: claims(unknown) }))).toEqual(unrecognised('unknown_showing'));
    expect(await refused('0')).toEqual(unrecognised('malformed'));
    const prepared = await prepare(holder.client);
    expect(await refused(forgeCode(key.sign, { payload: claims(prepared) }))).toEqual(unrecognised('showing_not_open'));
  });

  it('is refused with a bit turned in any one byte', async () => {
    const showing = await show();
    const bytes = decodeBase45(showing.code());
    const bits = Array.from(bytes, (_, at) => at * 8 + ((at * 5) % 8));
    const replies = await inParallel(4, bits, (bit) => {
      const flipped = bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      return refusal(redeem(staff, encodeBase45(flipped)));
    });
    expect(new Set(replies.map(({ code }) => code))).toEqual(new Set(['code_not_recognised']));
    await redeemed(showing.code());
  });

  it('is refused where it is cut off, or any one letter is another', async () => {
    const showing = await show();
    const code = showing.code();
    // In steps of two: every group of three letters is met at each of its places.
    const positions = Array.from(code, (_, at) => at).filter((at) => at % 2 === 1);
    const cut = positions.flatMap((at) => [code.slice(0, at), code.slice(at)]);
    const changed = positions.map((at) => code.slice(0, at) + (code[at] === 'A' ? 'B' : 'A') + code.slice(at + 1));
    const replies = await inParallel(4, [...cut, ...changed], (text) => refusal(redeem(staff, text)));
    expect(new Set(replies.map(({ code: why }) => why))).toEqual(new Set(['code_not_recognised']));
    await redeemed(showing.code());
  });
});

describe('a code that is spelled otherwise', () => {
  /** Base45 counts to 91124 in three letters, and two bytes to 65535: a careless reader lets what is above begin anew. */
  const wrappedGroup = (code: string): string => {
    for (let at = 0; at + 3 <= code.length; at += 3) {
      const value = decodeBase45(code.slice(at, at + 3)).reduce((sum, byte) => sum * 256 + byte, 0);
      if (value + 65536 >= 45 ** 3) continue;
      const ahead = value + 65536;
      const letters = [ahead % 45, Math.floor(ahead / 45) % 45, Math.floor(ahead / 2025)];
      return (
        code.slice(0, at) +
        letters.map((digit) => '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'[digit]).join('') +
        code.slice(at + 3)
      );
    }
    throw new Error('this code has no small group; make another');
  };

  it('is refused in every other base45 spelling', async () => {
    const showing = await show();
    const code = showing.code();
    for (const text of [`${code} `, ` ${code}`, `${code}0`, `${code}00`, code.replace(/.$/, ''), wrappedGroup(code)]) {
      expect(await refused(text)).toEqual(unrecognised('malformed'));
    }
    // These are no letters of a code at all.
    for (const text of [code.toLowerCase(), `${code}\n`]) {
      expect(await refusal(redeem(staff, text))).toEqual({ code: 'request_invalid', at: '/code' });
    }
    await redeemed(code);
  });

  const iat = Math.floor(Date.now() / 1000);
  const iatHex = iat.toString(16);
  const cti = (handle: string) => Buffer.from(handle, 'base64url').toString('hex');

  it.each<[string, (handle: string) => CodeParts]>([
    ['the time in eight bytes', (handle) => ({ payload: `a2061b00000000${iatHex}0750${cti(handle)}` })],
    ['the time as a float', (handle) => ({ payload: `a206${hexOf(iat + 0.5)}0750${cti(handle)}` })],
    ['the time as a text', (handle) => ({ payload: `a206${hexOf(String(iat))}0750${cti(handle)}` })],
    ['the time in milliseconds', (handle) => ({ payload: claims(handle, Date.now()) })],
    ['the time before 1970', (handle) => ({ payload: claims(handle, -iat) })],
    ['a tagged time', (handle) => ({ payload: `a206c11a${iatHex}0750${cti(handle)}` })],
    ['the claims in another order', (handle) => ({ payload: `a20750${cti(handle)}061a${iatHex}` })],
    ['a claim twice', (handle) => ({ payload: `a3061a${iatHex}061a${iatHex}0750${cti(handle)}` })],
    ['a claim more', (handle) => ({ payload: `a3041a7fffffff061a${iatHex}0750${cti(handle)}` })],
    ['a map without end mark', (handle) => ({ payload: `bf061a${iatHex}0750${cti(handle)}ff` })],
    ['the handle in pieces', (handle) => ({ payload: `a2061a${iatHex}075f50${cti(handle)}ff` })],
    ['a long key', (handle) => ({ payload: `a21806 1a${iatHex}0750${cti(handle)}`.replace(' ', '') })],
    ['a handle too short', (handle) => ({ payload: `a2061a${iatHex}074f${cti(handle).slice(2)}` })],
    ['a handle too long', (handle) => ({ payload: `a2061a${iatHex}0751${cti(handle)}00` })],
    ['something after the claims', (handle) => ({ payload: `${claims(handle)}00` })],
    ['no claims', () => ({ payload: 'a0' })],
    ['no tag', (handle) => ({ payload: claims(handle), envelope: (array) => array })],
    ['a long tag', (handle) => ({ payload: claims(handle), envelope: (array) => `d812${array}` })],
    ['another tag', (handle) => ({ payload: claims(handle), envelope: (array) => `d1${array}` })],
    ['the tag of a CWT around', (handle) => ({ payload: claims(handle), envelope: (array) => `d83dd2${array}` })],
    ['something after the end', (handle) => ({ payload: claims(handle), envelope: (array) => `d2${array}f6` })],
    [
      'an array without end mark',
      (handle) => ({ payload: claims(handle), envelope: (array) => `d29f${array.slice(2)}ff` }),
    ],
    ['a key id beside', (handle) => ({ payload: claims(handle), unprotected: 'a1044101' })],
    [
      'the algorithm unprotected',
      (handle) => ({ payload: claims(handle), protectedHeader: '', unprotected: 'a10126' }),
    ],
    ['no algorithm', (handle) => ({ payload: claims(handle), protectedHeader: 'a0' })],
    ['another algorithm', (handle) => ({ payload: claims(handle), protectedHeader: 'a1013822' })],
    ['a long algorithm', (handle) => ({ payload: claims(handle), protectedHeader: 'a1013806' })],
    ['no signature', (handle) => ({ payload: claims(handle), signature: () => new Uint8Array(0) })],
    ['half a signature', (handle) => ({ payload: claims(handle), signature: (given) => given.subarray(0, 32) })],
    [
      'a byte more of signature',
      (handle) => ({
        payload: claims(handle),
        signature: (given) => bytesOf(`${Buffer.from(given).toString('hex')}00`),
      }),
    ],
  ])('%s: malformed, though the showing’s key signed it', async (_how, parts) => {
    const { handle, key } = await show();
    expect(await refused(forgeCode(key.sign, parts(handle)))).toEqual(unrecognised('malformed'));
  });

  it.each<[string, (handle: string) => CodeParts]>([
    ['the high-S twin of its signature', (handle) => ({ payload: claims(handle), signature: twinOf })],
    ['a signature of zeros', (handle) => ({ payload: claims(handle), signature: () => new Uint8Array(64) })],
    [
      'r and s exchanged',
      (handle) => ({
        payload: claims(handle),
        signature: (given) => Uint8Array.from([...given.subarray(32), ...given.subarray(0, 32)]),
      }),
    ],
    ['a signature for another use', (handle) => ({ payload: claims(handle), audience: 'wechat-id/showing' })],
    ['a signature for no use', (handle) => ({ payload: claims(handle), audience: '' })],
  ])('%s: a bad signature', async (_how, parts) => {
    const { handle, key } = await show();
    expect(await refused(forgeCode(key.sign, parts(handle)))).toEqual(unrecognised('bad_signature'));
    await redeemed(forgeCode(key.sign, { payload: claims(handle) }));
  });
});

describe('a card that is not active', () => {
  const setCard = async (change: Readonly<Record<string, string>>): Promise<void> => {
    await databaseOf(world.cloud).collection('identities').where({ 'card.id': holder.card.id }).update(change);
  };
  afterEach(() => setCard({ 'card.status': 'valid', 'card.validTo': holder.card.validTo }));

  it.each([
    ['suspended', { 'card.status': 'suspended' }, 'card_suspended'],
    ['revoked', { 'card.status': 'revoked' }, 'card_revoked'],
    ['expired', { 'card.validTo': '2020-01-01' }, 'card_expired'],
  ] as const)('is refused as %s, shows nothing, and its open showing is not consumed', async (code, change, reason) => {
    const showing = await show();
    await setCard(change);
    expect(await refused(showing.code())).toEqual({ heard: { code }, logged: [reason] });
    expect(await refusal(holder.client.ask('holder', { action: 'prepareShowing' }))).toEqual({
      code: 'card_not_active',
    });
    await setCard({ 'card.status': 'valid', 'card.validTo': holder.card.validTo });
    await redeemed(showing.code());
  });

  it('once revoked, is not resumed by its holder', async () => {
    await setCard({ 'card.status': 'revoked' });
    for (const action of ['resumeCard', 'suspendCard']) {
      expect(await refusal(holder.client.ask('holder', { action }))).toEqual({ code: 'card_not_active' });
    }
  });
});

describe('someone who is no staff', () => {
  it('hears not_permitted for every code, and consumes none', async () => {
    const used = (await show()).code();
    await redeemed(used);
    const showing = await show();
    const stranger = world.client('oStrangerWithScanner');
    const before = await counts(world.cloud);
    for (const code of [showing.code(), used, showing.code(-60), 'NONSENSE', showing.code(0, createKeyPair().sign)]) {
      expect(await refusal(redeem(stranger, code))).toEqual({ code: 'not_permitted' });
      expect(await refusal(redeem(holder.client, code))).toEqual({ code: 'not_permitted' });
    }
    expect(await counts(world.cloud)).toEqual(before);
    await redeemed(showing.code());
  });

  it('is also who was staff until yesterday, or is registered for nothing', async () => {
    const staffRecords = databaseOf(world.cloud).collection('staff');
    const set = async (change: object): Promise<void> => {
      await staffRecords.where({ terminal: 'counter-2' }).update(change);
    };
    const showing = await show();
    await set({ state: 'suspended' });
    expect(await refusal(redeem(colleague, showing.code()))).toEqual({ code: 'not_permitted' });
    await set({ state: 'active', purposes: [] });
    expect(await refusal(redeem(colleague, showing.code()))).toEqual({ code: 'purpose_not_registered' });
    await set({ purposes: [PURPOSE] });
    await accepted(redeem(colleague, showing.code(), requestId()), validators.RedeemCodeReply);
  });
});
