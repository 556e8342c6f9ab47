import { statusOf, type Instant, type PublishedStatus } from '../../protocol';
import { verifySignature } from '../../cloudfunctions/_adapters/crypto/es256';
import { createStatusListSigner, referenceTo } from '../../cloudfunctions/_adapters/crypto/status-list-issuer';
import { inflate } from '../../cloudfunctions/_adapters/crypto/zlib';
import type { RandomBytes } from '../../cloudfunctions/_core/ambient-ports';
import { allocatePlace, type AllocatePlacePorts } from '../../cloudfunctions/_core/status/allocate-place';
import type { PublishStatusPorts } from '../../cloudfunctions/_core/status/publish-status';
import type { StatusPlace } from '../../cloudfunctions/_core/status/status-list';
import { createClock, type Clock } from './clock';
import { issuer, keysOf } from './issuer';
import { createRandomBytes } from './random-bytes';
import { createStatusStore, type StatusStore } from './status-store';

/** A service that gives out places and publishes lists, with its keys and a clock. */
export interface StatusWorld {
  readonly clock: Clock;
  readonly store: StatusStore;
  readonly ports: AllocatePlacePorts & PublishStatusPorts;
  /** Gives a card of that name a place. */
  readonly mint: (name: number) => Promise<StatusPlace>;
  /** What a stranger reads of a place who fetches its list now. */
  readonly publishedAt: (place: StatusPlace) => PublishedStatus;
  /** From now on keys of those names sign; the first one of them is compromised. */
  readonly rotate: (kids: readonly [string, string]) => void;
}

/** The ports of `StatusWorld` that answer later. */
export const laterStatusPorts = [
  'newestList',
  'openList',
  'countPlace',
  'takePlace',
  'loadPending',
  'writeEntry',
  'touchList',
  'clearPending',
  'loadDueLists',
  'loadEntries',
  'publishList',
] as const satisfies readonly (keyof StatusWorld['ports'])[];

export const createStatusWorld = (randomBytes: RandomBytes = createRandomBytes()): StatusWorld => {
  const clock = createClock();
  const store = createStatusStore();
  let keys = keysOf({ 'key-a': 'active' });
  const ports: StatusWorld['ports'] = {
    now: clock.now,
    randomBytes,
    signStatusList: (list, entries, at) => createStatusListSigner(issuer, keys)(list, entries, at),
    signingKid: (at) => keys.signing(at).kid,
    ...store.places,
    ...store.publishing,
  };
  const tools = (now: Instant) => ({ keys: keys.trusted(now), now, verify: verifySignature, inflate });
  return {
    clock,
    store,
    ports,
    mint: async (name) => {
      const place = await allocatePlace(ports);
      store.add(name, place);
      return place;
    },
    publishedAt: (place) => {
      const list = store.lists.get(place.list);
      const fetched = list ? { token: list.token, fetchedAt: clock.now() } : null;
      return statusOf(referenceTo(issuer, place), fetched, tools(clock.now()));
    },
    rotate: ([compromised, active]) => {
      keys = keysOf({ [compromised]: 'compromised', [active]: 'active' });
    },
  };
};
