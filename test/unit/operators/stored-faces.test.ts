import fc from 'fast-check';
import { validators } from '../../../protocol';
import { sha256 } from '../../../cloudfunctions/_adapters/crypto/es256';
import type { Alarm, FacesAlarm } from '../../../cloudfunctions/_core/alarm';
import { listOpenAlarms } from '../../../cloudfunctions/_core/operators/alarms';
import { watchFaces, type FacesMark, type WatchFacesPorts } from '../../../cloudfunctions/_core/operators/stored-faces';
import { failing, InjectedFault, interleaved } from '../../support/asynchronous';
import { createCardActsWorld } from '../../support/card-acts-world';
import { createClock } from '../../support/clock';
import { valueOf } from '../../support/enrolment-steps';
import { operatorOf } from '../../support/operator-world';

const later = ['countCards', 'loadFacesMark', 'moveFacesMark', 'raiseAlarm'] as const;

/** Faces that are stored with cards, the mark and the alarms. */
const watched = () => {
  const alarms = new Map<string, FacesAlarm>();
  let mark: FacesMark = { level: 'below', crossings: 0 };
  let faces = 0;
  const ports: WatchFacesPorts = {
    now: createClock().now,
    sha256,
    countCasesIn: () => Promise.resolve(0),
    countCards: (status, tier) => Promise.resolve(status === 'valid' && tier === 'light' ? faces : 0),
    loadFacesMark: () => Promise.resolve(mark),
    moveFacesMark: (prior, next) => {
      const isPrior = prior.level === mark.level && prior.crossings === mark.crossings;
      if (isPrior) mark = next;
      return Promise.resolve(isPrior);
    },
    raiseAlarm: (alarm) => {
      if (!alarms.has(alarm.id)) alarms.set(alarm.id, alarm);
      return Promise.resolve();
    },
  };
  return {
    ports,
    store: (count: number) => {
      faces = count;
    },
    raised: () => [...alarms.values()].map(({ level, count }) => [level, count]),
    alarms: () => [...alarms.values()],
  };
};

/** What is raised while the faces number so many, one after another. */
const raisedAt = async (counts: readonly number[]) => {
  const { ports, store, raised } = watched();
  for (const count of counts) {
    store(count);
    expect(await watchFaces(ports)).toBe(count);
  }
  return raised();
};

describe('stored faces', () => {
  it('raise an alarm once when they come near to what must be reported, and once when they reach it', async () => {
    expect(await raisedAt([79_999, 80_000, 80_001, 99_999, 100_000, 250_000])).toEqual([
      ['near', 80_000],
      ['reached', 100_000],
    ]);
    expect(await raisedAt([0, 150_000])).toEqual([['reached', 150_000]]);
  });

  it('raise it again after a clear fall, and not while they waver', async () => {
    expect(await raisedAt([100_000, 99_999, 100_000, 95_001, 100_000])).toEqual([['reached', 100_000]]);
    expect(await raisedAt([100_000, 94_000, 100_001])).toEqual([
      ['reached', 100_000],
      ['reached', 100_001],
    ]);
    expect(await raisedAt([80_000, 79_000, 80_000, 10, 80_000])).toEqual([
      ['near', 80_000],
      ['near', 80_000],
    ]);
  });

  it('raise it once a crossing, wherever a run is interrupted', async () => {
    const counted = failing(watched().ports, later, null);
    await watchFaces(counted.ports);
    for (let at = 1; at <= counted.calls() + 2; at += 1) {
      for (const when of ['before', 'after'] as const) {
        const { ports, store, raised } = watched();
        store(100_000);
        await watchFaces(failing(ports, later, { at, when }).ports).catch((error: unknown) => {
          if (!(error instanceof InjectedFault)) throw error;
        });
        await watchFaces(ports);
        await watchFaces(ports);
        expect(raised()).toEqual([['reached', 100_000]]);
      }
    }
  });

  it('raise it once a crossing, though runs meet', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { ports, store, raised } = watched();
        store(80_000);
        const slow = interleaved(ports, later, scheduler);
        await scheduler.waitFor(Promise.all([watchFaces(slow), watchFaces(slow), watchFaces(slow)]));
        expect(raised()).toEqual([['near', 80_000]]);
      }),
      { numRuns: 60 },
    );
  });

  it('are told beside the alarms about partners, each by what it is about', async () => {
    const { ports, store, alarms } = watched();
    store(100_000);
    await watchFaces(ports);
    const about = { partner: 'courier', purpose: 'parcel-pickup', count: 9, at: ports.now() } as const;
    const ofPartner: Alarm = { id: 'a'.repeat(32), kind: 'over_quota', ...about };
    const listAlarms = () => Promise.resolve([ofPartner, ...alarms()]);
    const told = valueOf(await listOpenAlarms({ ...createCardActsWorld().ports, listAlarms }, operatorOf('security')));
    expect(validators.ListAlarmsReply(told)).toBe(true);
    expect(told.alarms).toMatchObject([
      { kind: 'over_quota', partner: 'courier', names: { en: 'Yunqi Road Parcel Station' } },
      { kind: 'stored_faces', level: 'reached', count: 100_000 },
    ]);
    const mixed = { ...told.alarms[1], partner: 'courier', names: null };
    expect(validators.ListAlarmsReply({ ...told, alarms: [mixed] })).toBe(false);
  });
});
