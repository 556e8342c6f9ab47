import { accountKey, operatorRoles, type AccountKey, type OperatorRole } from '../../protocol';
import { sha256 } from '../../cloudfunctions/_adapters/crypto/es256';
import type { CriticalAct, Proposal } from '../../cloudfunctions/_core/operators/critical-act';
import type { Operator } from '../../cloudfunctions/_core/operators/operator';
import type { OperatorAct } from '../../cloudfunctions/_core/operators/operator-act';
import type { ProposalPorts } from '../../cloudfunctions/_core/operators/propose';
import type { ActivePartner } from '../../cloudfunctions/_core/partners/partner';
import { done } from '../../cloudfunctions/_core/result';
import { createClock, type Clock } from './clock';
import { deepFreeze } from './freeze';
import { createRandomBytes } from './random-bytes';
import { pickupGrant, application } from './partner-steps';
import { aServer, createRegistrationStore } from './registration-store';

/** Three operators of each role. @param at 0, 1 or 2 */
export const operatorOf = (role: OperatorRole, at = 0): AccountKey =>
  accountKey(`${operatorRoles.indexOf(role)}${at}`.padStart(64, 'e'));

/** The random id of that operator. */
export const operatorIdOf = (role: OperatorRole, at = 0): string =>
  `${operatorRoles.indexOf(role)}${at}`.padStart(32, 'd');

const operators = new Map<AccountKey, Operator>(
  operatorRoles.flatMap((role) =>
    [0, 1, 2].map((at) => [operatorOf(role, at), { id: operatorIdOf(role, at), role }] as const),
  ),
);

export const loadOperator = (account: AccountKey): Promise<Operator | null> =>
  Promise.resolve(operators.get(account) ?? null);

export const loadOperatorById = (id: string): Promise<Operator | null> =>
  Promise.resolve([...operators.values()].find((one) => one.id === id) ?? null);

const { names, creditCode, category, address, contactRole } = application();

/** A partner that may check cards. */
const activePartner: Omit<ActivePartner, 'id'> = {
  ...{ names, creditCode, category, address, contactRole },
  ...{ state: 'active', reason: null, grants: [pickupGrant], shops: [], application: null },
  ...{ revision: 1, carriedOut: [], pending: null },
};

/** The ports of `ProposalPorts` that answer later. */
export const laterProposalPorts = [
  'loadOperator',
  'createProposal',
  'loadProposal',
  'replaceProposal',
  'listProposals',
  'listUnsettledProposals',
  'clearProposalOutbox',
  'recordOperatorAct',
  'carryOut',
  'loadPartner',
  'loadRegistration',
] as const satisfies readonly (keyof ProposalPorts)[];

/** Operators, their proposals and their log, in memory. */
export interface OperatorWorld {
  readonly clock: Clock;
  readonly ports: ProposalPorts;
  readonly proposals: () => readonly Proposal[];
  /** Changes a proposal past all ports, as who has the database could. */
  readonly put: (proposal: Proposal) => void;
  /** The log, in the order of writing. */
  readonly log: () => readonly OperatorAct[];
  /** What was carried out, with the proposal that it was carried out for. */
  readonly carriedOut: readonly { readonly act: CriticalAct; readonly proposal: string }[];
}

export const createOperatorWorld = (): OperatorWorld => {
  const clock = createClock();
  const proposals = new Map<string, Proposal>();
  const log = new Map<string, OperatorAct>();
  const registrations = createRegistrationStore();
  registrations.put(aServer);
  const carriedOut: { readonly act: CriticalAct; readonly proposal: string }[] = [];
  const put = (proposal: Proposal): void => {
    proposals.set(proposal.id, deepFreeze(proposal));
  };
  const ports: ProposalPorts = {
    now: clock.now,
    randomBytes: createRandomBytes('operators'),
    sha256,
    ...registrations.ports,
    loadPartner: (id) => Promise.resolve({ ...activePartner, id }),
    loadOperator,
    describeCardKeys: () => [],
    createProposal: (created) => {
      const isNew = !proposals.has(created.id);
      if (isNew) put(created);
      return Promise.resolve(isNew);
    },
    loadProposal: (id) => Promise.resolve(proposals.get(id) ?? null),
    replaceProposal: (prior, next) => {
      const isPrior = proposals.get(prior.id)?.state === prior.state;
      if (isPrior) put(next);
      return Promise.resolve(isPrior);
    },
    listProposals: (after, limit) =>
      Promise.resolve(
        [...proposals.values()]
          .filter(({ state, proposedAt }) => state === 'proposed' && proposedAt > after)
          .slice(0, limit),
      ),
    listUnsettledProposals: (before, limit) =>
      Promise.resolve(
        [...proposals.values()]
          .filter(
            ({ state, outbox, proposedAt }) => proposedAt < before && (state === 'confirmed' || outbox.length > 0),
          )
          .slice(0, limit),
      ),
    clearProposalOutbox: (id, entries) => {
      const found = proposals.get(id);
      if (found) put({ ...found, outbox: found.outbox.filter((entry) => !entries.includes(entry.id)) });
      return Promise.resolve();
    },
    recordOperatorAct: (act) => {
      if (!log.has(act.id)) log.set(act.id, act);
      return Promise.resolve();
    },
    carryOut: (act, { id }) => {
      carriedOut.push({ act, proposal: id });
      return Promise.resolve(done(null));
    },
  };
  return { clock, ports, proposals: () => [...proposals.values()], put, log: () => [...log.values()], carriedOut };
};
