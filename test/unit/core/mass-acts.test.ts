import fc from 'fast-check';
import { accountKey, identityKey, instant, officeKey, type IdentityKey } from '../../../protocol';
import type { Identity } from '../../../cloudfunctions/_core/card/identity';
import type { MassAct, MassCriterion, MassTask } from '../../../cloudfunctions/_core/status/mass-act';
import { beginMassAct, continueMassActs, type MassActPorts } from '../../../cloudfunctions/_core/status/mass-acts';
import type { SealedKey } from '../../../cloudfunctions/_core/sealed-key';
import { failing, InjectedFault, interleaved } from '../../support/asynchronous';
import { createShowingWorld } from '../../support/showing-world';

const later = [
  'loadIdentity',
  'replaceIdentity',
  'appendEvent',
  'loadRunningActs',
  'loadMatching',
  'advanceAct',
  'queueRemint',
] as const;

const officeOf = (at: number) => officeKey(String(at % 3).padStart(64, '0'));

const meets = (criterion: MassCriterion, { card, office }: Identity): boolean => {
  if (criterion.by === 'kid') return card.credential.kid === criterion.kid;
  if (criterion.by === 'office') return office === criterion.office;
  return criterion.from <= card.mintedAt && card.mintedAt < criterion.to;
};

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
    world.identities.put({ ...base, key, account, card, office: officeOf(at), dataKey });
  });
  const acts = new Map<string, MassAct>();
  const queue = new Map<IdentityKey, string>();
  const ports: MassActPorts = {
    ...world.ports,
    loadRunningActs: () => Promise.resolve([...acts.values()].filter(({ state }) => state === 'running')),
    loadMatching: (criterion, after, limit) =>
      Promise.resolve(
        world.identities
          .all()
          .filter((identity) => names.includes(identity.key) && meets(criterion, identity))
          .map(({ key }) => key)
          .filter((key) => after === null || key > after)
          .sort()
          .slice(0, limit),
      ),
    advanceAct: (prior, next) => {
      const found = acts.get(prior.id);
      const matches = found?.state === 'running' && found.cursor === prior.cursor && found.count === prior.count;
      if (matches) acts.set(prior.id, next);
      return Promise.resolve(matches);
    },
    queueRemint: (key, kid) => {
      if (!queue.has(key)) queue.set(key, kid);
      return Promise.resolve();
    },
  };
  const begin = (task: MassTask, id = 'act') =>
    beginMassAct(
      {
        now: world.clock.now,
        createMassAct: (created) => {
          const isNew = !acts.has(created.id);
          if (isNew) acts.set(created.id, created);
          return Promise.resolve(isNew);
        },
      },
      id,
      task,
    );
  const cardsNow = () => world.identities.all().filter(({ key }) => names.includes(key));
  return { world, ports, start, acts, queue, begin, cards: cardsNow };
};
type Scene = ReturnType<typeof scene>;

const expectRevoked = ({ world, cards }: Scene, isMeant: (identity: Identity) => boolean): void => {
  const meant = cards().filter(isMeant);
  for (const { card, untold, revision } of meant) {
    expect(card.status).toBe('revoked');
    expect(untold).toEqual({ since: revision, retired: [] });
  }
  for (const other of cards().filter((identity) => !isMeant(identity))) {
    expect(other).toMatchObject({ card: { status: 'valid' }, untold: null });
  }
  expect(world.events.ofKind('card_revoked')).toHaveLength(meant.length);
};

describe('a mass act', () => {
  it.each<[string, (of: Scene) => MassCriterion]>([
    ['an issuing key', () => ({ by: 'kid', kid: 'key-a' })],
    ['an issuing office', () => ({ by: 'office', office: officeOf(1) })],
    ['a period', ({ start }) => ({ by: 'minted', from: instant(start + 2000), to: instant(start + 5000) })],
    ['nobody', () => ({ by: 'kid', kid: 'key-c' })],
  ])('revokes the cards of %s, each with its event, and no other', async (_, criterionOf) => {
    const here = scene(12);
    const criterion = criterionOf(here);
    expect(await here.begin({ act: 'revoke', criterion })).toBe(true);
    const met = await continueMassActs(here.ports);
    expectRevoked(here, (identity) => meets(criterion, identity));
    expect(here.acts.get('act')).toMatchObject({ state: 'done', count: met });
    expect(await continueMassActs(here.ports)).toBe(0);
  });

  it('begins once: the same again begins nothing', async () => {
    const here = scene(4);
    const task: MassTask = { act: 'revoke', criterion: { by: 'kid', kid: 'key-a' } };
    expect([await here.begin(task), await here.begin(task)]).toEqual([true, false]);
    await continueMassActs(here.ports);
    expect(await here.begin(task)).toBe(false);
    expect(await continueMassActs(here.ports)).toBe(0);
  });

  it('goes through more cards than a page, and says how many', async () => {
    const here = scene(450);
    await here.begin({ act: 'revoke', criterion: { by: 'kid', kid: 'key-a' } });
    expect(await continueMassActs(here.ports)).toBe(225);
    expectRevoked(here, ({ card }) => card.credential.kid === 'key-a');
    expect(here.acts.get('act')).toMatchObject({ state: 'done', count: 225 });
  });

  it('queues for renewal whose key signs no more, once, and changes no card', async () => {
    const here = scene(6);
    const before = here.cards();
    await here.begin({ act: 'renew', criterion: { by: 'kid', kid: 'key-a' } }, 'one');
    await here.begin({ act: 'renew', criterion: { by: 'kid', kid: 'key-a' } }, 'two');
    await continueMassActs(here.ports);
    expect([...here.queue.values()]).toEqual(['key-a', 'key-a', 'key-a']);
    expect(here.cards()).toEqual(before);
  });

  it('is finished by the next run, wherever one was interrupted', async () => {
    const criterion: MassCriterion = { by: 'office', office: officeOf(0) };
    const counted = scene(7);
    await counted.begin({ act: 'revoke', criterion });
    const whole = failing(counted.ports, later, null);
    await continueMassActs(whole.ports);
    expect(whole.calls()).toBeGreaterThan(8);
    for (let at = 1; at <= whole.calls(); at += 1) {
      for (const when of ['before', 'after'] as const) {
        const here = scene(7);
        await here.begin({ act: 'revoke', criterion });
        await expect(continueMassActs(failing(here.ports, later, { at, when }).ports)).rejects.toThrow(InjectedFault);
        await continueMassActs(here.ports);
        expectRevoked(here, (identity) => meets(criterion, identity));
        expect(here.acts.get('act')).toMatchObject({ state: 'done', count: 3 });
      }
    }
  });

  it('comes to the same beside itself, in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const here = scene(5);
        await here.begin({ act: 'revoke', criterion: { by: 'kid', kid: 'key-a' } });
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
