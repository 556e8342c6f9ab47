import { accountKey, purposeTable, type AccountKey, type Grant, type PurposeId } from '../../protocol';
import { createBlindIndex } from '../../cloudfunctions/_adapters/crypto/blind-index';
import { deleteAtCounter } from '../../cloudfunctions/_core/card/delete-account';
import { createCarryOut } from '../../cloudfunctions/_core/operators/carry-out';
import type { DecideCasePorts } from '../../cloudfunctions/_core/operators/decide-case';
import type { ProposalPorts } from '../../cloudfunctions/_core/operators/propose';
import type { BeginMassActPorts } from '../../cloudfunctions/_core/status/mass-acts';
import type { CounterSession } from '../../cloudfunctions/_core/showing/counter-session';
import { createCardActsWorld, type CardActsPorts } from './card-acts-world';
import { portraitVector } from './enrolment-world';
import { createLifeWorld, type LifePorts, type LifeWorld } from './life-world';
import { createMassActStore } from './mass-acts';
import { createOperatorWorld, loadOperatorById, type OperatorWorld } from './operator-world';
import { createPartnerWorld, type AllPartnerPorts } from './partner-store';
import { createPassWorld, type PassWorld, type PassWorldPorts } from './pass-world';
import { firstTerminal } from './showing-world';

export type ServicePorts = LifePorts &
  DecideCasePorts &
  CardActsPorts &
  ProposalPorts &
  PassWorldPorts &
  AllPartnerPorts &
  Pick<BeginMassActPorts, 'createMassAct' | 'countMatching'>;

/** The ports of `ServicePorts` that answer later, as far as cards, checks and passes ask them. */
export const laterServicePorts = [
  'loadStaff',
  'loadIdentity',
  'loadIdentityOfAccount',
  'loadIdentityByShowing',
  'loadIdentityByCard',
  'loadIdentityByKillCode',
  'createIdentity',
  'replaceIdentity',
  'eraseIdentity',
  'appendEvent',
  'loadCase',
  'replaceCase',
  'loadEvents',
  'createSession',
  'loadSession',
  'claimSession',
  'loadIssuedPass',
  'keepIssuedPasses',
  'keepUse',
  'markUseTold',
  'checkSelfie',
  'loadProposal',
  'replaceProposal',
] as const satisfies readonly (keyof ServicePorts)[];

/** A terminal, and what its partner is registered for. */
export interface Terminal {
  readonly account: AccountKey;
  readonly grants: readonly Grant[];
}

const all = (purpose: PurposeId): Grant => ({ purpose, claims: purposeTable[purpose].claims });
const accountAt = (at: number): AccountKey => accountKey(`ac${at}`.padStart(64, '0'));

/** Two terminals that are registered for everything, one for little, one for nothing, and somebody who is no staff. */
export const terminals: readonly Terminal[] = [
  { account: accountAt(0), grants: (Object.keys(purposeTable) as PurposeId[]).map(all) },
  { account: accountAt(1), grants: (Object.keys(purposeTable) as PurposeId[]).map(all) },
  {
    account: accountAt(2),
    grants: [all('age-check'), { purpose: 'parcel-pickup', claims: ['masked_name'] }],
  },
  { account: accountAt(3), grants: [] },
  { account: accountAt(4), grants: [] },
];

const STRANGER = 4;

/** The whole service over stores in memory: enrolment, cards, checks, passes, operators. */
export interface ServiceWorld extends Omit<LifeWorld, 'ports'> {
  readonly ports: ServicePorts;
  readonly sessions: () => readonly CounterSession[];
  readonly passes: PassWorld['store'];
  readonly proposals: OperatorWorld['proposals'];
  readonly operatorLog: OperatorWorld['log'];
}

const index = createBlindIndex(new Uint8Array(32).fill(7));

export const createServiceWorld = (start?: string): ServiceWorld => {
  const life = createLifeWorld(start);
  const passes = createPassWorld();
  const operators = createOperatorWorld();
  const { identities, cases } = life;
  const find = <Found>(found: Found | undefined): Promise<Found | null> => Promise.resolve(found ?? null);
  const ports: ServicePorts = {
    ...createPartnerWorld().ports,
    ...createCardActsWorld().ports,
    ...createMassActStore(identities.all).ports,
    ...operators.ports,
    ...passes.ports,
    ...life.ports,
    loadOperatorById,
    visitIdOf: index.ofVisit,
    loadIdentityOfNumber: (number) => find(identities.all().find(({ person }) => person.number === number)),
    loadAnyCase: (id) => find(cases.all().find((one) => one.id === id)),
    measurePortrait: () => Promise.resolve(portraitVector),
    loadStaff: (account) => {
      const at = terminals.findIndex((one) => one.account === account);
      const found = terminals[at];
      if (!found || at === STRANGER) return Promise.resolve(null);
      return Promise.resolve({
        ...firstTerminal,
        key: found.account,
        terminal: String(at + 1),
        grants: found.grants,
      });
    },
    carryOut: (act, proposal) =>
      createCarryOut({ ...ports, deleteCard: (card, id) => deleteAtCounter(ports, card, id) })(act, proposal),
  };
  return {
    ...life,
    ports,
    sessions: passes.sessions,
    passes: passes.store,
    proposals: operators.proposals,
    operatorLog: operators.log,
  };
};
