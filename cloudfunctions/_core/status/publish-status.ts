import { statusType, type IdentityKey, type Instant, type StatusEntry } from '../../../protocol';
import type { Now } from '../ambient-ports';
import type { LeaveRemintQueue } from '../card/renew-credential';
import type { CardStanding } from '../card/stops';
import type { SignedStatusList, SignStatusList, StatusListState, StatusPlace } from './status-list';

/** A card whose status its lists do not tell yet. */
export interface PendingStatus {
  readonly key: IdentityKey;
  /** The revision in which the identity last changed what the lists tell; of two, the greater one is the later. */
  readonly since: number;
  readonly status: CardStanding;
  readonly place: StatusPlace;
  /** Places of credentials before this one: they are revoked for good. */
  readonly retired: readonly StatusPlace[];
}

export interface PublishStatusPorts {
  readonly now: Now;
  readonly signStatusList: SignStatusList;
  /** The name of the key that signs at an instant. */
  readonly signingKid: (at: Instant) => string;
  readonly loadPending: (limit: number) => Promise<readonly PendingStatus[]>;
  /** Writes an entry where what it says is of an earlier revision, in one conditional write. */
  readonly writeEntry: (place: StatusPlace, value: number, since: number) => Promise<void>;
  /** Says that a list's entries have changed, in one write. */
  readonly touchList: (list: number) => Promise<void>;
  readonly leaveRemintQueue: LeaveRemintQueue;
  /** Takes the mark off an identity that has not changed since, in one conditional write. @returns false where it has */
  readonly clearPending: (pending: PendingStatus) => Promise<boolean>;
  /** The lists whose entries have changed, whose token is past half of its life, or whose token another key signed. */
  readonly loadDueLists: (now: Instant, kid: string) => Promise<readonly StatusListState[]>;
  /** Entries of a list that are not valid. */
  readonly loadEntries: (list: number) => Promise<readonly StatusEntry[]>;
  /** Stores a token in one conditional write naming the revision and publication that it follows. @returns false where one has passed */
  readonly publishList: (prior: StatusListState, signed: SignedStatusList) => Promise<boolean>;
}

const valueOf = { valid: statusType.valid, revoked: statusType.invalid, suspended: statusType.suspended } as const;

/** Cards at a time, and how many times in one run: what is left is the next run's. */
const PAGE = 100;
const PAGES = 50;

/**
 * Carries one page of changes into the entries. The order makes each interruption harmless: an entry is written before its list is
 * called changed, and both before the mark is taken off, so that whatever is missing is done again.
 */
const carryPage = async (ports: PublishStatusPorts, page: readonly PendingStatus[]): Promise<void> => {
  for (const { key, place, status, retired, since } of page) {
    await ports.writeEntry(place, valueOf[status], since);
    for (const old of retired) await ports.writeEntry(old, statusType.invalid, since);
    // Whatever it waited for is over: it has ended, or has a new credential.
    if (status === 'revoked' || retired.length > 0) await ports.leaveRemintQueue(key);
  }
  const places = page.flatMap(({ place, retired }) => [place, ...retired]);
  for (const list of new Set(places.map(({ list: number }) => number))) await ports.touchList(list);
  for (const pending of page) await ports.clearPending(pending);
};

const carry = async (ports: PublishStatusPorts): Promise<number> => {
  let carried = 0;
  for (let pages = 0; pages < PAGES; pages += 1) {
    const page = await ports.loadPending(PAGE);
    await carryPage(ports, page);
    carried += page.length;
    if (page.length < PAGE) break;
  }
  return carried;
};

const publish = async (ports: PublishStatusPorts): Promise<number> => {
  const now = ports.now();
  let published = 0;
  for (const due of await ports.loadDueLists(now, ports.signingKid(now))) {
    // The state was read before the entries: where one changes in between, the write below does not match and the list stays due.
    const entries = await ports.loadEntries(due.list);
    if (await ports.publishList(due, ports.signStatusList(due.list, entries, ports.now()))) published += 1;
  }
  return published;
};

/**
 * Carries the cards' changes into their status lists, then signs the lists that need it. It may be interrupted anywhere and run
 * beside itself: the next run finishes, and no list ends with an older state than its cards.
 */
export const publishStatus = async (
  ports: PublishStatusPorts,
): Promise<{ readonly carried: number; readonly published: number }> => ({
  carried: await carry(ports),
  published: await publish(ports),
});
