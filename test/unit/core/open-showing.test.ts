import fc from 'fast-check';
import {
  base64urlDecode,
  base64urlEncode,
  calendarDate,
  createKeyProof,
  createShowingStatement,
  purposeIds,
  purposeTable,
  type ShowingHandle,
} from '../../../protocol';
import { PREPARED_LIFE_MS, SHOWING_LIFE_MS } from '../../../cloudfunctions/_core/card/identity';
import { openShowing, prepareShowing } from '../../../cloudfunctions/_core/showing/open-showing';
import { interleaved } from '../../support/asynchronous';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { newKeyPair } from '../../support/key-pair';
import { createShowingWorld, holder, holderKey, laterShowingPorts, show } from '../../support/showing-world';
import { inStanding } from '../../support/stops';

const shownPurposes = purposeIds.filter((id) => purposeTable[id].modes.includes('shown'));
const phoneKey = newKeyPair();
const stranger = accountOf(9);

const prepared = async () => {
  const world = createShowingWorld();
  const handle = valueOf(await prepareShowing(world.ports, holder)).handle as ShowingHandle;
  const state = (of = handle, sign = holderKey.sign): string =>
    createShowingStatement({ handle: of, key: phoneKey.publicKey, purpose: 'parcel-pickup', session: null, sign });
  const open = (statement: string, account = holder) =>
    openShowing(world.ports, account, { action: 'openShowing', statement });
  return { world, handle, state, open };
};
const refused = (code: string) => ({ ok: false, error: { code } });

describe('preparing a showing', () => {
  it('gives a fresh handle each time and ends the one before', async () => {
    const { world, handle, state, open } = await prepared();
    const next = valueOf(await prepareShowing(world.ports, holder)).handle;
    expect(next).not.toBe(handle);
    expect(await open(state(handle))).toEqual(refused('key_proof_invalid'));
  });

  it('needs a card that is valid today', async () => {
    const { world } = await prepared();
    expect(await prepareShowing(world.ports, stranger)).toEqual(refused('not_found'));
    for (const status of ['suspended', 'revoked'] as const) {
      world.change((found) => ({ ...found, card: { ...found.card, ...inStanding[status] } }));
      expect(await prepareShowing(world.ports, holder)).toEqual(refused('card_not_active'));
    }
    const onLastDay = { ...inStanding.valid, validTo: calendarDate('2026-03-10') };
    world.change((found) => ({ ...found, card: { ...found.card, ...onLastDay } }));
    valueOf(await prepareShowing(world.ports, holder));
    world.clock.advance(24 * 60 * 60 * 1000);
    expect(await prepareShowing(world.ports, holder)).toEqual(refused('card_not_active'));
  });

  it('at the same time leaves one handle, which can be opened', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const world = createShowingWorld();
        const ports = interleaved(world.ports, laterShowingPorts, scheduler);
        const calls = [1, 2, 3].map(() => prepareShowing(ports, holder));
        const results = await scheduler.waitFor(Promise.all(calls));
        const handles = results.flatMap((result) => (result.ok ? [result.value.handle] : []));
        expect(handles).toContain(world.identity().showing?.handle);
        // Whoever was given a handle had it written, if only to be followed by the next.
        expect(world.identities.written.map(({ showing }) => showing?.handle)).toEqual(expect.arrayContaining(handles));
        results.filter(({ ok }) => !ok).forEach((result) => expect(result).toEqual(refused('wrong_step')));
      }),
      { numRuns: 60 },
    );
  });
});

describe('opening a showing', () => {
  it.each(shownPurposes)('for %s binds key, purpose and handle, for five minutes', async (purpose) => {
    const world = createShowingWorld();
    const openedAt = world.clock.now();
    const { handle, key } = await show(world, purpose);
    expect(world.identity().showing).toMatchObject({
      state: 'open',
      handle,
      key: key.publicKey,
      purpose,
      openedAt,
      expiresAt: openedAt + SHOWING_LIFE_MS,
    });
  });

  it('tells the phone the server’s time and a match mark within its lists', async () => {
    const { world, state, open } = await prepared();
    const reply = valueOf(await open(state()));
    expect(reply.serverTime).toBe(world.clock.now());
    expect(world.identity().showing).toMatchObject({ matchMark: reply.matchMark, expiresAt: reply.expiresAt });
    expect(reply.matchMark.word).toBeLessThan(256);
    expect(reply.matchMark.colour).toBeLessThan(8);
  });

  it('is refused to every key but the holder’s', async () => {
    const { world, state, open, handle } = await prepared();
    expect(await open(state(handle, phoneKey.sign))).toEqual(refused('key_proof_invalid'));
    expect(await open(state(handle, newKeyPair().sign))).toEqual(refused('key_proof_invalid'));
    expect(world.identity().showing?.state).toBe('prepared');
  });

  it('is refused on another handle, and to a stranger on the right one', async () => {
    const { state, open } = await prepared();
    const foreign = base64urlEncode(new Uint8Array(16)) as ShowingHandle;
    expect(await open(state(foreign))).toEqual(refused('key_proof_invalid'));
    expect(await open(state(), stranger)).toEqual(refused('not_found'));
  });

  it('is refused to what the holder’s key signed for another use', async () => {
    const { handle, open } = await prepared();
    const proof = createKeyProof({ nonce: handle, key: holderKey.publicKey, sign: holderKey.sign });
    expect(await open(proof)).toEqual(refused('key_proof_invalid'));
    expect(await open('AAAA')).toEqual(refused('key_proof_invalid'));
  });

  it('is refused with any one bit of the statement changed: handle, key and purpose are signed', async () => {
    const { world, state, open } = await prepared();
    const bytes = base64urlDecode(state()) ?? new Uint8Array();
    for (let bit = 0; bit < 8 * bytes.length; bit += 1) {
      const flipped = Uint8Array.from(bytes, (byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(await open(base64urlEncode(flipped))).toEqual(refused('key_proof_invalid'));
    }
    expect(world.identity().showing?.state).toBe('prepared');
    valueOf(await open(state()));
  });

  it('is done once', async () => {
    const { world, state, open } = await prepared();
    const statement = state();
    expect(await openShowing(createShowingWorld().ports, holder, { action: 'openShowing', statement })).toEqual(
      refused('wrong_step'),
    );
    valueOf(await open(statement));
    const { showing } = world.identity();
    expect(await open(statement)).toEqual(refused('wrong_step'));
    expect(world.identity().showing).toBe(showing);
  });

  it('is done once by calls at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { world, state } = await prepared();
        const ports = interleaved(world.ports, laterShowingPorts, scheduler);
        const request = { action: 'openShowing', statement: state() } as const;
        const calls = [1, 2, 3].map(() => openShowing(ports, holder, request));
        const results = await scheduler.waitFor(Promise.all(calls));
        const [reply, ...more] = results.flatMap((result) => (result.ok ? [result.value] : []));
        expect(more).toEqual([]);
        expect(world.identity().showing).toMatchObject({ matchMark: reply?.matchMark });
      }),
      { numRuns: 60 },
    );
  });

  it('waits a minute for the holder’s signature, and no longer', async () => {
    const { world, state, open } = await prepared();
    world.clock.advance(PREPARED_LIFE_MS + 1);
    expect(await open(state())).toEqual(refused('wrong_step'));
    world.clock.advance(-1);
    valueOf(await open(state()));
  });

  it('is refused on a card that was suspended meanwhile', async () => {
    const { world, state, open } = await prepared();
    world.change((found) => ({ ...found, card: { ...found.card, ...inStanding.suspended } }));
    expect(await open(state())).toEqual(refused('card_not_active'));
    expect(world.identity().showing?.state).toBe('prepared');
  });
});
