import { resumeCard, suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import { listHistory } from '../../../cloudfunctions/_core/card/list-history';
import { prepareOffline } from '../../../cloudfunctions/_core/pass/prepare-offline';
import { HAND_IN_MS, reconcilePasses } from '../../../cloudfunctions/_core/pass/reconcile-passes';
import { cardId, instant, publicKeyToBase64url, purposeTable, validators, type Grant } from '../../../protocol';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { newKeyPair } from '../../support/key-pair';
import { acceptance, createPassWorld, fetchHeld, handIn, issuerKey, type PassWorld } from '../../support/pass-world';
import type { HeldPass } from '../../support/passes';
import { firstTerminal, holder, secondTerminal, setCard, unregistered } from '../../support/showing-world';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const heldBy = async (world: PassWorld): Promise<HeldPass> => {
  const [held] = await fetchHeld(world, 1);
  if (!held) throw new Error('no pass');
  return held;
};
const firstUse = { outcome: 'first_use', notValidSince: null };

describe('a pass that is handed in', () => {
  it('was used once, and its holder reads where and when', async () => {
    const world = createPassWorld();
    const held = await heldBy(world);
    world.clock.advance(HOUR);
    const use = acceptance(world, held);
    world.clock.advance(HOUR);
    expect(await handIn(world, [use])).toEqual([{ requestId: use.requestId, ...firstUse }]);
    const { entries } = valueOf(await listHistory(world.ports, holder, { action: 'listHistory' }));
    expect(validators.ListHistoryReply({ ok: true, entries, next: null })).toBe(true);
    expect(entries[0]).toMatchObject({
      kind: 'pass_used',
      at: world.clock.now(),
      acceptedAt: use.acceptedAt,
      purpose: 'parcel-pickup',
      claims: ['masked_name', 'masked_number'],
      partner: { en: 'Yunqi Road Parcel Station' },
      terminal: '1',
    });
    expect(entries[1]).toMatchObject({ kind: 'passes_issued', count: 1 });
  });

  it('again hears the same again, and is told once', async () => {
    const world = createPassWorld();
    const use = acceptance(world, await heldBy(world));
    const first = await handIn(world, [use]);
    expect(await handIn(world, [use, use])).toEqual([...first, ...first]);
    expect(world.events.ofKind('pass_used')).toHaveLength(1);
    expect(world.events.ofKind('pass_used_twice')).toEqual([]);
  });

  it('by another terminal was used twice, and both are told', async () => {
    const world = createPassWorld();
    const held = await heldBy(world);
    const first = acceptance(world, held, 1);
    world.clock.advance(MINUTE);
    const second = acceptance(world, held, 2);
    await handIn(world, [first]);
    const told = [
      { requestId: second.requestId, outcome: 'used_before', firstUsedAt: first.acceptedAt, notValidSince: null },
    ];
    expect(await handIn(world, [second], secondTerminal)).toEqual(told);
    expect(await handIn(world, [second], secondTerminal)).toEqual(told);
    const { entries } = valueOf(await listHistory(world.ports, holder, { action: 'listHistory' }));
    expect(validators.ListHistoryReply({ ok: true, entries, next: null })).toBe(true);
    expect(entries.map(({ kind }) => kind)).toEqual(['pass_used_twice', 'pass_used', 'passes_issued']);
    expect(entries[0]).toMatchObject({ acceptedAt: second.acceptedAt, terminal: '2' });
  });

  it('by the same terminal under another request was used twice', async () => {
    const world = createPassWorld();
    const held = await heldBy(world);
    const results = await handIn(world, [acceptance(world, held, 1), acceptance(world, held, 2)]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['first_use', 'used_before']);
  });

  it('again and again under ever new requests tells the holder five times, and the terminal always', async () => {
    const world = createPassWorld();
    const held = await heldBy(world);
    const uses = Array.from({ length: 9 }, (_, at) => acceptance(world, held, at + 1));
    const outcomes = [...(await handIn(world, uses)), ...(await handIn(world, uses))].map(({ outcome }) => outcome);
    const told = ['first_use', ...Array<string>(8).fill('used_before')];
    expect(outcomes).toEqual([...told, ...told]);
    expect(world.events.ofKind('pass_used_twice')).toHaveLength(5);
  });

  it('under the request id of another terminal was used twice', async () => {
    const world = createPassWorld();
    const use = acceptance(world, await heldBy(world));
    await handIn(world, [use]);
    expect(await handIn(world, [use], secondTerminal)).toMatchObject([{ outcome: 'used_before' }]);
  });

  it('leaves the partner its own record, with no name of its holder', async () => {
    const world = createPassWorld();
    const use = acceptance(world, await heldBy(world));
    await handIn(world, [use]);
    const [event] = world.events.ofKind('pass_used');
    if (!event) throw new Error('no event');
    expect(await world.ports.loadCheck(event.id)).toMatchObject({
      check: { mode: 'offline', purpose: 'parcel-pickup', verifier: firstTerminal.key, stepUp: [] },
    });
  });
});

describe('a pass that is refused when it is handed in', () => {
  const refusals = async (change: (use: ReturnType<typeof acceptance>, world: PassWorld) => object) => {
    const world = createPassWorld();
    const use = acceptance(world, await heldBy(world));
    const results = await handIn(world, [{ ...use, ...change(use, world) }]);
    expect([world.store.uses().size, world.events.ofKind('pass_used')]).toEqual([0, []]);
    expect(world.logged.filter(({ event }) => event === 'PASS_REFUSED')).toHaveLength(1);
    return results.map((result) => (result.outcome === 'refused' ? result.reason : result.outcome));
  };

  it('was changed, or shown by another key, or is another issuer’s', async () => {
    expect(await refusals(({ text }) => ({ text: `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}` }))).toEqual([
      'code_not_recognised',
    ]);
    expect(await refusals(() => ({ text: 'P1:0' }))).toEqual(['code_not_recognised']);
    const world = createPassWorld();
    const held = await heldBy(world);
    const copied = acceptance(world, { ...held, key: newKeyPair() });
    expect(await handIn(world, [copied])).toMatchObject([{ reason: 'code_not_recognised' }]);
    const elsewhere = { ...world, ports: { ...world.ports, passKeys: () => new Map() } };
    expect(await handIn(elsewhere, [acceptance(world, held)])).toMatchObject([{ reason: 'code_not_recognised' }]);
  });

  it('was accepted at another time than it was shown, or in the future', async () => {
    expect(await refusals(({ acceptedAt }) => ({ acceptedAt: acceptedAt + 91_000 }))).toEqual(['code_expired']);
    expect(await refusals(({ acceptedAt }) => ({ acceptedAt: acceptedAt - 62_000 }))).toEqual(['code_expired']);
    expect(
      await refusals(({ acceptedAt }, world) => {
        // The phone's clock was ahead: what it says of its acceptance is not yet.
        world.clock.advance(-61_001);
        return { acceptedAt };
      }),
    ).toEqual(['code_expired']);
  });

  it('is handed in after its time', async () => {
    const world = createPassWorld();
    const use = acceptance(world, await heldBy(world));
    world.clock.advance(HAND_IN_MS - 1);
    expect(await handIn(world, [use])).toMatchObject([firstUse]);
    world.clock.advance(1);
    expect(await handIn(world, [use])).toMatchObject([{ reason: 'code_expired' }]);
  });

  it('is one that the service has forgotten', async () => {
    const world = createPassWorld();
    const use = acceptance(world, await heldBy(world));
    world.store.forget();
    expect(await handIn(world, [use])).toMatchObject([{ reason: 'code_expired' }]);
  });

  it('stands beside others that are not', async () => {
    const world = createPassWorld();
    const [one, other] = await fetchHeld(world, 2);
    if (!one || !other) throw new Error('two passes');
    const uses = [
      acceptance(world, one, 1),
      { ...acceptance(world, one, 2), text: 'P1:0' },
      acceptance(world, other, 3),
    ];
    expect((await handIn(world, uses)).map(({ requestId, outcome }) => [requestId, outcome])).toEqual([
      [uses[0]?.requestId, 'first_use'],
      [uses[1]?.requestId, 'refused'],
      [uses[2]?.requestId, 'first_use'],
    ]);
  });
});

describe('a card that was not valid any more', () => {
  /** Hands in what was accepted after the steps; they are an hour apart, and the acceptance is in the middle of one. */
  const play = async (before: ('suspend' | 'resume')[], after: ('suspend' | 'resume')[]) => {
    const world = createPassWorld();
    const held = await heldBy(world);
    const times: number[] = [];
    const step = async (name: 'suspend' | 'resume'): Promise<void> => {
      world.clock.advance(HOUR);
      times.push(world.clock.now());
      valueOf(await (name === 'suspend' ? suspendCard : resumeCard)(world.ports, holder));
    };
    for (const name of before) await step(name);
    world.clock.advance(HOUR / 2);
    const use = acceptance(world, held);
    for (const name of after) await step(name);
    const [result] = await handIn(world, [use]);
    const since = result?.outcome === 'first_use' ? result.notValidSince : result?.outcome;
    return since === null ? 'valid' : times.indexOf(Number(since));
  };

  it('is told since when, by its history and not by what it is today', async () => {
    expect(await play([], [])).toBe('valid');
    expect(await play(['suspend'], [])).toBe(0);
    expect(await play([], ['suspend'])).toBe('valid');
    expect(await play(['suspend'], ['resume'])).toBe(0);
    expect(await play(['suspend', 'resume'], [])).toBe('valid');
    expect(await play(['suspend', 'resume', 'suspend'], ['resume', 'suspend'])).toBe(2);
    expect(await play(['suspend', 'resume'], ['suspend', 'resume'])).toBe('valid');
  });

  it('is told though many entries lie between', async () => {
    const world = createPassWorld();
    const held = await heldBy(world);
    world.clock.advance(HOUR);
    const since = world.clock.now();
    valueOf(await suspendCard(world.ports, holder));
    world.clock.advance(MINUTE);
    const use = acceptance(world, held);
    for (let count = 0; count < 25; count += 1) {
      world.clock.advance(MINUTE);
      valueOf(await resumeCard(world.ports, holder));
      valueOf(await suspendCard(world.ports, holder));
    }
    expect(await handIn(world, [use])).toMatchObject([{ notValidSince: since }]);
  });

  it('is told where a new card took its place before', async () => {
    const world = createPassWorld();
    const held = await heldBy(world);
    world.clock.advance(HOUR);
    const mintedAt = world.clock.now();
    setCard(world, { id: cardId('e'.repeat(32)), mintedAt });
    world.clock.advance(MINUTE);
    expect(await handIn(world, [acceptance(world, held)])).toMatchObject([{ notValidSince: mintedAt }]);
    setCard(world, { mintedAt: instant(world.clock.now() + HOUR) });
    expect(await handIn(world, [acceptance(world, held, 2)])).toMatchObject([{ notValidSince: null }]);
  });
});

describe('who hands passes in', () => {
  it('is staff', async () => {
    const world = createPassWorld();
    const use = acceptance(world, await heldBy(world));
    expect(await reconcilePasses(world.ports, accountOf(7), { action: 'reconcilePasses', uses: [use] })).toMatchObject({
      error: { code: 'not_permitted' },
    });
    expect(world.store.uses().size).toBe(0);
  });

  it('is shown to the holder even where it was not registered for that', async () => {
    const world = createPassWorld();
    const use = acceptance(world, await heldBy(world));
    expect(await handIn(world, [use], unregistered)).toMatchObject([firstUse]);
    expect(world.events.ofKind('pass_used')).toMatchObject([{ terminal: '3' }]);
  });
});

describe('a terminal that prepares for a time without a network', () => {
  const prepared = async (grants: readonly Grant[]) => {
    const world = createPassWorld();
    const loadStaff = () => Promise.resolve({ ...firstTerminal, grants });
    const reply = valueOf(await prepareOffline({ ...world.ports, loadStaff }, firstTerminal.key));
    expect(validators.PrepareOfflineReply(reply)).toBe(true);
    return reply;
  };
  const whole = (purpose: Grant['purpose']): Grant => ({ purpose, claims: purposeTable[purpose].claims });

  it('hears the issuer’s keys and the time', async () => {
    const world = createPassWorld();
    expect(valueOf(await prepareOffline(world.ports, firstTerminal.key))).toMatchObject({
      serverTime: world.clock.now(),
      keys: [{ key: publicKeyToBase64url(issuerKey.publicKey), notBefore: null, notAfter: null }],
      terminal: '1',
      purposes: ['age-check', 'parcel-pickup'],
    });
  });

  it('may check what a pass serves and the partner may be told in full', async () => {
    expect((await prepared([whole('parcel-pickup'), whole('internet-cafe')])).purposes).toEqual(['parcel-pickup']);
    expect((await prepared([{ purpose: 'parcel-pickup', claims: ['masked_name'] }])).purposes).toEqual([]);
    expect((await prepared([])).purposes).toEqual([]);
  });

  it('is staff of an active partner', async () => {
    const world = createPassWorld();
    expect(await prepareOffline(world.ports, accountOf(7))).toMatchObject({ error: { code: 'not_permitted' } });
    const loadPartners = () => Promise.resolve(new Map());
    expect(await prepareOffline({ ...world.ports, loadPartners }, firstTerminal.key)).toMatchObject({
      error: { code: 'not_permitted' },
    });
  });
});
