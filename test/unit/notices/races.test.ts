import fc from 'fast-check';
import { queueNotices, makeNotices } from '../../../cloudfunctions/_core/notices/queue-notices';
import { instant } from '../../../protocol';
import { failing, InjectedFault, interleaved } from '../../support/asynchronous';
import {
  away,
  createNoticeWorld,
  DAY_MS,
  holderNumber,
  laterNoticePorts,
  sendBy,
  taken,
  type Heard,
  type NoticeWorld,
} from '../../support/notice-world';

const MINUTE = 60 * 1000;
const CLIENTS = ['bank', 'railway'];

const withServers = (): NoticeWorld => {
  const world = createNoticeWorld();
  for (const client of CLIENTS) world.store.register(client);
  return world;
};

/** Queues a withdrawal of the consent of that number: nothing makes it old, so each is to be heard. */
const queue = async (
  { clock, ports }: Pick<NoticeWorld, 'clock' | 'ports'>,
  holder: number,
  order: number,
): Promise<void> => {
  const at = clock.now();
  const consentOf = (client: string) => ({
    ...{ number: order, client, partner: `partner-of-${client}` },
    until: instant(at + 100 * DAY_MS),
  });
  const all = CLIENTS.map((client) => ({
    consent: consentOf(client),
    happened: { kind: 'consent-withdrawn', at } as const,
  }));
  for (const queued of makeNotices(ports, holderNumber(holder), { revision: order, at, all }))
    await queueNotices(ports, queued, at);
};

/** What each server made of it, in the order in which it took something of a holder for the first time. */
const inOrderOf = (taking: readonly Heard[]): ReadonlyMap<string, readonly string[]> => {
  const lines = new Map<string, readonly string[]>();
  for (const { client, id, told } of taking) {
    const line = `${client} ${told.names.holder}`;
    const before = lines.get(line) ?? [];
    if (!before.includes(id)) lines.set(line, [...before, id]);
  }
  return lines;
};

/** What each server is to take, in order. */
const expected = (
  { ports, clock }: NoticeWorld,
  holder: number,
  orders: readonly number[],
): ReadonlyMap<string, readonly string[]> => {
  const at = clock.now();
  return new Map(
    CLIENTS.map((client) => {
      const partner = `partner-of-${client}`;
      const line = `${client} ${ports.drawNames(holderNumber(holder), partner).holder}`;
      const ids = orders.flatMap((order) => {
        const consent = { number: order, client, partner, until: instant(at) };
        const all = [{ consent, happened: { kind: 'consent-withdrawn', at } as const }];
        return makeNotices(ports, holderNumber(holder), { revision: order, at, all }).flatMap(({ notices }) =>
          notices.map(({ id }) => id),
        );
      });
      return [line, ids] as const;
    }),
  );
};

/** Runs until nothing waits. */
const finish = async (world: NoticeWorld): Promise<void> => {
  for (let runs = 0; runs < 100 && world.store.waiting().length > 0; runs += 1) {
    world.clock.advance(2 * MINUTE);
    await sendBy(world.ports);
  }
};

describe('each server', () => {
  it('hears all of a holder, in order and under the same ids, however senders and queuers meet', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.boolean(), { maxLength: 12 }),
        async (scheduler, changes, failures) => {
          const world = withServers();
          const answers = [...failures];
          const took: Heard[] = [];
          world.answer((heard) => {
            if (answers.shift() === true) return away;
            took.push(heard);
            return taken;
          });
          const ports = interleaved(world.ports, laterNoticePorts, scheduler);
          const queuing = async (): Promise<void> => {
            for (let order = 1; order <= changes; order += 1) await queue({ ...world, ports }, 1, order);
          };
          const waiting = scheduler
            .schedule(Promise.resolve(), 'time passes')
            .then(() => world.clock.advance(3 * MINUTE));
          const runs = [sendBy(ports), sendBy(ports), waiting.then(() => sendBy(ports))];
          await scheduler.waitFor(Promise.all([queuing(), ...runs]));
          await finish(world);
          expect(world.store.waiting()).toEqual([]);
          const orders = Array.from({ length: changes }, (_, at) => at + 1);
          expect(inOrderOf(took)).toEqual(expected(world, 1, orders));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('hears all in order wherever a run was interrupted: also after telling, and before writing it down', async () => {
    const plan = fc.record({
      at: fc.integer({ min: 1, max: 30 }),
      when: fc.constantFrom('before' as const, 'after' as const),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(plan, { maxLength: 4 }), async (plans) => {
        const world = withServers();
        const took: Heard[] = [];
        world.answer((heard) => {
          took.push(heard);
          return taken;
        });
        const orders = [1, 2, 3];
        for (const order of orders) {
          for (const holder of [1, 2]) await queue(world, holder, order);
        }
        for (const fault of plans) {
          const run = sendBy(failing(world.ports, laterNoticePorts, fault).ports);
          await run.catch((error: unknown) => expect(error).toBeInstanceOf(InjectedFault));
          world.clock.advance(MINUTE);
        }
        await finish(world);
        expect(inOrderOf(took)).toEqual(new Map([...expected(world, 1, orders), ...expected(world, 2, orders)]));
      }),
      { numRuns: 60 },
    );
  });
});
