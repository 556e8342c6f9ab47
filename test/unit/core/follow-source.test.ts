import { calendarDate, calendarDate as date, endReasonTable, parseIdNumber, type EndReason } from '../../../protocol';
import {
  followSource,
  type FollowSourcePorts,
  type SourceEvent,
  type SourceEventKind,
} from '../../../cloudfunctions/_core/jobs/follow-source';
import { failing, InjectedFault } from '../../support/asynchronous';
import { numberOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { createLifeWorld, enrolPerson, identityOf, tryEnrol, type LifeWorld } from '../../support/life-world';
import { reasonOf, standing } from '../../support/stops';

const REPORTED = date('2026-03-01');
const eventOf = (person: number, kind: SourceEventKind, reportedOn = REPORTED): SourceEvent => {
  const parsed = parseIdNumber(numberOf(person), calendarDate('2026-01-01'));
  if (!parsed.ok) throw new Error('no number');
  return { number: parsed.number, kind, reportedOn };
};

/** An authority's list that is read two events at a time. */
const following = (world: LifeWorld, list: readonly SourceEvent[]) => {
  let place: string | null = null;
  const ports: FollowSourcePorts = {
    ...world.ports,
    loadSourceEvents: (after) => {
      const from = Number(after ?? '0');
      const events = list.slice(from, from + 2);
      const to = from + events.length;
      return Promise.resolve({ events, next: String(to), isLast: to === list.length });
    },
    loadSourcePlace: () => Promise.resolve(place),
    moveSourcePlace: (prior, next) => {
      const isPrior = place === prior;
      if (isPrior) place = next;
      return Promise.resolve(isPrior);
    },
  };
  return { ports, place: () => place };
};

const ended = (world: LifeWorld, at: number) => reasonOf(identityOf(world, accountOf(at)));

describe('what the authority reports', () => {
  it.each<[SourceEventKind, EndReason]>([
    ['lost', 'document_lost'],
    ['replaced', 'document_replaced'],
    ['expired', 'document_expired'],
    ['died', 'person_died'],
    ['number_changed', 'number_changed'],
  ])('%s stops the card as %s, and no other card', async (kind, reason) => {
    const world = createLifeWorld();
    await enrolPerson(world, accountOf(1), 1);
    await enrolPerson(world, accountOf(2), 2);
    const { ports } = following(world, [eventOf(1, kind), eventOf(3, 'died')]);
    expect(await followSource(ports)).toBe(2);
    expect([ended(world, 1), ended(world, 2)]).toEqual([reason, null]);
    expect(standing(identityOf(world, accountOf(1)))).toBe(endReasonTable[reason].status);
    expect(world.events.ofKind('card_stopped')).toMatchObject([{ reason }]);
  });

  it('is followed over all its pages, once', async () => {
    const world = createLifeWorld();
    await enrolPerson(world, accountOf(1), 1);
    const { ports, place } = following(
      world,
      [2, 3, 4, 5, 1].map((person) => eventOf(person, 'lost')),
    );
    expect(await followSource(ports)).toBe(5);
    expect([ended(world, 1), place()]).toEqual(['document_lost', '5']);
    expect(await followSource(ports)).toBe(0);
    expect(world.events.ofKind('card_stopped')).toHaveLength(1);
  });

  it('of an older identity card leaves one alone that was enrolled with a newer', async () => {
    const world = createLifeWorld();
    await enrolPerson(world, accountOf(1), 1);
    await followSource(following(world, [eventOf(1, 'lost')]).ports);
    const { minted } = await tryEnrol(world, accountOf(1), 1, { validFrom: '2026-03-05' });
    expect(minted.ok).toBe(true);
    await followSource(following(world, [eventOf(1, 'lost'), eventOf(1, 'replaced')]).ports);
    expect(ended(world, 1)).toBeNull();
    await followSource(following(world, [eventOf(1, 'died')]).ports);
    expect(ended(world, 1)).toBe('person_died');
  });

  it('is met again where a run was interrupted, and changes nothing twice', async () => {
    for (const name of ['moveSourcePlace', 'replaceIdentity', 'appendEvent'] as const) {
      for (const when of ['before', 'after'] as const) {
        const world = createLifeWorld();
        await enrolPerson(world, accountOf(1), 1);
        const { ports, place } = following(world, [eventOf(1, 'lost'), eventOf(2, 'lost')]);
        const broken = failing<FollowSourcePorts>(ports, [name], { at: 1, when });
        await expect(followSource(broken.ports)).rejects.toThrow(InjectedFault);
        await followSource(ports);
        expect([ended(world, 1), place()]).toEqual(['document_lost', '2']);
        expect(world.events.ofKind('card_stopped')).toHaveLength(1);
      }
    }
  });

  it('is asked for again later where the authority does not answer', async () => {
    const world = createLifeWorld();
    const { ports, place } = following(world, []);
    expect(await followSource({ ...ports, loadSourceEvents: () => Promise.resolve(null) })).toBe(0);
    expect(place()).toBeNull();
  });
});
