import {
  calendarDate,
  CODE_FUTURE_TOLERANCE_S,
  CODE_LIFE_S,
  createCode,
  parseCode,
  type CodeFault,
  type ShowingHandle,
} from '../../../protocol';
import { base45Decode, base45Encode } from '../../../protocol/bytes/base45';
import { SHOWING_LIFE_MS } from '../../../cloudfunctions/_core/card/identity';
import { prepareShowing } from '../../../cloudfunctions/_core/showing/open-showing';
import { redeemCode } from '../../../cloudfunctions/_core/showing/redeem-code';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { newKeyPair } from '../../support/key-pair';
import {
  firstTerminal,
  scan,
  secondTerminal,
  setCard,
  show,
  shown,
  unregistered,
  type OpenedShowing,
  type ShowingWorld,
} from '../../support/showing-world';
import { inStanding } from '../../support/stops';

const otherHandle = (handle: ShowingHandle): ShowingHandle =>
  `${handle.startsWith('A') ? 'B' : 'A'}${handle.slice(1)}` as ShowingHandle;

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
      setCard(world, inStanding.suspended);
      return showing.code();
    },
    undo: (world) => setCard(world, inStanding.valid),
    verifies: 1,
  },
  {
    reason: 'card_revoked',
    code: 'revoked',
    scanned: (showing, world) => {
      setCard(world, inStanding.revoked);
      return showing.code();
    },
    undo: (world) => setCard(world, inStanding.valid),
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
    const [writes, verified] = [world.identities.written.length, world.verified()];
    const result = await redeemCode(world.ports, firstTerminal.key, scan(scanned, 1, fault.purpose));
    expect(result).toEqual({ ok: false, error: { code: fault.code } });
    expect(world.logged).toEqual([{ event: 'CODE_REFUSED', reason: fault.reason }]);
    expect(world.verified() - verified).toBe(fault.verifies);
    // Of a genuine code the holder's history tells; no showing is consumed by it.
    const isGenuine = !['malformed', 'unknown_showing', 'bad_signature'].includes(fault.reason);
    expect(world.identities.written).toHaveLength(writes + (isGenuine ? 1 : 0));
    expect(world.events.all()).toMatchObject(isGenuine ? [{ kind: 'check_refused', reason: fault.reason }] : []);
    expect(world.identity().showing?.state).toBe('open');

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
    expect(world.events.ofKind('card_checked')).toHaveLength(1);
    expect(world.events.ofKind('check_refused').map(({ terminal }) => terminal)).toEqual(['1', '2']);
  });

  it('again and again is told five times in the history, and is refused all the same', async () => {
    const { world, showing, redeem } = await shown();
    for (let time = 0; time < 8; time += 1) {
      expect(await redeem(showing.code(-CODE_LIFE_S))).toEqual({ ok: false, error: { code: 'code_expired' } });
    }
    expect(world.events.ofKind('check_refused')).toHaveLength(5);
    valueOf(await redeem(showing.code()));
  });

  it('of the showing before the present one is told five times, and the present one’s count is its own', async () => {
    const { world, showing, redeem } = await shown();
    valueOf(await redeem(showing.code()));
    const present = await show(world);
    expect(world.identity().lastShowing?.handle).toBe(showing.handle);
    for (let time = 0; time < 8; time += 1) {
      expect(await redeem(showing.code(), 1, secondTerminal)).toEqual({
        ok: false,
        error: { code: 'code_already_used' },
      });
    }
    expect(world.events.ofKind('check_refused')).toHaveLength(5);
    for (let time = 0; time < 8; time += 1) await redeem(present.code(-CODE_LIFE_S));
    expect(world.events.ofKind('check_refused')).toHaveLength(10);
    expect(world.identity()).toMatchObject({ lastShowing: { refusals: 5 }, showing: { refusals: 5 } });
    valueOf(await redeem(present.code()));
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
    setCard(world, inStanding.suspended);
    const replies = [await redeem(forge(-3600)), await redeem(forge(3600)), await redeem(forge(0))];
    setCard(world, inStanding.valid);
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
