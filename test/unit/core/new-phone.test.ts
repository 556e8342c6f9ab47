import {
  createShowingStatement,
  jwkThumbprint,
  LIMITED_MS,
  purposeIds,
  purposeTable,
  type PurposeId,
} from '../../../protocol';
import { sha256 } from '../../../cloudfunctions/_adapters/crypto/es256';
import { getCard } from '../../../cloudfunctions/_core/card/holder-card';
import { claimCounter, openCounter, readCounter } from '../../../cloudfunctions/_core/showing/counter';
import { openShowing, prepareShowing } from '../../../cloudfunctions/_core/showing/open-showing';
import { sessionHandle, showingHandle, instant } from '../../../protocol';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { newKeyPair, type KeyPair } from '../../support/key-pair';
import { createLifeWorld, enrolPerson, identityOf, type LifeWorld } from '../../support/life-world';
import { createShowingWorld, firstTerminal, holder, holderKey, setCard, setFinger } from '../../support/showing-world';

const account = accountOf(1);
const cardOf = (world: LifeWorld) => {
  const identity = identityOf(world, account);
  if (!identity) throw new Error('no card');
  return identity.card;
};
const kinds = ({ events }: LifeWorld): readonly string[] =>
  events.all().flatMap(({ kind }) => (kind.startsWith('card_') ? [kind] : []));

describe('a card made anew', () => {
  it('on another phone is limited for a day, and its history says so', async () => {
    const world = createLifeWorld();
    await enrolPerson(world, account, 1);
    expect(cardOf(world).limitedUntil).toBeNull();
    await enrolPerson(world, account, 1);
    expect(cardOf(world).limitedUntil).toBe(world.clock.now() + LIMITED_MS);
    expect(kinds(world)).toEqual(['card_minted', 'card_moved']);
  });

  it('on the phone that holds it is not limited', async () => {
    const world = createLifeWorld();
    const prior = await enrolPerson(world, account, 1);
    await enrolPerson(world, account, 1, { prior });
    expect(cardOf(world).limitedUntil).toBeNull();
    expect(kinds(world)).toEqual(['card_minted', 'card_renewed']);
  });

  it('stays limited though it is made anew on its new phone meanwhile', async () => {
    const world = createLifeWorld();
    await enrolPerson(world, account, 1);
    const prior = await enrolPerson(world, account, 1);
    const { limitedUntil } = cardOf(world);
    world.clock.advance(1000);
    await enrolPerson(world, account, 1, { prior });
    expect(cardOf(world).limitedUntil).toBe(limitedUntil);
  });

  it('is limited where some other key signs for the one before', async () => {
    const world = createLifeWorld();
    const first = await enrolPerson(world, account, 1);
    await enrolPerson(world, account, 1, { prior: newKeyPair() });
    expect(kinds(world).at(-1)).toBe('card_moved');
    await enrolPerson(world, account, 1, { prior: first });
    expect(kinds(world).at(-1)).toBe('card_moved');
  });

  it.each(['the same phone', 'another phone'])('on %s drops orders to delete and to tell everything', async (which) => {
    const world = createLifeWorld();
    const prior = await enrolPerson(world, account, 1);
    const identity = identityOf(world, account);
    if (!identity) throw new Error('no card');
    const key = world.ports.killCodeKeyOf('0'.repeat(20) as never);
    const killCodes = [{ key, madeAt: world.clock.now(), until: null }];
    const deletion = { challenge: 'A'.repeat(22), preparedAt: world.clock.now() };
    const dataExport = deletion;
    world.identities.put({ ...identity, revision: identity.revision + 1, killCodes, deletion, dataExport });
    const isSame = which === 'the same phone';
    await enrolPerson(world, account, 1, isSame ? { prior } : {});
    // Who did not move the card stops it with the paper; after a day whoever had the phone before stops nothing.
    expect(identityOf(world, account)).toMatchObject({
      killCodes: isSame ? killCodes : [{ key, until: world.clock.now() + LIMITED_MS }],
      deletion: null,
      dataExport: null,
    });
  });
});

describe('a phone that asks for the card', () => {
  const askWith = async (world: LifeWorld, key?: KeyPair) =>
    valueOf(await getCard(world.ports, account, key ? { key: jwkThumbprint(key.publicKey, sha256) } : {}));

  it('hears that it is bound to another one, and since when', async () => {
    const world = createLifeWorld();
    const old = await enrolPerson(world, account, 1);
    expect(await askWith(world, old)).not.toHaveProperty('boundElsewhere');
    world.clock.advance(5000);
    const since = world.clock.now();
    const fresh = await enrolPerson(world, account, 1);
    expect(await askWith(world, old)).toMatchObject({ boundElsewhere: { since } });
    expect(await askWith(world, fresh)).not.toHaveProperty('boundElsewhere');
    expect(await askWith(world)).not.toHaveProperty('boundElsewhere');
  });

  it('shows nothing with the old key', async () => {
    const world = createLifeWorld();
    const old = await enrolPerson(world, account, 1);
    await enrolPerson(world, account, 1);
    const handle = showingHandle(valueOf(await prepareShowing(world.ports, account)).handle);
    const key = newKeyPair().publicKey;
    const statement = createShowingStatement({ handle, key, purpose: 'age-check', session: null, sign: old.sign });
    const unasked = () => Promise.reject(new Error('nothing is to be proved anew'));
    const ports = {
      ...world.ports,
      loadSession: () => Promise.resolve(null),
      measurePortrait: unasked,
      verifySoter: unasked,
    };
    expect(await openShowing(ports, account, { action: 'openShowing', statement })).toEqual({
      ok: false,
      error: { code: 'key_proof_invalid' },
    });
  });
});

describe('a limited card', () => {
  const isLight = (purpose: PurposeId): boolean =>
    purposeTable[purpose].tier === 'light' && purposeTable[purpose].stepUp.length === 0;

  it.each(purposeIds)('serves %s if it is a light task without further proof', async (purpose) => {
    const world = createShowingWorld();
    const limitedUntil = instant(world.clock.now() + LIMITED_MS);
    setCard(world, { limitedUntil, tier: 'full' });
    const { session } = valueOf(await openCounter(world.ports, firstTerminal.key, { action: 'openCounter', purpose }));
    const claimed = await claimCounter(world.ports, holder, { action: 'claimCounter', session });
    const said = valueOf(await readCounter(world.ports, firstTerminal.key, { action: 'readCounter', session }));
    const handle = showingHandle(valueOf(await prepareShowing(world.ports, holder)).handle);
    const stated = { handle, key: newKeyPair().publicKey, purpose, session: sessionHandle(session) };
    const statement = createShowingStatement({ ...stated, sign: holderKey.sign });
    const opened = await openShowing(world.ports, holder, { action: 'openShowing', statement });
    if (isLight(purpose)) {
      expect([claimed.ok, opened.ok, said.state]).toEqual([true, true, 'claimed']);
    } else {
      const refused = { ok: false, error: { code: 'card_limited', until: limitedUntil } };
      expect([claimed, opened]).toEqual([refused, refused]);
      expect(said).toEqual({ ok: true, state: 'hindered', reason: 'card_limited' });
    }
  });

  it('is limited no more once the day is over', async () => {
    const world = createShowingWorld();
    setCard(world, { limitedUntil: instant(world.clock.now() + LIMITED_MS), tier: 'full' });
    setFinger(world);
    world.clock.advance(LIMITED_MS);
    const purpose = 'government-counter';
    const { session } = valueOf(await openCounter(world.ports, firstTerminal.key, { action: 'openCounter', purpose }));
    expect((await claimCounter(world.ports, holder, { action: 'claimCounter', session })).ok).toBe(true);
  });
});
