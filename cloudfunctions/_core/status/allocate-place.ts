import type { Now, RandomBytes } from '../ambient-ports';
import { LIST_FILL, LIST_SIZE, type SignedStatusList, type SignStatusList, type StatusPlace } from './status-list';

export interface AllocatePlacePorts {
  readonly now: Now;
  readonly randomBytes: RandomBytes;
  readonly signStatusList: SignStatusList;
  /** The number of the newest list; 0 where there is none. */
  readonly newestList: () => Promise<number>;
  /** Opens a list with its first token, in one insert. @returns false where it is open already */
  readonly openList: (list: number, signed: SignedStatusList) => Promise<boolean>;
  /** Counts one more of a list's places as given out, in one conditional write. @returns false where `limit` are */
  readonly countPlace: (list: number, limit: number) => Promise<boolean>;
  /** Takes a place, in one insert. @returns false where it is taken */
  readonly takePlace: (place: StatusPlace) => Promise<boolean>;
}

/** How often somebody else may open or fill a list meanwhile. */
const ROUNDS = 20;
/** Draws in one list. At most three in four places are taken, so that all of these fail once in 10^12 times. */
const DRAWS = 96;

/** A random index: it tells neither when nor after whom a card was minted. */
const drawIndex = (randomBytes: RandomBytes): number =>
  randomBytes(4).reduce((number, byte) => (number * 256 + byte) % LIST_SIZE, 0);

const drawPlace = async (ports: AllocatePlacePorts, list: number): Promise<StatusPlace | null> => {
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const place = { list, index: drawIndex(ports.randomBytes) };
    if (await ports.takePlace(place)) return place;
  }
  return null;
};

/**
 * A place in a status list that nobody has or will have again. The first list, and the next one where a list is full, is opened
 * and published on the way: no credential refers to a list that cannot be fetched.
 * @throws Error where others are always first
 */
export const allocatePlace = async (ports: AllocatePlacePorts): Promise<StatusPlace> => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const list = await ports.newestList();
    if (list > 0 && (await ports.countPlace(list, LIST_FILL))) {
      const place = await drawPlace(ports, list);
      if (place) return place;
    } else {
      // Where somebody else opened it first, theirs is as good.
      await ports.openList(list + 1, ports.signStatusList(list + 1, [], ports.now()));
    }
  }
  throw new Error('no place in a status list was to be had');
};
