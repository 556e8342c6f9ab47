import { identityKey, instant } from '../../../protocol';
import type { SendNoticesPorts } from '../../../cloudfunctions/_core/notices/send-notices';
import { tellInstitutions } from '../../../cloudfunctions/_core/notices/tell-institutions';
import type { SealedKey } from '../../../cloudfunctions/_core/sealed-key';
import { createAnnounceWorld } from '../../support/announce-world';
import { taken } from '../../support/notice-world';

const SECOND = 1000;
const held = [{ reason: 'by_holder', at: instant(0) }] as const;

/** Cards of many holders that were stopped, and what a run does about it: when it began with each identity, and with each delivery. */
const createWorld = (holders: number, deliveryMs = SECOND) => {
  const world = createAnnounceWorld();
  const { clock, identities, identity } = world;
  world.stop(held);
  const only = identity();
  for (let number = 1; number < holders; number += 1) {
    const key = identityKey(number.toString(16).padStart(2, '0').repeat(32));
    identities.put({ ...only, key, dataKey: `data key ${String(number)}` as SealedKey });
  }
  const [announced, delivered]: [number[], number[]] = [[], []];
  const begun = clock.now();
  const ports: typeof world.ports & SendNoticesPorts = {
    ...world.ports,
    log: () => undefined,
    signNotice: () => 'token',
    deliverNotice: () => {
      delivered.push(clock.now() - begun);
      clock.advance(deliveryMs);
      return Promise.resolve(taken);
    },
    loadIdentity: (key) => {
      announced.push(clock.now() - begun);
      clock.advance(SECOND);
      return world.ports.loadIdentity(key);
    },
  };
  return { ...world, ports, announced, delivered, run: () => tellInstitutions(ports) };
};

describe('a run', () => {
  it('announces for ten seconds and tells until forty are over, however much is left', async () => {
    const { run, announced, delivered } = createWorld(100);
    expect(await run()).toBe(announced.length + delivered.length);
    expect([announced.length, Math.max(...announced)]).toEqual([10, 9 * SECOND]);
    // Two servers hear of each of these.
    expect(delivered).toHaveLength(20);
    await run();
    await run();
    expect(announced).toHaveLength(30);
  });

  it('has one deadline for both: what it begins to tell last, it begins within forty seconds of its own beginning', async () => {
    const { run, delivered } = createWorld(40, 4 * SECOND);
    await run();
    expect([Math.min(...delivered), Math.max(...delivered)]).toEqual([10 * SECOND, 38 * SECOND]);
  });

  it('tells what waits also where what is to be announced cannot be read, and then says so', async () => {
    const { ports, identity, delivered } = createWorld(2);
    const unreadable = identity().key;
    const loadIdentity: typeof ports.loadIdentity = (key) =>
      key === unreadable ? Promise.reject(new Error('a seal does not open')) : ports.loadIdentity(key);
    await expect(tellInstitutions({ ...ports, loadIdentity })).rejects.toThrow('a seal does not open');
    expect(delivered).toHaveLength(2);
  });
});
