import {
  instant,
  type IdentityKey,
  type Instant,
  type MassTarget,
  type OfficeKey,
  type OperatorRevocation,
} from '../../../protocol';
import type { Now } from '../ambient-ports';
import type { LeaveRemintQueue } from '../card/renew-credential';
import { stopIdentity, type StopCardPorts } from '../card/stop-card';
import { standingOf } from '../card/stops';
import { oneByOne } from '../one-by-one';
import type { CreateMassAct, MassAct, MassCriterion, MassTask, RunningMassAct } from './mass-act';

interface MatchPorts {
  readonly officeKeyOf: (office: string) => OfficeKey;
}

export interface MassActPorts extends StopCardPorts, MatchPorts {
  readonly loadRunningActs: () => Promise<readonly RunningMassAct[]>;
  /** Cards that a criterion meets, by their keys in order. @param after null for the first ones */
  readonly loadMatching: (
    criterion: MassCriterion,
    after: IdentityKey | null,
    limit: number,
  ) => Promise<readonly IdentityKey[]>;
  /** Puts the next state of an act in place of one that has not moved, in one conditional write. @returns false where it has */
  readonly advanceAct: (prior: RunningMassAct, next: MassAct) => Promise<boolean>;
  /** Queues a card for a new credential in place of one that this key signed; one that is queued stays as it is. */
  readonly queueRemint: (key: IdentityKey, kid: string, at: Instant) => Promise<void>;
  readonly leaveRemintQueue: LeaveRemintQueue;
}

/** Cards at a time, and how many times in one run: what is left is the next run's. */
const PAGE = 100;
const PAGES = 20;

const revoke = async (ports: MassActPorts, key: IdentityKey, reason: OperatorRevocation): Promise<void> => {
  const result = await stopIdentity(ports, key, reason);
  // A card that is gone needs no revoking; one that others kept changing is to be met by the next run.
  if (!result.ok && result.error.code !== 'not_found') throw new Error('a card could not be revoked');
};

/** Queues a card, unless it has ended or was given another credential meanwhile: nothing else would take it off the queue then. */
const queue = async (ports: MassActPorts, key: IdentityKey, kid: string): Promise<void> => {
  await ports.queueRemint(key, kid, ports.now());
  const identity = await ports.loadIdentity(key);
  const isMeant = identity?.card.credential.kid === kid && standingOf(identity.card.stops) !== 'revoked';
  if (!isMeant) await ports.leaveRemintQueue(key);
};

const criterionOf = ({ officeKeyOf }: MatchPorts, target: MassTarget): MassCriterion => {
  switch (target.by) {
    case 'kid':
      return target;
    case 'office':
      return { by: 'office', office: officeKeyOf(target.office) };
    case 'minted':
      return { by: 'minted', from: instant(target.from), to: instant(target.to) };
  }
};

/** Goes through one page. @returns the act after it, or null where another run has gone on with it */
const goOn = async (ports: MassActPorts, act: RunningMassAct): Promise<MassAct | null> => {
  const { task } = act;
  const keys = await ports.loadMatching(criterionOf(ports, task.target), act.cursor, PAGE);
  for (const key of keys) {
    if (task.act === 'revoke') await revoke(ports, key, task.reason);
    else await queue(ports, key, task.target.kid);
  }
  const moved = { ...act, cursor: keys.at(-1) ?? act.cursor, count: act.count + keys.length };
  const next: MassAct = keys.length < PAGE ? { ...moved, state: 'done', finishedAt: ports.now() } : moved;
  return (await ports.advanceAct(act, next)) ? next : null;
};

/**
 * Goes on with every mass act that is running, page by page. A page is gone through before the act's cursor moves past it, and
 * each card may be met twice: it may be interrupted anywhere and run beside itself.
 * @returns how many cards were gone through
 */
export const continueMassActs = async (ports: MassActPorts): Promise<number> => {
  let met = 0;
  await oneByOne(await ports.loadRunningActs(), async (running) => {
    let act: MassAct | null = running;
    for (let pages = 0; act?.state === 'running' && pages < PAGES; pages += 1) {
      const before: number = act.count;
      act = await goOn(ports, act);
      met += act ? act.count - before : 0;
    }
  });
  return met;
};

export interface BeginMassActPorts extends MatchPorts {
  readonly now: Now;
  readonly createMassAct: CreateMassAct;
  /** How many cards a criterion meets. */
  readonly countMatching: (criterion: MassCriterion) => Promise<number>;
}

/**
 * Begins an act on many cards; `continueMassActs` carries it out.
 * @param id names it: beginning it again begins nothing
 * @returns whether it is new
 */
export const beginMassAct = async (ports: BeginMassActPorts, id: string, task: MassTask): Promise<boolean> => {
  const total = await ports.countMatching(criterionOf(ports, task.target));
  return ports.createMassAct({ id, task, state: 'running', cursor: null, count: 0, total, startedAt: ports.now() });
};
