import { LIMITED_MS } from '../../../protocol';
import { getCard } from '../../../cloudfunctions/_core/card/holder-card';
import type { Result } from '../../../cloudfunctions/_core/result';
import { issueKillCode, killCard } from '../../../cloudfunctions/_core/card/kill-card';
import { gravestOf } from '../../../cloudfunctions/_core/card/stops';
import type { Identity } from '../../../cloudfunctions/_core/card/identity';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { createLifeWorld, enrolPerson, identityOf, type LifeWorld } from '../../support/life-world';

const account = accountOf(1);
const DAY_MS = 24 * 60 * 60 * 1000;
const unknown = { ok: false, error: { code: 'kill_code_unknown' } };

const withCode = async (): Promise<{ world: LifeWorld; code: string }> => {
  const world = createLifeWorld();
  await enrolPerson(world, account, 1);
  return { world, code: valueOf(await issueKillCode(world.ports, account)).code };
};
const kill = ({ ports }: LifeWorld, code: string): Promise<Result<{ readonly ok: true }>> =>
  killCard(ports, '203.0.113.7', code);
const card = (world: LifeWorld): Identity['card'] => {
  const identity = identityOf(world, account);
  if (!identity) throw new Error('no card');
  return identity.card;
};

describe('a kill code that was replaced', () => {
  it('works for seven days more once there is a new one, which says so, and then no longer', async () => {
    const { world, code } = await withCode();
    world.clock.advance(100 * DAY_MS);
    const { code: next, replacedUntil } = valueOf(await issueKillCode(world.ports, account));
    expect(replacedUntil).toBe(world.clock.now() + 7 * DAY_MS);
    const replaced = identityOf(world, account);
    if (!replaced) throw new Error('no card');
    world.clock.advance(7 * DAY_MS - 1);
    valueOf(await kill(world, code));
    expect(gravestOf(card(world).stops)?.reason).toBe('kill_code');
    world.identities.put({ ...replaced, revision: replaced.revision + 9 });
    world.clock.advance(1);
    expect(await kill(world, code)).toEqual(unknown);
    expect(card(world).stops).toEqual([]);
    valueOf(await kill(world, next));
  });

  it('on paper is not pushed out by whoever has the phone, however often they ask for another', async () => {
    const { world, code } = await withCode();
    const until = world.clock.now() + 7 * DAY_MS;
    for (let made = 0; made < 2; made += 1) valueOf(await issueKillCode(world.ports, account));
    const tooMany = { ok: false, error: { code: 'too_many_requests', until } };
    const before = world.identities.written.length;
    for (let turn = 0; turn < 20; turn += 1) expect(await issueKillCode(world.ports, account)).toEqual(tooMany);
    expect(world.identities.written).toHaveLength(before);
    world.clock.advance(7 * DAY_MS - 1);
    expect(await issueKillCode(world.ports, account)).toEqual(tooMany);
    valueOf(await kill(world, code));
  });

  it('can be made anew once those before are over, which are then forgotten', async () => {
    const { world } = await withCode();
    for (let week = 0; week < 5; week += 1) {
      for (let made = 0; made < 2; made += 1) valueOf(await issueKillCode(world.ports, account));
      expect(identityOf(world, account)?.killCodes).toHaveLength(3);
      world.clock.advance(7 * DAY_MS);
    }
  });

  it('stops the card on another phone for the day after the move, and then no more, with all before it', async () => {
    for (const which of [0, 1]) {
      const { world, code } = await withCode();
      const next = valueOf(await issueKillCode(world.ports, account)).code;
      await enrolPerson(world, account, 1);
      world.clock.advance(LIMITED_MS - 1);
      valueOf(await kill(world, which === 0 ? code : next));
      expect(gravestOf(card(world).stops)?.reason).toBe('kill_code');
    }
    const { world, code } = await withCode();
    const next = valueOf(await issueKillCode(world.ports, account)).code;
    await enrolPerson(world, account, 1);
    world.clock.advance(LIMITED_MS);
    for (const one of [code, next]) expect(await kill(world, one)).toEqual(unknown);
    expect(card(world).stops).toEqual([]);
  });

  it('lasts no longer by a second move, and is none that its holder has: the card tells of none', async () => {
    const { world, code } = await withCode();
    await enrolPerson(world, account, 1);
    expect(valueOf(await getCard(world.ports, account, {})).card).not.toHaveProperty('killCodeMadeAt');
    world.clock.advance(LIMITED_MS / 2);
    await enrolPerson(world, account, 1);
    world.clock.advance(LIMITED_MS / 2);
    expect(await kill(world, code)).toEqual(unknown);
    valueOf(await issueKillCode(world.ports, account));
  });

  it('replaces none where there was none', async () => {
    const world = createLifeWorld();
    await enrolPerson(world, account, 1);
    expect(valueOf(await issueKillCode(world.ports, account))).not.toHaveProperty('replacedUntil');
  });
});
