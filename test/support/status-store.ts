import { identityKey, statusType, type IdentityKey } from '../../protocol';
import type { AllocatePlacePorts } from '../../cloudfunctions/_core/status/allocate-place';
import type { PendingStatus, PublishStatusPorts } from '../../cloudfunctions/_core/status/publish-status';
import type { SignedStatusList, StatusPlace } from '../../cloudfunctions/_core/status/status-list';

interface ListState extends SignedStatusList {
  readonly revision: number;
  readonly publication: number;
  readonly filled: number;
  readonly dueAt: number;
}

/** What of an identity concerns its status. */
export interface CardState {
  readonly revision: number;
  readonly status: PendingStatus['status'];
  readonly place: StatusPlace;
  readonly retired: readonly StatusPlace[];
  /** The revision of a change that the lists do not tell yet. */
  readonly since: number | null;
}

/** Cards, entries and lists in memory: each call is one atomic step. */
export interface StatusStore {
  readonly places: Omit<AllocatePlacePorts, 'now' | 'randomBytes' | 'signStatusList'>;
  readonly publishing: Omit<PublishStatusPorts, 'now' | 'signStatusList' | 'signingKid'>;
  readonly lists: Map<number, ListState>;
  readonly entries: ReadonlyMap<string, { readonly value: number; readonly since: number }>;
  /** Adds a card, or changes one as a conditional write would. */
  readonly add: (name: number, place: StatusPlace) => void;
  readonly change: (name: number, change: Partial<Pick<CardState, 'status' | 'place'>>) => void;
  readonly card: (name: number) => CardState;
  readonly pending: () => number;
  /** The queue of cards that need a new credential, by their names. */
  readonly queue: Set<number>;
}

const cardKey = (name: number): IdentityKey => identityKey(name.toString(16).padStart(64, '0'));
export const placeName = ({ list, index }: StatusPlace): string => `${list}-${index}`;

export const createStatusStore = (): StatusStore => {
  const lists = new Map<number, ListState>();
  const entries = new Map<string, { value: number; since: number; place: StatusPlace }>();
  const cards = new Map<IdentityKey, CardState>();
  const queue = new Set<number>();

  const card = (name: number): CardState => {
    const found = cards.get(cardKey(name));
    if (!found) throw new Error('no such card');
    return found;
  };
  const changeList = (list: number, holds: (found: ListState) => boolean, change: (found: ListState) => object) => {
    const found = lists.get(list);
    const matches = found !== undefined && holds(found);
    if (matches) lists.set(list, { ...found, ...change(found) });
    return Promise.resolve(matches);
  };

  return {
    lists,
    entries,
    queue,
    card,
    pending: () => [...cards.values()].filter(({ since }) => since !== null).length,
    add: (name, place) => cards.set(cardKey(name), { revision: 1, status: 'valid', place, retired: [], since: null }),
    change: (name, change) => {
      const found = card(name);
      const revision = found.revision + 1;
      const retired = change.place ? [...found.retired, found.place] : found.retired;
      cards.set(cardKey(name), { ...found, ...change, retired, revision, since: revision });
    },
    places: {
      newestList: () => Promise.resolve(Math.max(0, ...lists.keys())),
      openList: (list, signed) => {
        if (lists.has(list)) return Promise.resolve(false);
        lists.set(list, { ...signed, revision: 0, publication: 0, filled: 0, dueAt: signed.renewAt });
        return Promise.resolve(true);
      },
      countPlace: (list, limit) =>
        changeList(
          list,
          ({ filled }) => filled < limit,
          ({ filled }) => ({ filled: filled + 1 }),
        ),
      takePlace: (place) => {
        if (entries.has(placeName(place))) return Promise.resolve(false);
        entries.set(placeName(place), { value: statusType.valid, since: 0, place });
        return Promise.resolve(true);
      },
    },
    publishing: {
      loadPending: (limit) =>
        Promise.resolve(
          [...cards]
            .flatMap(([key, { since, status, place, retired }]) =>
              since === null ? [] : [{ key, since, status, place, retired }],
            )
            .slice(0, limit),
        ),
      writeEntry: (place, value, since) => {
        const found = entries.get(placeName(place));
        if (found && found.since < since) entries.set(placeName(place), { place, value, since });
        return Promise.resolve();
      },
      touchList: async (list) => {
        await changeList(
          list,
          () => true,
          ({ revision }) => ({ revision: revision + 1, dueAt: 0 }),
        );
      },
      leaveRemintQueue: (key) => {
        queue.delete(Number.parseInt(key, 16));
        return Promise.resolve();
      },
      clearPending: ({ key, since }) => {
        const found = cards.get(key);
        const matches = found?.since === since;
        if (matches) cards.set(key, { ...found, since: null, retired: [] });
        return Promise.resolve(matches);
      },
      loadDueLists: (now, kid) =>
        Promise.resolve(
          [...lists]
            .filter(([, list]) => list.dueAt <= now || list.kid !== kid)
            .map(([list, { revision, publication }]) => ({ list, revision, publication })),
        ),
      loadEntries: (list) =>
        Promise.resolve(
          [...entries.values()]
            .filter(({ place, value }) => place.list === list && value !== statusType.valid)
            .map(({ place, value }) => ({ index: place.index, value })),
        ),
      publishList: ({ list, revision, publication }, signed) =>
        changeList(
          list,
          (found) => found.revision === revision && found.publication === publication,
          () => ({ ...signed, publication: publication + 1, dueAt: signed.renewAt }),
        ),
    },
  };
};
