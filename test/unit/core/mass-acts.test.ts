import fc from 'fast-check';
import { accountKey, identityKey, instant, type MassTarget } from '../../../protocol';
import type { Identity } from '../../../cloudfunctions/_core/card/identity';
import type { MassTask } from '../../../cloudfunctions/_core/status/mass-act';
import { beginMassAct, continueMassActs } from '../../../cloudfunctions/_core/status/mass-acts';
import type { SealedKey } from '../../../cloudfunctions/_core/sealed-key';
import { failing, InjectedFault, interleaved } from '../../support/asynchronous';
import { createMassActStore, isMeantBy, officeKeyOf } from '../../support/mass-acts';
import { createShowingWorld } from '../../support/showing-world';
import { inStanding } from '../../support/stops';

const later = [
  'loadIdentity',
  'replaceIdentity',
  'appendEvent',
  'loadRunningActs',
  'loadMatching',
  'advanceAct',
  'queueRemint',
  'leaveRemintQueue',
] as const;

const officeOf = (at: number) => `office ${String(at % 3)}`;

/** So many cards: of three offices in turn, every other one signed by `key-a`, minted a second apart. */
const scene = (cards: number) => {
  const world = createShowingWorld();
  const base = world.identity();
  const start = base.card.mintedAt;
  const names = Array.from({ length: cards }, (_, at) => identityKey((at + 1).toString(16).padStart(64, '0')));
  names.forEach((key, at) => {
    const credential = { ...base.card.credential, kid: at % 2 === 0 ? 'key-a' : 'key-b', index: at };
    const card = { ...base.card, credential, mintedAt: instant(start + at * 1000) };
    const account = accountKey((at + 1).toString(16).padStart(64, 'a'));
    const dataKey = `data key ${at}` as SealedKey;
    world.identities.put({ ...base, key, account, card, office: officeKeyOf(officeOf(at)), dataKey });
  });
  const cardsNow = () => world.identities.all().filter(({ key }) => names.includes(key));
  const { ports: store, acts, queue } = createMassActStore(cardsNow);
  const ports = { ...world.ports, ...store };
  const begin = (task: MassTask, id = 'act') => beginMassAct(ports, id, task);
  return { world, ports, start, acts, queue, begin, cards: cardsNow };
};
type Scene = ReturnType<typeof scene>;

const expectRevoked = ({ world, cards }: Scene, isMeant: (identity: Identity) => boolean): void => {
  const meant = cards().filter(isMeant);
  for (const { card, untold, revision } of meant) {
    expect(card.stops).toMatchObject([{ reason: 'issuer_compromised' }]);
    expect(untold).toEqual({ since: revision, retired: [] });
  }
  for (const other of cards().filter((identity) => !isMeant(identity))) {
    expect(other).toMatchObject({ card: { stops: [] }, untold: null });
  }
  expect(world.events.ofKind('card_stopped')).toHaveLength(meant.length);
};

describe('a mass act', () => {
  it('goes on past a card that is gone, and not past one that others kept changing', async () => {
    const here = scene(4);
    const target = { by: 'kid', kid: 'key-a' } as const;
    await here.begin({ act: 'revoke', reason: 'issuer_compromised', target });
    const gone = { ...here.ports, loadIdentity: () => Promise.resolve(null) };
    const [first] = here.cards();
    const busy = { ...here.ports, replaceIdentity: () => Promise.resolve(false) };
    await expect(continueMassActs(busy)).rejects.toThrow('a card could not be revoked');
    expect(here.acts.get('act')).toMatchObject({ state: 'running', count: 0 });
    expect(first?.card.stops).toEqual([]);
    expect(await continueMassActs(gone)).toBe(2);
    expect(here.acts.get('act')).toMatchObject({ state: 'done', count: 2 });
  });

  it.each<[string, (of: Scene) => MassTarget]>([
    ['an issuing key', () => ({ by: 'kid', kid: 'key-a' })],
    ['an issuing office', () => ({ by: 'office', office: officeOf(1) })],
    ['a period', ({ start }) => ({ by: 'minted', from: instant(start + 2000), to: instant(start + 5000) })],
    ['nobody', () => ({ by: 'kid', kid: 'key-c' })],
  ])('revokes the cards of %s, each with its event, and no other', async (_, targetOf) => {
    const here = scene(12);
    const target = targetOf(here);
    expect(await here.begin({ act: 'revoke', reason: 'issuer_compromised', target })).toBe(true);
    const met = await continueMassActs(here.ports);
    expectRevoked(here, (identity) => isMeantBy(target, identity));
    expect(here.acts.get('act')).toMatchObject({
      state: 'done',
      count: met,
      total: met,
      finishedAt: here.world.clock.now(),
    });
    expect(await continueMassActs(here.ports)).toBe(0);
  });

  it('begins once: the same again begins nothing', async () => {
    const here = scene(4);
    const task: MassTask = { act: 'revoke', reason: 'issuer_compromised', target: { by: 'kid', kid: 'key-a' } };
    expect([await here.begin(task), await here.begin(task)]).toEqual([true, false]);
    await continueMassActs(here.ports);
    expect(await here.begin(task)).toBe(false);
    expect(await continueMassActs(here.ports)).toBe(0);
  });

  it('goes through more cards than a page, and says how many', async () => {
    const here = scene(450);
    await here.begin({ act: 'revoke', reason: 'issuer_compromised', target: { by: 'kid', kid: 'key-a' } });
    expect(await continueMassActs(here.ports)).toBe(225);
    expectRevoked(here, ({ card }) => card.credential.kid === 'key-a');
    expect(here.acts.get('act')).toMatchObject({ state: 'done', count: 225 });
  });

  it('queues for renewal whose key signs no more, once, and changes no card', async () => {
    const here = scene(6);
    const before = here.cards();
    await here.begin({ act: 'renew', target: { by: 'kid', kid: 'key-a' } }, 'one');
    await here.begin({ act: 'renew', target: { by: 'kid', kid: 'key-a' } }, 'two');
    await continueMassActs(here.ports);
    expect([...here.queue.values()]).toEqual(['key-a', 'key-a', 'key-a']);
    expect(here.cards()).toEqual(before);
  });

  it('queues nobody who has ended, or who was given another credential while it went through them', async () => {
    const here = scene(6);
    const [ended, renewed] = here.cards().filter(({ card }) => card.credential.kid === 'key-a');
    if (!ended || !renewed) throw new Error('no cards');
    here.world.identities.put({ ...ended, card: { ...ended.card, ...inStanding.revoked } });
    await here.begin({ act: 'renew', target: { by: 'kid', kid: 'key-a' } });
    const loadMatching: typeof here.ports.loadMatching = async (...asked) => {
      const met = await here.ports.loadMatching(...asked);
      const credential = { ...renewed.card.credential, kid: 'key-b' };
      here.world.identities.put({ ...renewed, card: { ...renewed.card, credential } });
      return met;
    };
    await continueMassActs({ ...here.ports, loadMatching });
    expect(here.queue.size).toBe(1);
    expect([...here.queue.keys()]).not.toContain(ended.key);
    expect([...here.queue.keys()]).not.toContain(renewed.key);
  });

  it('is finished by the next run, wherever one was interrupted', async () => {
    const target: MassTarget = { by: 'office', office: officeOf(0) };
    const counted = scene(7);
    await counted.begin({ act: 'revoke', reason: 'issuer_compromised', target });
    const whole = failing(counted.ports, later, null);
    await continueMassActs(whole.ports);
    expect(whole.calls()).toBeGreaterThan(8);
    for (let at = 1; at <= whole.calls(); at += 1) {
      for (const when of ['before', 'after'] as const) {
        const here = scene(7);
        await here.begin({ act: 'revoke', reason: 'issuer_compromised', target });
        await expect(continueMassActs(failing(here.ports, later, { at, when }).ports)).rejects.toThrow(InjectedFault);
        await continueMassActs(here.ports);
        expectRevoked(here, (identity) => isMeantBy(target, identity));
        expect(here.acts.get('act')).toMatchObject({ state: 'done', count: 3 });
      }
    }
  });

  it('comes to the same beside itself, in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const here = scene(5);
        await here.begin({ act: 'revoke', reason: 'issuer_compromised', target: { by: 'kid', kid: 'key-a' } });
        const ports = interleaved(here.ports, later, scheduler);
        const runs = [continueMassActs(ports), continueMassActs(ports)];
        const met = await scheduler.waitFor(Promise.all(runs));
        expect(met.reduce((sum, count) => sum + count, 0)).toBe(3);
        expectRevoked(here, ({ card }) => card.credential.kid === 'key-a');
      }),
      { numRuns: 60 },
    );
  });
});
