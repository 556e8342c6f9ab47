import { createBlindIndex } from '../../cloudfunctions/_adapters/crypto/blind-index';
import { sha256 } from '../../cloudfunctions/_adapters/crypto/es256';
import type { AlarmPorts } from '../../cloudfunctions/_core/operators/alarms';
import type { CardActPorts } from '../../cloudfunctions/_core/operators/card-acts';
import type { LoadCase } from '../../cloudfunctions/_core/enrolment/case-ports';
import type { TakeTurn } from '../../cloudfunctions/_core/rate-limit';
import type { ListKeysPorts } from '../../cloudfunctions/_core/operators/list-keys';
import type { ListMassActsPorts } from '../../cloudfunctions/_core/operators/list-mass-acts';
import type { OperatorAct } from '../../cloudfunctions/_core/operators/operator-act';
import type { OversightPorts } from '../../cloudfunctions/_core/operators/oversight';
import type { Visit, VisitPorts } from '../../cloudfunctions/_core/operators/visit';
import { createMassActStore } from './mass-acts';
import { loadOperator } from './operator-world';
import { createShowingWorld, type ShowingPorts, type ShowingWorld } from './showing-world';
import { createTurnStore } from './turn-store';

export type CardActsPorts = ShowingPorts &
  CardActPorts &
  VisitPorts &
  OversightPorts &
  AlarmPorts &
  ListKeysPorts &
  ListMassActsPorts & { readonly loadCase: LoadCase; readonly takeTurn: TakeTurn };

/** A card, its holder and operators. */
export interface CardActsWorld extends Omit<ShowingWorld, 'ports'> {
  readonly ports: CardActsPorts;
  /** What operators did, in the order of writing. */
  readonly acts: () => readonly OperatorAct[];
  readonly visits: () => readonly Visit[];
}

const index = createBlindIndex(new Uint8Array(32).fill(7));

export const createCardActsWorld = (): CardActsWorld => {
  const world = createShowingWorld();
  const acts = new Map<string, OperatorAct>();
  const visits = new Map<string, Visit>();
  const { takeTurn } = createTurnStore(world.clock);
  const ports: CardActsPorts = {
    ...world.ports,
    loadOperator,
    takeTurn,
    loadIdentity: (key) => Promise.resolve(world.identities.all().find((one) => one.key === key) ?? null),
    loadIdentityByCard: (id) => Promise.resolve(world.identities.all().find(({ card }) => card.id === id) ?? null),
    loadAnyCase: () => Promise.resolve(null),
    recordOperatorAct: (act) => {
      if (!acts.has(act.id)) acts.set(act.id, act);
      return Promise.resolve();
    },
    loadIdentityOfNumber: (number) =>
      Promise.resolve(world.identities.all().find(({ person }) => person.number === number) ?? null),
    loadCase: () => Promise.resolve(null),
    visitIdOf: (number) => `visit ${number}`,
    killCodeKeyOf: index.ofKillCode,
    sha256,
    createVisit: (created, at) => {
      const isNew = (visits.get(created.id)?.expiresAt ?? 0) <= at;
      if (isNew) visits.set(created.id, created);
      return Promise.resolve(isNew);
    },
    claimVisit: (id, operator, at) => {
      const found = visits.get(id);
      if (!found || found.expiresAt <= at || (found.operator ?? operator) !== operator) return Promise.resolve(null);
      visits.set(id, { ...found, operator });
      return Promise.resolve({ ...found, operator });
    },
    countTry: ({ id, tries }) => {
      const found = visits.get(id);
      const isPrior = found?.tries === tries;
      if (isPrior) visits.set(id, { ...found, tries: tries + 1 });
      return Promise.resolve(isPrior);
    },
    endVisit: (id) => {
      visits.delete(id);
      return Promise.resolve();
    },
    countCasesIn: (state) => Promise.resolve(state === 'inReview' ? 3 : 0),
    countCards: (status, tier) => Promise.resolve(status === 'valid' && tier === 'light' ? 1 : 0),
    listAudit: (before, limit) =>
      Promise.resolve(
        [...acts.values()]
          .filter(({ at, id }) => !before || at < before.at || (at === before.at && id < before.id))
          .sort((one, other) => other.at - one.at || (one.id < other.id ? 1 : -1))
          .slice(0, limit)
          .map(({ id, at, happening }) => ({
            id,
            at,
            salt: 'A'.repeat(22),
            content: JSON.stringify({ id, at, happening }),
          })),
      ),
    ...createMassActStore(world.identities.all).ports,
    describeCardKeys: () => [],
    describeReceiptKeys: () => [],
    listAlarms: () => Promise.resolve([]),
    closeAlarm: () => Promise.resolve(false),
  };
  return { ...world, ports, acts: () => [...acts.values()], visits: () => [...visits.values()] };
};
