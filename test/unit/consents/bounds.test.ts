import { instant, type PurposeId } from '../../../protocol';
import { CONSENTS_MOST, type LastingConsent } from '../../../cloudfunctions/_core/consents/consent';
import { accountOpening, agreed, createAskWorld, standingOf, toldOf } from '../../support/ask-world';
import { lend, withdraw } from '../../support/consents';
import { valueOf } from '../../support/enrolment-steps';
import { bank } from '../../support/institution-world';
import { setCard } from '../../support/showing-world';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('a withdrawal that its partner was not told of yet', () => {
  it('gives way to no later consents, and once it was announced it does', async () => {
    const world = createAskWorld();
    const numbers = (): readonly number[] => (world.identity().consents ?? []).map(({ number }) => number);
    const lendMany = async (): Promise<readonly number[]> => {
      const lent: number[] = [];
      while (lent.length < CONSENTS_MOST) {
        world.clock.advance(DAY_MS);
        lent.push((await lend(world)).number);
      }
      return lent;
    };
    const first = await lendMany();
    valueOf(await withdraw(world.ports, first[0] ?? 0));
    const second = await lendMany();
    expect(numbers()).toEqual([...first, ...second]);
    expect(world.identity().unannounced?.withdrawn).toEqual(first);
    world.change((found) => ({ ...found, unannounced: null }));
    world.clock.advance(DAY_MS);
    const { number } = await lend(world);
    expect(numbers()).toEqual([...second.slice(1), number]);
  });

  it('gives way neither where the person has as many as are kept: the newest lasts no longer than its answer', async () => {
    const world = createAskWorld();
    setCard(world, { tier: 'full' });
    const purpose: PurposeId = 'train-ticket';
    const consents = Array.from({ length: 256 }, (_, at): LastingConsent => ({
      ...{ number: 100 + at, client: bank.clientId, partner: `partner-${String(at)}`, purpose },
      ...{ until: instant(world.clock.now() + DAY_MS), withdrawnAt: world.clock.now() },
    }));
    const withdrawn = consents.map(({ number }) => number);
    world.change((found) => ({ ...found, consents, unannounced: { since: 1, isCard: false, withdrawn } }));
    const { session, code, send } = await agreed(world, accountOpening);
    valueOf(await send(session, code()));
    expect(world.identity().consents).toEqual(consents);
    expect(await toldOf(world, await standingOf(world, session))).toMatchObject({ lasting: null });
    // Of those that were told, the oldest makes room.
    world.change((found) => ({
      ...found,
      unannounced: { since: 1, isCard: false, withdrawn: withdrawn.slice(0, -1) },
    }));
    const { number } = await lend(world);
    expect(world.identity().consents?.map((one) => one.number)).toEqual([...withdrawn.slice(0, -1), number]);
  });

  it('is forgotten with the consent itself, once that has ended', async () => {
    const world = createAskWorld();
    const { number, until } = await lend(world);
    valueOf(await withdraw(world.ports, number));
    world.clock.advance(until - world.clock.now());
    const second = await lend(world);
    valueOf(await withdraw(world.ports, second.number));
    expect(world.identity().unannounced?.withdrawn).toEqual([second.number]);
  });
});
