import {
  base64Encode,
  calendarDate,
  CODE_FUTURE_TOLERANCE_S,
  CODE_LIFE_S,
  createCode,
  instant,
  parseCode,
  purposeIds,
  purposeTable,
  validators,
  type ShowingHandle,
} from '../../../protocol';
import { base45Decode, base45Encode } from '../../../protocol/bytes/base45';
import { REPEAT_MS, SHOWING_LIFE_MS } from '../../../cloudfunctions/_core/card/identity';
import type { CodeFault } from '../../../cloudfunctions/_core/log-entry';
import { prepareShowing } from '../../../cloudfunctions/_core/showing/open-showing';
import { redeemCode } from '../../../cloudfunctions/_core/showing/redeem-code';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { newKeyPair } from '../../support/key-pair';
import {
  createShowingWorld,
  firstTerminal,
  scan,
  secondTerminal,
  show,
  unregistered,
  type OpenedShowing,
  type ShowingWorld,
} from '../../support/showing-world';

const shown = async (start?: string) => {
  const world = createShowingWorld(start);
  const showing = await show(world);
  const redeem = (code: string, request = 1, by = firstTerminal) =>
    redeemCode(world.ports, by.key, scan(code, request));
  return { world, showing, redeem };
};
const otherHandle = (handle: ShowingHandle): ShowingHandle =>
  `${handle.startsWith('A') ? 'B' : 'A'}${handle.slice(1)}` as ShowingHandle;
const setCard = (world: ShowingWorld, card: Partial<ReturnType<ShowingWorld['identity']>['card']>): void => {
  world.change((found) => ({ ...found, card: { ...found.card, ...card } }));
};

/** How each fault comes about, the word for it in the log, and the verifier's. `undo` makes the card good again. */
interface FaultCase {
  readonly reason: CodeFault;
  readonly code: string;
  readonly scanned: (showing: OpenedShowing, world: ShowingWorld) => string | Promise<string>;
  readonly undo?: (world: ShowingWorld) => void;
  /** Signatures that are verified. */
  readonly verifies: number;
  readonly purpose?: 'internet-cafe';
}

const goodCode = (showing: OpenedShowing): string => showing.code();
const faults: readonly FaultCase[] = [
  { reason: 'malformed', code: 'code_not_recognised', scanned: () => 'HELLO WORLD', verifies: 0 },
  {
    reason: 'unknown_showing',
    code: 'code_not_recognised',
    scanned: ({ handle, key }, { clock }) =>
      createCode({ handle: otherHandle(handle), issuedAt: Math.floor(clock.now() / 1000), sign: key.sign }),
    verifies: 1,
  },
  {
    reason: 'bad_signature',
    code: 'code_not_recognised',
    scanned: ({ handle }, { clock }) =>
      createCode({ handle, issuedAt: Math.floor(clock.now() / 1000), sign: newKeyPair().sign }),
    verifies: 1,
  },
  {
    reason: 'from_future',
    code: 'code_expired',
    scanned: (showing) => showing.code(CODE_FUTURE_TOLERANCE_S + 1),
    verifies: 1,
  },
  { reason: 'stale', code: 'code_expired', scanned: (showing) => showing.code(-CODE_LIFE_S), verifies: 1 },
  {
    reason: 'other_purpose',
    code: 'purpose_mismatch',
    scanned: goodCode,
    purpose: 'internet-cafe',
    verifies: 1,
  },
  {
    reason: 'card_suspended',
    code: 'suspended',
    scanned: (showing, world) => {
      setCard(world, { status: 'suspended' });
      return showing.code();
    },
    undo: (world) => setCard(world, { status: 'valid' }),
    verifies: 1,
  },
  {
    reason: 'card_revoked',
    code: 'revoked',
    scanned: (showing, world) => {
      setCard(world, { status: 'revoked' });
      return showing.code();
    },
    undo: (world) => setCard(world, { status: 'valid' }),
    verifies: 1,
  },
  {
    reason: 'card_expired',
    code: 'expired',
    scanned: (showing, world) => {
      setCard(world, { validTo: calendarDate('2026-03-09') });
      return showing.code();
    },
    undo: (world) => setCard(world, { validTo: calendarDate('2026-03-10') }),
    verifies: 1,
  },
];

describe('a code that is refused', () => {
  it.each(faults)('as $reason is heard as $code, and nothing is consumed', async (fault) => {
    const { world, showing, redeem } = await shown();
    const scanned = await fault.scanned(showing, world);
    const [writes, verified] = [world.identities.writes(), world.verified()];
    const result = await redeemCode(world.ports, firstTerminal.key, scan(scanned, 1, fault.purpose));
    expect(result).toEqual({ ok: false, error: { code: fault.code } });
    expect(world.logged).toEqual([{ event: 'CODE_REFUSED', reason: fault.reason }]);
    expect(world.verified() - verified).toBe(fault.verifies);
    expect(world.identities.writes()).toBe(writes);
    expect(world.events.all()).toEqual([]);

    fault.undo?.(world);
    valueOf(await redeem(showing.code()));
  });

  it('as showing_over is heard as code_expired', async () => {
    const { world, showing, redeem } = await shown();
    world.clock.advance(SHOWING_LIFE_MS);
    expect(await redeem(showing.code())).toEqual({ ok: false, error: { code: 'code_expired' } });
    expect(world.logged).toEqual([{ event: 'CODE_REFUSED', reason: 'showing_over' }]);
    world.clock.advance(-1);
    valueOf(await redeem(showing.code()));
  });

  it('as already_redeemed is heard as code_already_used, by every terminal', async () => {
    const { world, showing, redeem } = await shown();
    valueOf(await redeem(showing.code()));
    for (const [request, by] of [
      [2, firstTerminal],
      [1, secondTerminal],
    ] as const) {
      expect(await redeem(showing.code(), request, by)).toEqual({ ok: false, error: { code: 'code_already_used' } });
      expect(world.logged.at(-1)).toEqual({ event: 'CODE_REFUSED', reason: 'already_redeemed' });
    }
    expect(world.events.all()).toHaveLength(1);
  });

  it('of a showing that is prepared and not open costs as much and is heard as an unknown one', async () => {
    const { world, redeem } = await shown();
    const { handle } = valueOf(await prepareShowing(world.ports, world.identity().account));
    const issuedAt = Math.floor(world.clock.now() / 1000);
    const code = createCode({ handle: handle as ShowingHandle, issuedAt, sign: newKeyPair().sign });
    const verified = world.verified();
    expect(await redeem(code)).toEqual({ ok: false, error: { code: 'code_not_recognised' } });
    expect(world.verified() - verified).toBe(1);
    expect(world.logged).toEqual([{ event: 'CODE_REFUSED', reason: 'showing_not_open' }]);
  });

  it('does not tell who may not see it that the signature was bad, whatever else is wrong', async () => {
    const { world, showing, redeem } = await shown();
    const forge = (seconds: number): string =>
      createCode({
        handle: showing.handle,
        issuedAt: Math.floor(world.clock.now() / 1000) + seconds,
        sign: newKeyPair().sign,
      });
    setCard(world, { status: 'suspended' });
    const replies = [await redeem(forge(-3600)), await redeem(forge(3600)), await redeem(forge(0))];
    setCard(world, { status: 'valid' });
    valueOf(await redeem(showing.code(), 9));
    replies.push(await redeem(forge(0)), await redeem(forge(0), 9));
    replies.forEach((reply) => expect(reply).toEqual({ ok: false, error: { code: 'code_not_recognised' } }));
  });
});

describe('a terminal', () => {
  it('that is nobody’s, or not registered for the purpose, learns nothing of a code', async () => {
    const { world, showing } = await shown();
    const verified = world.verified();
    for (const code of [showing.code(), 'HELLO WORLD']) {
      expect(await redeemCode(world.ports, accountOf(77), scan(code))).toEqual({
        ok: false,
        error: { code: 'not_permitted' },
      });
      expect(await redeemCode(world.ports, unregistered.key, scan(code))).toEqual({
        ok: false,
        error: { code: 'purpose_not_registered' },
      });
    }
    expect(world.verified()).toBe(verified);
    expect(world.identity().showing?.state).toBe('open');
  });
});

describe('a code', () => {
  it.each([
    ['at once', 0, 0],
    ['at the end of its life', 0, CODE_LIFE_S * 1000 - 1],
    ['as far from the future as is forgiven', CODE_FUTURE_TOLERANCE_S, 0],
  ])('is redeemed %s', async (_, ahead, later) => {
    const { world, showing, redeem } = await shown();
    const code = showing.code(ahead);
    world.clock.advance(later);
    valueOf(await redeem(code));
  });

  it('is refused with any one bit changed, and with the other spelling of its signature', async () => {
    const { world, showing, redeem } = await shown();
    const code = showing.code();
    const bytes = base45Decode(code) ?? new Uint8Array();
    for (let bit = 0; bit < 8 * bytes.length; bit += 1) {
      const flipped = Uint8Array.from(bytes, (byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(await redeem(base45Encode(flipped))).toEqual({ ok: false, error: { code: 'code_not_recognised' } });
    }
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const s = BigInt(`0x${Buffer.from(bytes.slice(-32)).toString('hex')}`);
    const twin = Buffer.concat([bytes.slice(0, -32), Buffer.from((order - s).toString(16).padStart(64, '0'), 'hex')]);
    expect(parseCode(base45Encode(twin)).ok).toBe(true);
    expect(await redeem(base45Encode(twin))).toEqual({ ok: false, error: { code: 'code_not_recognised' } });
    expect(world.identity().showing?.state).toBe('open');
    valueOf(await redeem(code));
  });

  it('made before a prepared showing is over with it', async () => {
    const { world, showing, redeem } = await shown();
    await show(world);
    expect(await redeem(showing.code())).toEqual({ ok: false, error: { code: 'code_not_recognised' } });
  });
});

describe('the answer', () => {
  it.each(purposeIds)('for %s discloses its claims and no others', async (purpose) => {
    const world = createShowingWorld();
    const showing = await show(world, purpose);
    const reply = valueOf(await redeemCode(world.ports, firstTerminal.key, scan(showing.code(), 1, purpose)));
    const { person, showing: redeemed, card } = world.identity();
    const now = world.clock.now();
    const all = {
      masked_name: '林**',
      masked_number: `1${'*'.repeat(16)}${person.number.slice(-1)}`,
      age_over_18: true,
    };
    const { claims, look } = purposeTable[purpose];
    expect(reply.answer).toEqual({
      eventId: redeemed?.state === 'redeemed' ? redeemed.eventId : '',
      purpose,
      tier: card.tier,
      facts: {
        signatureValidAt: now,
        codeMadeAt: instant(Math.floor(now / 1000) * 1000),
        redeemedAt: now,
        status: 'valid',
        statusAsOf: now,
      },
      claims: Object.fromEntries(claims.map((claim) => [claim, all[claim]])),
      portrait: look ? base64Encode(person.portrait) : null,
      matchMark: redeemed?.state === 'redeemed' ? redeemed.matchMark : null,
    });
    const said = JSON.stringify(reply);
    for (const secret of [person.name, person.number, person.birthDate, person.address, card.id]) {
      expect(said).not.toContain(secret);
    }
    expect(validators.RedeemCodeReply(reply)).toBe(true);
  });

  it('tells a person’s age by the day in China', async () => {
    const ageOn = async (start: string, birthDate: string): Promise<unknown> => {
      const world = createShowingWorld(start);
      world.change((found) => ({ ...found, person: { ...found.person, birthDate } }));
      const showing = await show(world, 'internet-cafe');
      const request = scan(showing.code(), 1, 'internet-cafe');
      return valueOf(await redeemCode(world.ports, firstTerminal.key, request)).answer.claims.age_over_18;
    };
    expect(await ageOn('2026-03-10T15:59:59Z', '2008-03-11')).toBe(false);
    expect(await ageOn('2026-03-10T16:00:00Z', '2008-03-11')).toBe(true);
    expect(await ageOn('2026-02-28T15:00:00Z', '2008-02-29')).toBe(false);
    expect(await ageOn('2026-02-28T16:00:00Z', '2008-02-29')).toBe(true);
  });

  it('leaves one event that says who checked, for what, and nothing of the person', async () => {
    const { world, showing, redeem } = await shown();
    const { answer } = valueOf(await redeem(showing.code()));
    const { key: subject, dataKey } = world.identity();
    expect(world.events.all()).toEqual([
      {
        id: answer.eventId,
        at: world.clock.now(),
        kind: 'card_checked',
        subject,
        dataKey,
        purpose: 'parcel-pickup',
        partner: 'courier',
        terminal: '1',
      },
    ]);
    expect(world.logged).toEqual([]);
  });
});

describe('the same request again', () => {
  it('hears the same answer for 60 s, also when the next showing is open, and not after', async () => {
    const { world, showing, redeem } = await shown();
    const code = showing.code();
    const first = await redeem(code);
    world.clock.advance(1000);
    expect(await redeem(code)).toEqual(first);
    const next = await show(world);
    world.clock.advance(REPEAT_MS - 1001);
    expect(await redeem(code)).toEqual(first);
    expect(await redeem(showing.code())).toEqual(first);
    expect(await redeem(code, 1, secondTerminal)).toMatchObject({ error: { code: 'code_already_used' } });
    expect(await redeem(code, 2)).toMatchObject({ error: { code: 'code_already_used' } });
    world.clock.advance(1);
    expect(await redeem(code)).toEqual({ ok: false, error: { code: 'code_already_used' } });
    expect(world.events.all()).toHaveLength(1);
    valueOf(await redeem(next.code(), 3));
  });

  it('hears the same though the card was suspended or ended since', async () => {
    const { world, showing, redeem } = await shown('2026-03-10T15:59:30Z');
    const code = showing.code();
    const first = await redeem(code);
    setCard(world, { status: 'suspended', validTo: calendarDate('2026-03-10') });
    world.clock.advance(REPEAT_MS - 1);
    expect(await redeem(code)).toEqual(first);
  });

  it('hears the same after midnight made the holder older', async () => {
    const world = createShowingWorld('2026-03-10T15:59:50Z');
    world.change((found) => ({ ...found, person: { ...found.person, birthDate: '2008-03-11' } }));
    const showing = await show(world, 'internet-cafe');
    const request = scan(showing.code(), 1, 'internet-cafe');
    const first = await redeemCode(world.ports, firstTerminal.key, request);
    expect(first).toMatchObject({ value: { answer: { claims: { age_over_18: false } } } });
    world.clock.advance(20_000);
    expect(await redeemCode(world.ports, firstTerminal.key, request)).toEqual(first);
  });

  it('with a code that was not signed by the phone hears nothing', async () => {
    const { world, showing, redeem } = await shown();
    valueOf(await redeem(showing.code()));
    const issuedAt = Math.floor(world.clock.now() / 1000);
    const forged = createCode({ handle: showing.handle, issuedAt, sign: newKeyPair().sign });
    expect(await redeem(forged)).toEqual({ ok: false, error: { code: 'code_not_recognised' } });
  });
});
