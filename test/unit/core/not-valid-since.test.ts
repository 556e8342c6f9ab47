import fc from 'fast-check';
import { endReasons, instant, type EndReason, type Instant } from '../../../protocol';
import { resumeCard, suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import { stopIdentity } from '../../../cloudfunctions/_core/card/stop-card';
import { releaseCard } from '../../../cloudfunctions/_core/operators/card-acts';
import { notValidSince } from '../../../cloudfunctions/_core/pass/not-valid-since';
import { createCardActsWorld } from '../../support/card-acts-world';
import { accountOf } from '../../support/enrolment-world';
import { createLifeWorld, enrolPerson, identityOf } from '../../support/life-world';
import { operatorOf } from '../../support/operator-world';
import { holder } from '../../support/showing-world';
import { standing } from '../../support/stops';

const HOUR = 3_600_000;

type Act = 'suspend' | 'resume' | 'release' | EndReason;
const stops = endReasons.filter((reason) => reason !== 'by_holder');
const act: fc.Arbitrary<Act> = fc.oneof(fc.constantFrom('suspend', 'resume', 'release'), fc.constantFrom(...stops));

/** A life of a card, an act an hour; how it stood after each, as the card itself says. */
const live = async (acts: readonly Act[]) => {
  const world = createCardActsWorld();
  const { ports } = world;
  const { key, card } = world.identity();
  const said: { readonly at: Instant; readonly isValid: boolean }[] = [{ at: world.clock.now(), isValid: true }];
  for (const one of acts) {
    world.clock.advance(HOUR);
    if (one === 'suspend') await suspendCard(ports, holder);
    else if (one === 'resume') await resumeCard(ports, holder);
    else if (one === 'release') {
      await releaseCard(ports, operatorOf('security'), { action: 'releaseCard', card: card.id });
    } else await stopIdentity(ports, key, one);
    said.push({ at: world.clock.now(), isValid: standing(world.identity()) === 'valid' });
  }
  const since = (at: number) => notValidSince(ports, world.identity(), { card: card.id }, instant(at));
  return { said, since, world };
};

it('tells of every instant of a life since when the card had not been valid, whatever stopped it and let it go', async () => {
  let stopped = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 30 }), async (acts) => {
      const { said, since } = await live(acts);
      let began: Instant | null = null;
      for (const { at, isValid } of said) {
        began = isValid ? null : (began ?? at);
        if (began !== null) stopped += 1;
        expect(await since(at)).toBe(began);
        expect(await since(at + HOUR / 2)).toBe(began);
      }
    }),
    { numRuns: 60 },
  );
  expect(stopped).toBeGreaterThan(0);
});

it('tells it of a card that another took the place of since', async () => {
  const world = createLifeWorld();
  const account = accountOf(1);
  await enrolPerson(world, account, 1);
  const old = identityOf(world, account)?.card;
  if (!old) throw new Error('no card');
  world.clock.advance(2 * HOUR);
  const stoppedAt = world.clock.now();
  await suspendCard(world.ports, account);
  world.clock.advance(2 * HOUR);
  await enrolPerson(world, account, 1);
  const present = identityOf(world, account);
  if (!present) throw new Error('no card');
  const since = (at: number) => notValidSince(world.events.ports, present, { card: old.id }, instant(at));
  expect(await since(stoppedAt - HOUR)).toBeNull();
  expect(await since(stoppedAt + HOUR)).toBe(stoppedAt);
  expect(await since(present.card.mintedAt)).toBe(present.card.mintedAt);
});

it('reads no more of a long history than reaches back to the instant, where the card was valid', async () => {
  const { world } = await live(Array.from({ length: 50 }, (_, at) => (at % 2 === 0 ? 'suspend' : 'resume')));
  const asked: (readonly number[])[] = [];
  const loadEvents: typeof world.ports.loadEvents = (identity, numbers) => {
    asked.push(numbers);
    return world.ports.loadEvents(identity, numbers);
  };
  const { id } = world.identity().card;
  expect(await notValidSince({ loadEvents }, world.identity(), { card: id }, world.clock.now())).toBeNull();
  expect(asked).toHaveLength(1);
});
