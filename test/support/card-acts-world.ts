import type { AlarmPorts } from '../../cloudfunctions/_core/operators/alarms';
import type { CardActPorts } from '../../cloudfunctions/_core/operators/card-acts';
import type { LoadCase } from '../../cloudfunctions/_core/enrolment/case-ports';
import type { OperatorAct } from '../../cloudfunctions/_core/operators/operator-act';
import type { OversightPorts } from '../../cloudfunctions/_core/operators/oversight';
import type { Visit, VisitPorts } from '../../cloudfunctions/_core/operators/visit';
import { loadOperator } from './operator-world';
import { createShowingWorld, type ShowingPorts, type ShowingWorld } from './showing-world';

export type CardActsPorts = ShowingPorts &
  CardActPorts &
  VisitPorts &
  OversightPorts &
  AlarmPorts & { readonly loadCase: LoadCase };

/** A card, its holder and operators. */
export interface CardActsWorld extends Omit<ShowingWorld, 'ports'> {
  readonly ports: CardActsPorts;
  /** What operators did, in the order of writing. */
  readonly acts: () => readonly OperatorAct[];
  readonly visits: () => readonly Visit[];
}

export const createCardActsWorld = (): CardActsWorld => {
  const world = createShowingWorld();
  const acts = new Map<string, OperatorAct>();
  const visits = new Map<string, Visit>();
  const ports: CardActsPorts = {
    ...world.ports,
    loadOperator,
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
    createVisit: (created) => {
      const isNew = !visits.has(created.id);
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
          .map(({ id, at, happening }) => ({ id, at, content: JSON.stringify(happening) })),
      ),
    listAlarms: () => Promise.resolve([]),
    closeAlarm: () => Promise.resolve(false),
  };
  return { ...world, ports, acts: () => [...acts.values()], visits: () => [...visits.values()] };
};
