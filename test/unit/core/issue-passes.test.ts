import fc from 'fast-check';
import { suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import { fetchPasses, PASSES_A_DAY, preparePasses } from '../../../cloudfunctions/_core/pass/issue-passes';
import { calendarDate, createPassKeys, verifyPass } from '../../../protocol';
import { failing, InjectedFault, interleaved, type FaultPlan } from '../../support/asynchronous';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { newKeyPair } from '../../support/key-pair';
import {
  acceptance,
  askForPasses,
  createPassWorld,
  fetchHeld,
  laterPassPorts,
  type PassWorld,
} from '../../support/pass-world';
import { holder, holderKey, setCard } from '../../support/showing-world';
import { inStanding } from '../../support/stops';

const HOUR = 3_600_000;
const codeOf = (result: { ok: boolean; error?: { code: string } }): string =>
  result.ok ? 'done' : (result.error?.code ?? '');

const verified = (world: PassWorld, use: { text: string }) =>
  verifyPass(use.text, {
    keys: world.ports.passKeys(),
    now: world.clock.now(),
    purpose: 'parcel-pickup',
    verify: world.ports.verifySignature,
    sha256: world.ports.sha256,
  });

describe('passes', () => {
  it('are issued to keys of the phone, each verifiable by itself, and told in the history', async () => {
    const world = createPassWorld();
    const held = await fetchHeld(world);
    const ids = held.map((pass) => {
      const outcome = verified(world, acceptance(world, pass));
      if (!outcome.ok) throw new Error(outcome.fault);
      expect(outcome.pass).toMatchObject({ tier: 'light', expiresAt: outcome.pass.issuedAt + 86_400 });
      expect(Object.keys(outcome.pass.claims).sort()).toEqual(['masked_name', 'masked_number']);
      return outcome.pass.id;
    });
    expect(new Set(ids).size).toBe(10);
    expect(world.store.issued().map(({ id }) => id)).toEqual(ids);
    expect(world.events.ofKind('passes_issued')).toMatchObject([{ count: 10 }]);
  });

  it('share neither salt nor id, and the claims are masked', async () => {
    const world = createPassWorld();
    const { fetched } = await askForPasses(world);
    const { claims, passes } = valueOf(fetched);
    expect(new Set(passes.flatMap(({ salts }) => salts)).size).toBe(30);
    expect(claims.masked_name).toContain('*');
    expect(claims.masked_number).toMatch(/^\d\*{16}[\dX]$/);
  });

  it('tell their issue as everybody’s passes of the same ten minutes do, and never as later than it was', async () => {
    const world = createPassWorld('2026-03-10T02:09:59.999Z');
    const early = valueOf((await askForPasses(world)).fetched);
    world.clock.advance(1);
    const late = valueOf((await askForPasses(world)).fetched);
    const [from, next] = ['2026-03-10T02:00:00Z', '2026-03-10T02:10:00Z'].map((time) => Date.parse(time));
    expect([early.issuedAt, late.issuedAt]).toEqual([from, next]);
    expect(early.expiresAt).toBe(Number(from) + 24 * HOUR);
  });

  it('end with the card’s last day', async () => {
    const world = createPassWorld('2026-03-10T10:00:00.000Z');
    setCard(world, { validTo: calendarDate('2026-03-10') });
    const { fetched } = await askForPasses(world);
    expect(valueOf(fetched).expiresAt).toBe(Date.parse('2026-03-11T00:00:00+08:00'));
  });

  it.each(['suspended', 'revoked'] as const)('are not handed out for a %s card, prepared or not', async (status) => {
    const world = createPassWorld();
    const { nonce } = valueOf(await preparePasses(world.ports, holder));
    setCard(world, inStanding[status]);
    const keys = createPassKeys({ nonce, keys: [newKeyPair().publicKey], sign: holderKey.sign });
    expect(codeOf(await fetchPasses(world.ports, holder, { action: 'fetchPasses', keys }))).toBe('card_not_active');
    expect(codeOf(await preparePasses(world.ports, holder))).toBe('card_not_active');
    expect(world.store.issued()).toEqual([]);
  });

  it('are not handed out for an expired card, nor to who has none', async () => {
    const world = createPassWorld();
    setCard(world, { validTo: calendarDate('2026-03-09') });
    expect(codeOf(await preparePasses(world.ports, holder))).toBe('card_not_active');
    expect(codeOf(await preparePasses(world.ports, accountOf(2)))).toBe('not_found');
    expect(codeOf(await fetchPasses(world.ports, accountOf(2), { action: 'fetchPasses', keys: 'x' }))).toBe(
      'not_found',
    );
  });

  it('are refused without the holder’s key, for another nonce, and where the nonce is spent or old', async () => {
    const world = createPassWorld();
    expect(codeOf((await askForPasses(world, 1, newKeyPair().sign)).fetched)).toBe('key_proof_invalid');
    const { request, fetched } = await askForPasses(world, 1);
    expect(codeOf(fetched)).toBe('done');
    const again = { action: 'fetchPasses', keys: request } as const;
    expect(codeOf(await fetchPasses(world.ports, holder, again))).toBe('wrong_step');
    await preparePasses(world.ports, holder);
    expect(codeOf(await fetchPasses(world.ports, holder, again))).toBe('key_proof_invalid');
    expect(codeOf(await fetchPasses(world.ports, holder, { ...again, keys: 'AAAA' }))).toBe('key_proof_invalid');
    world.clock.advance(60_001);
    expect(codeOf(await fetchPasses(world.ports, holder, again))).toBe('wrong_step');
    expect(world.store.issued()).toHaveLength(1);
  });

  it('are fifty on a day in China, and as many on the next', async () => {
    const world = createPassWorld('2026-03-10T02:00:00.000Z');
    for (let issued = 0; issued < PASSES_A_DAY - 5; issued += 5) await fetchHeld(world, 5);
    expect(codeOf((await askForPasses(world, 6)).fetched)).toBe('too_many_tries');
    expect(codeOf((await askForPasses(world, 5)).fetched)).toBe('done');
    expect(codeOf(await preparePasses(world.ports, holder))).toBe('too_many_tries');
    expect(world.store.issued()).toHaveLength(PASSES_A_DAY);
    world.clock.advance(14 * HOUR);
    expect(codeOf((await askForPasses(world)).fetched)).toBe('done');
  });

  it('of one request are handed out once, however many send it at a time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), async (scheduler, callers) => {
        const world = createPassWorld();
        const { nonce } = valueOf(await preparePasses(world.ports, holder));
        const keys = createPassKeys({ nonce, keys: [newKeyPair().publicKey], sign: holderKey.sign });
        const ports = interleaved(world.ports, laterPassPorts, scheduler);
        const results = await scheduler.waitFor(
          Promise.all(
            Array.from({ length: callers }, () => fetchPasses(ports, holder, { action: 'fetchPasses', keys })),
          ),
        );
        expect(results.map(codeOf).sort()).toEqual(['done', ...Array<string>(callers - 1).fill('wrong_step')]);
        expect(world.events.ofKind('passes_issued')).toHaveLength(1);
        expect(world.identity().passes?.issued).toBe(1);
      }),
      { numRuns: 100 },
    );
  });

  it('are never handed out after the brake was acknowledged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const world = createPassWorld();
        const { nonce } = valueOf(await preparePasses(world.ports, holder));
        const keys = createPassKeys({ nonce, keys: [newKeyPair().publicKey], sign: holderKey.sign });
        const ports = interleaved(world.ports, laterPassPorts, scheduler);
        const [, fetched] = await scheduler.waitFor(
          Promise.all([suspendCard(ports, holder), fetchPasses(ports, holder, { action: 'fetchPasses', keys })]),
        );
        const kinds = world.events.all().map(({ kind }) => kind);
        // Handed out before the brake, or not at all.
        expect(kinds).toEqual(fetched.ok ? ['passes_issued', 'card_suspended'] : ['card_suspended']);
        expect(codeOf(fetched)).toMatch(/^(done|card_not_active)$/);
      }),
      { numRuns: 100 },
    );
  });

  it('that were handed out are written down, wherever a call is interrupted', async () => {
    const play = async (plan: FaultPlan | null): Promise<number> => {
      const world = createPassWorld();
      const { nonce } = valueOf(await preparePasses(world.ports, holder));
      const keys = createPassKeys({ nonce, keys: [newKeyPair().publicKey], sign: holderKey.sign });
      const { ports, calls } = failing(world.ports, laterPassPorts, plan);
      const call = fetchPasses(ports, holder, { action: 'fetchPasses', keys });
      if (plan) await expect(call).rejects.toThrow(InjectedFault);
      else await call;
      await fetchHeld(world, 1);
      const counted = world.identity().passes?.issued ?? 0;
      expect(world.events.ofKind('passes_issued')).toHaveLength(counted);
      expect(world.store.issued().length).toBeGreaterThanOrEqual(counted);
      return calls();
    };
    const calls = await play(null);
    expect(calls).toBe(4);
    for (let at = 1; at <= calls; at += 1) for (const when of ['before', 'after'] as const) await play({ at, when });
  });

  it('are written down with whose they are', async () => {
    const world = createPassWorld();
    await fetchHeld(world);
    const { identity, card } = world.store.issued()[0] ?? {};
    expect([identity, card]).toEqual([world.identity().key, world.identity().card.id]);
  });
});
