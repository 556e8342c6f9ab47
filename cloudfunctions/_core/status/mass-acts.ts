import type { IdentityKey, Instant } from '../../../protocol';
import type { Now } from '../ambient-ports';
import { changeIdentity, nextRevisionOf, withEvent, type ChangeIdentityPorts } from '../card/change-identity';
import type { LoadIdentity } from '../card/identity-ports';
import type { CreateMassAct, MassAct, MassCriterion, MassTask } from './mass-act';

export interface MassActPorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly loadIdentity: LoadIdentity;
  readonly loadRunningActs: () => Promise<readonly MassAct[]>;
  /** Cards that a criterion meets, by their keys in order. @param after null for the first ones */
  readonly loadMatching: (
    criterion: MassCriterion,
    after: IdentityKey | null,
    limit: number,
  ) => Promise<readonly IdentityKey[]>;
  /** Puts the next state of an act in place of one that has not moved, in one conditional write. @returns false where it has */
  readonly advanceAct: (prior: MassAct, next: MassAct) => Promise<boolean>;
  /** Queues a card for a new credential in place of one that this key signed; one that is queued stays as it is. */
  readonly queueRemint: (key: IdentityKey, kid: string, at: Instant) => Promise<void>;
}

/** Cards at a time, and how many times in one run: what is left is the next run's. */
const PAGE = 100;
const PAGES = 20;

const revoke = async (ports: MassActPorts, key: IdentityKey): Promise<void> => {
  const result = await changeIdentity<null>(
    ports,
    () => ports.loadIdentity(key),
    (identity) => {
      if (identity.card.status === 'revoked') return { kind: 'kept', value: null };
      const card = { ...identity.card, status: 'revoked' as const };
      const next = withEvent(ports.sealEvent, nextRevisionOf(identity, { card }), {
        at: ports.now(),
        happening: { kind: 'card_revoked' },
      });
      return { kind: 'changed', next, value: null };
    },
  );
  // A card that is gone needs no revoking; one that others kept changing is to be met by the next run.
  if (!result.ok && result.error.code !== 'not_found') throw new Error('a card could not be revoked');
};

/** Goes through one page. @returns the act after it, or null where another run has gone on with it */
const goOn = async (ports: MassActPorts, act: MassAct): Promise<MassAct | null> => {
  const { task } = act;
  const keys = await ports.loadMatching(task.criterion, act.cursor, PAGE);
  for (const key of keys) {
    if (task.act === 'revoke') await revoke(ports, key);
    else await ports.queueRemint(key, task.criterion.kid, ports.now());
  }
  const next: MassAct = {
    ...act,
    cursor: keys.at(-1) ?? act.cursor,
    count: act.count + keys.length,
    state: keys.length < PAGE ? 'done' : 'running',
  };
  return (await ports.advanceAct(act, next)) ? next : null;
};

/**
 * Goes on with every mass act that is running, page by page. A page is gone through before the act's cursor moves past it, and
 * each card may be met twice: it may be interrupted anywhere and run beside itself.
 * @returns how many cards were gone through
 */
export const continueMassActs = async (ports: MassActPorts): Promise<number> => {
  let met = 0;
  for (const running of await ports.loadRunningActs()) {
    let act: MassAct | null = running;
    for (let pages = 0; act?.state === 'running' && pages < PAGES; pages += 1) {
      const before: number = act.count;
      act = await goOn(ports, act);
      met += act ? act.count - before : 0;
    }
  }
  return met;
};

/**
 * Begins an act on many cards; `continueMassActs` carries it out.
 * @param id names it: beginning it again begins nothing
 * @returns whether it is new
 */
export const beginMassAct = (
  ports: { readonly now: Now; readonly createMassAct: CreateMassAct },
  id: string,
  task: MassTask,
): Promise<boolean> =>
  ports.createMassAct({ id, task, state: 'running', cursor: null, count: 0, startedAt: ports.now() });
