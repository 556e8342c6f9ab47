import type { EventId } from '../../protocol';
import type { Alarm } from '../../cloudfunctions/_core/alarm';
import type { DeletionRequestPorts } from '../../cloudfunctions/_core/partners/deletion-requests';
import type { AskDeletionPorts } from '../../cloudfunctions/_core/rights/ask-deletion';
import type { DeletionRequest } from '../../cloudfunctions/_core/rights/deletion-request';
import type { ReportPartnerPorts } from '../../cloudfunctions/_core/rights/report-partner';
import type { OpenEntryPorts } from '../../cloudfunctions/_core/card/open-entry';
import { deepFreeze } from './freeze';
import { createShowingWorld, type ShowingPorts, type ShowingWorld } from './showing-world';

type RequestStore = Pick<
  AskDeletionPorts & DeletionRequestPorts,
  'keepDeletionRequest' | 'loadDeletionRequests' | 'listDeletionRequests' | 'answerRequest'
>;

/** Requests in memory; each call is one atomic step. */
export const createRequestStore = (): {
  readonly ports: RequestStore;
  readonly all: () => readonly DeletionRequest[];
} => {
  const requests = new Map<EventId, DeletionRequest>();
  return {
    all: () => [...requests.values()],
    ports: {
      keepDeletionRequest: (request) => {
        if (!requests.has(request.id)) requests.set(request.id, deepFreeze(request));
        return Promise.resolve();
      },
      loadDeletionRequests: (ids) =>
        Promise.resolve(
          ids.flatMap((id) => {
            const found = requests.get(id);
            return found ? [found] : [];
          }),
        ),
      listDeletionRequests: ({ partner, state, after }, limit) => {
        const sign = state === 'open' ? 1 : -1;
        const order = (one: DeletionRequest, other: { readonly askedAt: number; readonly id: string }): number =>
          sign * (one.askedAt - other.askedAt || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0));
        return Promise.resolve(
          [...requests.values()]
            .filter((one) => one.partner === partner && (one.answered === null) === (state === 'open'))
            .filter((one) => !after || order(one, { askedAt: after.at, id: after.id }) > 0)
            .sort(order)
            .slice(0, limit),
        );
      },
      answerRequest: (id, partner, answered) => {
        const found = requests.get(id);
        const isOpen = found?.partner === partner && found.answered === null;
        if (isOpen) requests.set(id, deepFreeze({ ...found, answered }));
        return Promise.resolve(isOpen);
      },
    },
  };
};

export type RightsPorts = ShowingPorts & ReportPartnerPorts & AskDeletionPorts & OpenEntryPorts;

/** A card, its holder and what the holder does about looks at it. */
export interface RightsWorld extends ShowingWorld {
  readonly ports: RightsPorts;
  readonly requests: ReturnType<typeof createRequestStore>;
  readonly alarms: () => readonly Alarm[];
  /** Whether no turn is left. */
  exhaust: () => void;
  readonly turns: () => number;
}

export const createRightsWorld = (): RightsWorld => {
  const world = createShowingWorld();
  const requests = createRequestStore();
  const alarms = new Map<string, Alarm>();
  let isExhausted = false;
  let turns = 0;
  return {
    ...world,
    requests,
    alarms: () => [...alarms.values()],
    exhaust: () => {
      isExhausted = true;
    },
    turns: () => turns,
    ports: {
      ...world.ports,
      ...world.events.ports,
      ...requests.ports,
      raiseAlarm: (alarm) => {
        if (!alarms.has(alarm.id)) alarms.set(alarm.id, alarm);
        return Promise.resolve();
      },
      takeTurn: () => {
        turns += 1;
        return Promise.resolve(!isExhausted);
      },
    },
  };
};
