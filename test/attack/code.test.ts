import { createSealing } from '../../cloudfunctions/_adapters/crypto/sealing';
import { instant, type CodeFault, type EndReason } from '../../protocol';
import type { Stops } from '../../cloudfunctions/_core/card/stops';
import type { SealedKey } from '../../cloudfunctions/_core/sealed-key';
import { sampleStaff } from '../../local/ecosystem/partners';
import { loadSecrets } from '../../local/ecosystem/secrets';
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
import { claims, forgeCode } from '../support/ecosystem/forged-code';
import { badlySigned, misspelled } from '../support/ecosystem/misspelled-codes';
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

  it.each(misspelled)('%s: malformed, though the showing’s key signed it', async (_how, parts) => {
    const { handle, key } = await show();
    expect(await refused(forgeCode(key.sign, parts(handle)))).toEqual(unrecognised('malformed'));
  });

  it.each(badlySigned)('%s: a bad signature', async (_how, parts) => {
    const { handle, key } = await show();
    expect(await refused(forgeCode(key.sign, parts(handle)))).toEqual(unrecognised('bad_signature'));
    await redeemed(forgeCode(key.sign, { payload: claims(handle) }));
  });
});

describe('a card that is not active', () => {
  /** The card's last day and what stops it lie sealed, so they are opened, changed and sealed again with the service's own key. */
  const setSealed = async (change: { readonly cardValidTo?: string; readonly cardStops?: Stops }): Promise<void> => {
    const found = databaseOf(world.cloud).collection('identities').where({ 'card.id': holder.card.id });
    const { data } = (await found.get()) as { data: readonly { _id: string; dataKey: SealedKey; sealed: string }[] };
    const [identity] = data;
    if (!identity) throw new Error('the holder has no identity');
    const sealing = createSealing(Buffer.from(loadSecrets(world.dataDir).dataKey, 'base64url'));
    const context = `person ${identity._id}`;
    const part = JSON.parse(sealing.open(identity.dataKey, context, identity.sealed).toString()) as object;
    const changed = Buffer.from(JSON.stringify({ ...part, ...change }));
    await found.update({ sealed: sealing.seal(identity.dataKey, context, changed) });
  };
  const stopFor = (reason: EndReason): Promise<void> => setSealed({ cardStops: [{ reason, at: instant(0) }] });
  it('has its last day, here the document’s own, in no field that can be read', async () => {
    const { data } = (await databaseOf(world.cloud).collection('identities').get()) as { data: readonly object[] };
    expect(data).toHaveLength(1);
    expect(JSON.stringify(data)).not.toContain(holder.card.validTo);
  });

  const restore = async (): Promise<void> => {
    await setSealed({ cardStops: [], cardValidTo: holder.card.validTo });
  };
  afterEach(restore);

  it.each([
    ['suspended', () => stopFor('by_holder'), 'card_suspended'],
    ['revoked', () => stopFor('obtained_by_fraud'), 'card_revoked'],
    ['expired', () => setSealed({ cardValidTo: '2020-01-01' }), 'card_expired'],
  ] as const)('is refused as %s, shows nothing, and its open showing is not consumed', async (code, change, reason) => {
    const showing = await show();
    await change();
    expect(await refused(showing.code())).toEqual({ heard: { code }, logged: [reason] });
    expect(await refusal(holder.client.ask('holder', { action: 'prepareShowing' }))).toEqual({
      code: 'card_not_active',
    });
    await restore();
    await redeemed(showing.code());
  });

  it('once revoked, is not resumed by its holder', async () => {
    await stopFor('obtained_by_fraud');
    for (const action of ['resumeCard', 'suspendCard']) {
      expect(await refusal(holder.client.ask('holder', { action }))).toEqual({ code: 'card_not_active' });
    }
  });
});

describe('a code for another purpose', () => {
  it('is refused, where the asking partner is registered for what it asks, and not consumed', async () => {
    const cafe = sampleStaff.find(({ partner }) => partner === 'sample-internet-cafe');
    const asking = world.client(cafe?.openId ?? '');
    const showing = await show();
    const ask = (purpose: string) =>
      asking.ask('verifier', { action: 'redeemCode', code: showing.code(), purpose, requestId: requestId() });
    let heard: unknown;
    const logged = await world.log.during('CODE_REFUSED', async () => {
      heard = await refusal(ask('internet-cafe'));
    });
    expect([heard, logged.map(({ reason }) => reason)]).toEqual([{ code: 'purpose_mismatch' }, ['other_purpose']]);
    expect(await refusal(ask(PURPOSE))).toEqual({ code: 'purpose_not_registered' });
    await redeemed(showing.code());
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
    await set({ state: 'active', partnerState: 'suspended' });
    expect(await refusal(redeem(colleague, showing.code()))).toEqual({ code: 'not_permitted' });
    await set({ partnerState: 'active', grants: [] });
    expect(await refusal(redeem(colleague, showing.code()))).toEqual({ code: 'purpose_not_registered' });
    await set({ grants: [{ purpose: PURPOSE, claims: ['masked_name'] }] });
    await accepted(redeem(colleague, showing.code(), requestId()), validators.RedeemCodeReply);
  });
});
