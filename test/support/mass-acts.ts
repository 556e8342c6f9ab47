import { instant, officeKey, type IdentityKey, type MassTarget } from '../../protocol';
import type { Identity } from '../../cloudfunctions/_core/card/identity';
import type { ListKeysPorts } from '../../cloudfunctions/_core/operators/list-keys';
import type { ListMassActsPorts } from '../../cloudfunctions/_core/operators/list-mass-acts';
import type { MassAct, MassCriterion } from '../../cloudfunctions/_core/status/mass-act';
import type { BeginMassActPorts, MassActPorts } from '../../cloudfunctions/_core/status/mass-acts';

const meets = (criterion: MassCriterion, { card, office }: Identity): boolean => {
  if (criterion.by === 'kid') return card.credential.kid === criterion.kid;
  if (criterion.by === 'office') return office === criterion.office;
  return criterion.from <= card.mintedAt && card.mintedAt < criterion.to;
};

/** What stands for an office in the tests: its digits, as a key. */
export const officeKeyOf = (office: string): Identity['office'] =>
  officeKey(office.replace(/\D/g, '').padStart(64, '0'));

/** Whether an act is about an identity's card. */
export const isMeantBy = (target: MassTarget, identity: Identity): boolean => {
  switch (target.by) {
    case 'kid':
      return meets(target, identity);
    case 'office':
      return meets({ by: 'office', office: officeKeyOf(target.office) }, identity);
    case 'minted':
      return meets({ by: 'minted', from: instant(target.from), to: instant(target.to) }, identity);
  }
};

/** Acts on many cards and the queue of those that need a new credential, in memory. */
export const createMassActStore = (identities: () => readonly Identity[]) => {
  const acts = new Map<string, MassAct>();
  const queue = new Map<IdentityKey, string>();
  const ports: Omit<MassActPorts, 'now' | 'loadIdentity' | 'sealEvent' | 'replaceIdentity' | 'appendEvent'> &
    Omit<BeginMassActPorts, 'now'> &
    Pick<ListMassActsPorts, 'loadNewestActs'> &
    Pick<ListKeysPorts, 'countQueued'> = {
    officeKeyOf,
    createMassAct: (created) => {
      const isNew = !acts.has(created.id);
      if (isNew) acts.set(created.id, created);
      return Promise.resolve(isNew);
    },
    countMatching: (criterion) => Promise.resolve(identities().filter((one) => meets(criterion, one)).length),
    loadRunningActs: () => Promise.resolve([...acts.values()].flatMap((act) => (act.state === 'running' ? [act] : []))),
    loadNewestActs: (limit) =>
      Promise.resolve([...acts.values()].sort((one, other) => other.startedAt - one.startedAt).slice(0, limit)),
    loadMatching: (criterion, after, limit) =>
      Promise.resolve(
        identities()
          .filter((identity) => meets(criterion, identity))
          .map(({ key }) => key)
          .filter((key) => after === null || key > after)
          .sort()
          .slice(0, limit),
      ),
    advanceAct: (prior, next) => {
      const found = acts.get(prior.id);
      const matches = found?.state === 'running' && found.cursor === prior.cursor && found.count === prior.count;
      if (matches) acts.set(prior.id, next);
      return Promise.resolve(matches);
    },
    queueRemint: (key, kid) => {
      if (!queue.has(key)) queue.set(key, kid);
      return Promise.resolve();
    },
    countQueued: (kid) => Promise.resolve([...queue.values()].filter((one) => one === kid).length),
    leaveRemintQueue: (key) => {
      queue.delete(key);
      return Promise.resolve();
    },
  };
  return { ports, acts, queue };
};
