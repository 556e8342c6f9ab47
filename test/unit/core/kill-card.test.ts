import fc from 'fast-check';
import { endReasons, endReasonTable, isGraver, type EndReason } from '../../../protocol';
import { getCard, resumeCard, suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import { issueKillCode, killCard, KILLS_OF_ADDRESS, KILLS_OF_ALL } from '../../../cloudfunctions/_core/card/kill-card';
import { stopIdentity } from '../../../cloudfunctions/_core/card/stop-card';
import { gravestOf, standingOf } from '../../../cloudfunctions/_core/card/stops';
import { prepareShowing } from '../../../cloudfunctions/_core/showing/open-showing';
import { phoneOf, proofFace, valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { newKeyPair } from '../../support/key-pair';
import { createLifeWorld, enrolPerson, identityOf, tryEnrol, type LifeWorld } from '../../support/life-world';

const account = accountOf(1);
const address = '203.0.113.7';
const unknown = { ok: false, error: { code: 'kill_code_unknown' } };

const withCode = async (): Promise<{ world: LifeWorld; code: string }> => {
  const world = createLifeWorld();
  await enrolPerson(world, account, 1);
  return { world, code: valueOf(await issueKillCode(world.ports, account)).code };
};
const kill = ({ ports }: LifeWorld, code: string, from: string | null = address) => killCard(ports, from, code);
const card = (world: LifeWorld) => {
  const identity = identityOf(world, account);
  if (!identity) throw new Error('no card');
  return identity.card;
};

describe('the kill code', () => {
  it('stops the card at once, and what could still be shown', async () => {
    const { world, code } = await withCode();
    expect(await kill(world, code)).toEqual({ ok: true, value: { ok: true } });
    expect(card(world).stops).toEqual([{ reason: 'kill_code', at: world.clock.now() }]);
    expect(await prepareShowing(world.ports, account)).toMatchObject({ error: { code: 'card_not_active' } });
    expect(world.events.all().at(-1)).toMatchObject({ kind: 'card_stopped', reason: 'kill_code' });
  });

  it('is not undone by a tap, though the holder’s own brake came first', async () => {
    const { world, code } = await withCode();
    valueOf(await suspendCard(world.ports, account));
    valueOf(await kill(world, code));
    valueOf(await suspendCard(world.ports, account));
    expect(await resumeCard(world.ports, account)).toEqual({ ok: false, error: { code: 'card_not_active' } });
    expect(gravestOf(card(world).stops)?.reason).toBe('kill_code');
  });

  it('is undone by the face, on what counts as another phone, whatever key it holds', async () => {
    const world = createLifeWorld();
    const key = await enrolPerson(world, account, 1);
    const { code } = valueOf(await issueKillCode(world.ports, account));
    valueOf(await kill(world, code));
    await enrolPerson(world, account, 1, { prior: key });
    expect(card(world).stops).toEqual([]);
    expect(card(world).limitedUntil).toBeGreaterThan(world.clock.now());
  });

  it('is not undone by a face that was shown before, on whoever’s phone that enrolment waits', async () => {
    const { world, code } = await withCode();
    const phone = phoneOf(world, account, world.ports);
    const before = await proofFace(phone, 1);
    world.clock.advance(1000);
    valueOf(await kill(world, code));
    const key = newKeyPair();
    expect(await phone.mint(before.caseId, key, before.nonce)).toEqual({ ok: false, error: { code: 'wrong_step' } });
    expect(gravestOf(card(world).stops)?.reason).toBe('kill_code');
    const after = await proofFace(phone, 1);
    valueOf(await phone.mint(after.caseId, key, after.nonce));
    expect(card(world).stops).toEqual([]);
  });

  it('is not outrun by whoever has the phone and changes the card without a pause', async () => {
    const { world, code } = await withCode();
    let left = 30;
    const outrun = {
      ...world.ports,
      loadIdentityByKillCode: async (key: Parameters<typeof world.ports.loadIdentityByKillCode>[0]) => {
        const found = await world.ports.loadIdentityByKillCode(key);
        left -= 1;
        if (left > 0) valueOf(await prepareShowing(world.ports, account));
        return found;
      },
    };
    valueOf(await killCard(outrun, address, code));
    expect(gravestOf(card(world).stops)?.reason).toBe('kill_code');
  });

  it('lies nowhere: not in the identity, not in an event, not in a log', async () => {
    const { world, code } = await withCode();
    valueOf(await kill(world, code));
    const stored = JSON.stringify([world.identities.written, world.events.all(), world.logged]);
    expect(stored).not.toContain(code);
    expect(stored).not.toContain(code.replaceAll('-', ''));
  });

  it('tells a stranger the same of a wrong code and of a card that is stopped already', async () => {
    const { world, code } = await withCode();
    expect(await kill(world, '0000-0000-0000-0000-0000')).toEqual(unknown);
    valueOf(await kill(world, code));
    const writes = world.identities.written.length;
    expect(await kill(world, code)).toEqual(unknown);
    expect(world.identities.written).toHaveLength(writes);
  });

  it('asks nothing of the database where it is mistyped', async () => {
    const { world, code } = await withCode();
    const mistyped = code.startsWith('7') ? `8${code.slice(1)}` : `7${code.slice(1)}`;
    for (const typed of [mistyped, '', 'no code', code.slice(1), `${code}0`]) {
      expect(await kill(world, typed)).toEqual({ ok: false, error: { code: 'kill_code_mistyped' } });
    }
    expect(world.turns.filter(({ name }) => name === 'kill')).toEqual([]);
  });

  it('is not made for a revoked card, nor for nobody', async () => {
    const { world } = await withCode();
    const key = identityOf(world, account)?.key;
    if (!key) throw new Error('no card');
    valueOf(await stopIdentity(world.ports, key, 'obtained_by_fraud'));
    expect(await issueKillCode(world.ports, account)).toMatchObject({ error: { code: 'card_not_active' } });
    expect(await issueKillCode(world.ports, accountOf(9))).toMatchObject({ error: { code: 'not_found' } });
  });
});

describe('the limits', () => {
  const busy = { ok: false, error: { code: 'too_many_requests' } };
  const wrong = '0000-0000-0000-0000-0000';

  it('hold one address back, and let others go on', async () => {
    const { world } = await withCode();
    for (let turn = 0; turn < KILLS_OF_ADDRESS.most; turn += 1) expect(await kill(world, wrong)).toEqual(unknown);
    expect(await kill(world, wrong)).toEqual(busy);
    expect(await kill(world, wrong, '203.0.113.8')).toEqual(unknown);
  });

  it('begin anew with the next window', async () => {
    const { world } = await withCode();
    for (let turn = 0; turn < KILLS_OF_ADDRESS.most; turn += 1) await kill(world, wrong);
    world.clock.advance(KILLS_OF_ADDRESS.windowMs);
    expect(await kill(world, wrong)).toEqual(unknown);
  });

  it('keep nobody from stopping a card, however much others have tried', async () => {
    const { world, code } = await withCode();
    const full = { ...world.ports, takeTurn: () => Promise.resolve(false) };
    expect(await killCard(full, address, wrong)).toEqual(busy);
    valueOf(await killCard(full, address, code));
    expect(gravestOf(card(world).stops)?.reason).toBe('kill_code');
    expect(await killCard(full, address, code)).toEqual(busy);
  });

  it('count strangers without an address as one, and everybody together', async () => {
    const { world } = await withCode();
    await kill(world, '0000-0000-0000-0000-0000', null);
    expect(world.turns.filter(({ name }) => name === 'kill').map(({ subject }) => subject)).toEqual([
      { kind: 'address', address: 'unknown' },
      { kind: 'everybody' },
    ]);
    const full = {
      ...world.ports,
      takeTurn: (limit: { readonly most: number }) => Promise.resolve(limit !== KILLS_OF_ALL),
    };
    expect(await killCard(full, address, '0000-0000-0000-0000-0000')).toMatchObject({
      error: { code: 'too_many_requests' },
    });
  });
});

describe('a reason', () => {
  const others = endReasons.filter((reason) => reason !== 'by_holder' && reason !== 'kill_code');
  const stopFor = (world: LifeWorld, reason: EndReason) => {
    const key = identityOf(world, account)?.key;
    if (!key) throw new Error('no card');
    return stopIdentity(world.ports, key, reason);
  };

  it('of more weight is told in place of a lighter one, in whatever order they come', async () => {
    const world = createLifeWorld();
    await enrolPerson(world, account, 1);
    const fresh = identityOf(world, account);
    if (!fresh) throw new Error('no card');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...endReasons), { minLength: 1, maxLength: 6 }), async (reasons) => {
        const present = identityOf(world, account);
        world.identities.put({ ...fresh, revision: (present?.revision ?? 0) + 1 });
        for (const reason of reasons) valueOf(await stopFor(world, reason));
        const gravest = reasons.reduce((one, other) => (isGraver(other, one) ? other : one));
        const told = valueOf(await getCard(world.ports, account)).card;
        expect(told).toMatchObject({ status: endReasonTable[gravest].status, ended: { reason: gravest } });
        // What one of them was is not forgotten for the other's sake, while the person may have a valid card again.
        if (endReasonTable[gravest].remedy !== 'nothing') {
          expect(new Set(card(world).stops.map(({ reason }) => reason))).toEqual(new Set(reasons));
        }
      }),
    );
  });

  it.each(others)('%s is told to the holder, who cannot undo it by a tap', async (reason) => {
    const world = createLifeWorld();
    await enrolPerson(world, account, 1);
    valueOf(await stopFor(world, reason));
    const told = valueOf(await getCard(world.ports, account)).card;
    expect(told).toMatchObject({ status: endReasonTable[reason].status, ended: { reason } });
    expect(await resumeCard(world.ports, account)).toMatchObject({ error: { code: 'card_not_active' } });
  });

  it.each(others)('%s is made up for by what its row says, and by nothing less', async (reason) => {
    const world = createLifeWorld();
    await enrolPerson(world, account, 1);
    valueOf(await stopFor(world, reason));
    const { remedy } = endReasonTable[reason];
    const again = await tryEnrol(world, account, 1);
    const renewed = await tryEnrol(world, account, 1, { validFrom: '2026-02-01' });
    if (remedy === 'new_document') {
      expect(again.minted).toEqual({ ok: false, error: { code: 'document_not_current' } });
      expect(renewed.minted.ok).toBe(true);
    } else if (remedy === 'face' || remedy === 'guardian') {
      // Whoever needs a guardian is asked for one by the enrolment; an adult is not.
      expect(again.minted.ok).toBe(true);
    } else {
      for (const { minted } of [again, renewed]) {
        expect(minted).toEqual({ ok: false, error: { code: 'card_not_active' } });
      }
    }
  });

  it('that the authority tells of a revoked card keeps the next one back', async () => {
    const world = createLifeWorld();
    await enrolPerson(world, account, 1);
    valueOf(await stopFor(world, 'ended_by_holder'));
    valueOf(await stopFor(world, 'document_lost'));
    expect(standingOf(card(world).stops)).toBe('revoked');
    expect((await tryEnrol(world, account, 1)).minted).toEqual({ ok: false, error: { code: 'document_not_current' } });
  });

  it('that a face lifts holds the card back while another does not', async () => {
    const world = createLifeWorld();
    await enrolPerson(world, account, 1);
    valueOf(await stopFor(world, 'frozen_by_court'));
    valueOf(await stopFor(world, 'phone_lost'));
    expect((await tryEnrol(world, account, 1)).minted).toEqual({ ok: false, error: { code: 'card_not_active' } });
    expect(card(world).stops.map(({ reason }) => reason)).toEqual(['phone_lost', 'frozen_by_court']);
  });

  it.each(['kill_code', 'phone_lost'] as const)(
    '%s makes of the phone that was reported another one',
    async (reason) => {
      const world = createLifeWorld();
      const prior = await enrolPerson(world, account, 1);
      valueOf(await stopFor(world, reason));
      await enrolPerson(world, account, 1, { prior });
      expect(card(world).limitedUntil).toBeGreaterThan(world.clock.now());
    },
  );
});
