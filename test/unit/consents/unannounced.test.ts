import { cardId } from '../../../protocol';
import { nextRevisionOf } from '../../../cloudfunctions/_core/card/change-identity';
import { resumeCard, suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import type { Identity } from '../../../cloudfunctions/_core/card/identity';
import { createAskWorld } from '../../support/ask-world';
import { lend, withdraw } from '../../support/consents';
import { valueOf } from '../../support/enrolment-steps';
import { holder } from '../../support/showing-world';

/** An identity after a change of its card. */
const withCard = (found: Identity, card: Partial<Identity['card']>): Identity =>
  nextRevisionOf(found, { card: { ...found.card, ...card } });

describe('what institutions are to hear', () => {
  it('is marked with each change of the standing, as long as somebody may ask', async () => {
    const world = createAskWorld();
    await suspendCard(world.ports, holder);
    await resumeCard(world.ports, holder);
    expect(world.identity().unannounced).toBeNull();
    const { number } = await lend(world);
    expect(world.identity().unannounced).toBeNull();
    for (const act of [suspendCard, resumeCard]) {
      valueOf(await act(world.ports, holder));
      expect(world.identity().unannounced).toEqual({ since: world.identity().revision, isCard: true, withdrawn: [] });
    }
    // What is marked stays so until it was announced; nothing else marks anew.
    const marked = world.identity();
    expect(nextRevisionOf(marked, {}).unannounced).toEqual(marked.unannounced);
    valueOf(await withdraw(world.ports, number));
    const withdrawn = { ...world.identity(), unannounced: null };
    expect(world.identity().unannounced).toEqual({ since: withdrawn.revision, isCard: true, withdrawn: [number] });
    // Nobody may ask any more, so nobody is to hear.
    expect(withCard(withdrawn, { id: cardId('9'.repeat(32)) }).unannounced).toBeNull();
  });

  it.each([
    ['a card in its place', { id: cardId('9'.repeat(32)) }],
    ['what stops it for good', { stops: [{ reason: 'person_died', at: 0 }] }],
  ] as [string, Partial<Identity['card']>][])('is %s', async (_, card) => {
    const world = createAskWorld();
    await lend(world);
    const next = withCard(world.identity(), card);
    expect(next.unannounced).toEqual({ since: next.revision, isCard: true, withdrawn: [] });
  });

  it('is not the tier, which nobody is told', async () => {
    const world = createAskWorld();
    await lend(world);
    expect(world.identity().card.tier).toBe('full');
    expect(withCard(world.identity(), { tier: 'light' }).unannounced).toBeNull();
  });

  it('is no second stop beneath the first, which changes no standing', async () => {
    const world = createAskWorld();
    await lend(world);
    valueOf(await suspendCard(world.ports, holder));
    const found = { ...world.identity(), unannounced: null };
    const stops = [
      { reason: 'by_holder', at: world.clock.now() },
      { reason: 'kill_code', at: world.clock.now() },
    ] as const;
    expect(withCard(found, { stops }).unannounced).toBeNull();
  });
});
