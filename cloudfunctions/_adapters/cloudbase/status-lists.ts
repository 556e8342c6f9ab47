import { statusType, type IdentityKey, type Instant, type StatusEntry } from '../../../protocol';
import type { CardStanding } from '../../_core/card/stops';
import type { AllocatePlacePorts } from '../../_core/status/allocate-place';
import type { CredentialRecord } from '../../_core/status/credential-record';
import type { PublishStatusPorts } from '../../_core/status/publish-status';
import type { SignedStatusList, StatusListState, StatusPlace } from '../../_core/status/status-list';
import type { Untold } from '../../_core/status/untold';
import { countOf, database, isDuplicate, only } from './app';

/** A list as it lies in the collection `status_lists`, under its number. */
interface ListDocument extends SignedStatusList, StatusListState {
  readonly _id: string;
  /** How many places are given out. */
  readonly filled: number;
  /** When it is to be signed: 0 once an entry has changed. */
  readonly dueAt: number;
}

/** An entry as it lies in the collection `status_entries`: a place that was given out. */
interface EntryDocument extends StatusPlace {
  readonly _id: string;
  readonly value: number;
  /** The revision of the identity that said so; 0 before it said anything. */
  readonly since: number;
}

const PAGE = 1000;

/** What of an identity its status lists tell. */
interface ToldDocument {
  readonly _id: IdentityKey;
  readonly card: { readonly status: CardStanding; readonly credential: CredentialRecord };
  readonly untold?: Untold;
}

const identities = database.collection('identities');
const lists = database.collection('status_lists');
const entries = database.collection('status_entries');
const { command } = database;

const idOf = ({ list, index }: StatusPlace): string => `${String(list)}-${String(index)}`;

const insert = async (collection: typeof lists, document: object): Promise<boolean> => {
  try {
    await collection.add(document);
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return false;
  }
};

const update = async (collection: typeof lists, query: object, change: object): Promise<boolean> => {
  const answer = (await collection.where(query).update(change)) as { updated?: unknown };
  return countOf(answer.updated) === 1;
};

/** The status lists' places, for whoever mints. */
export const statusPlaces: Pick<AllocatePlacePorts, 'newestList' | 'openList' | 'countPlace' | 'takePlace'> = {
  newestList: async () => {
    const newest = lists.where({}).orderBy('list', 'desc').limit(1).field({ list: true });
    return (only(await newest.get()) as Pick<ListDocument, 'list'> | null)?.list ?? 0;
  },
  openList: (list, signed) => {
    const opened: ListDocument = {
      _id: String(list),
      list,
      revision: 0,
      publication: 0,
      filled: 0,
      dueAt: signed.renewAt,
      ...signed,
    };
    return insert(lists, opened);
  },
  countPlace: (list, limit) =>
    update(lists, { _id: String(list), filled: command.lt(limit) }, { filled: command.inc(1) }),
  takePlace: (place) => {
    const entry: EntryDocument = { _id: idOf(place), ...place, value: statusType.valid, since: 0 };
    return insert(entries, entry);
  },
};

/** The status lists, for the job that publishes them. */
export const statusLists: Pick<
  PublishStatusPorts,
  'loadPending' | 'clearPending' | 'writeEntry' | 'touchList' | 'loadDueLists' | 'loadEntries' | 'publishList'
> = {
  loadPending: async (limit) => {
    const query = identities.where({ 'untold.since': command.exists(true) }).limit(limit);
    const fields = { 'card.status': true, 'card.credential': true, untold: true };
    const { data } = (await query.field(fields).get()) as { data: readonly ToldDocument[] };
    return data.flatMap(({ _id, card, untold }) => {
      const { list, index } = card.credential;
      return untold ? [{ key: _id, status: card.status, place: { list, index }, ...untold }] : [];
    });
  },
  clearPending: ({ key, since }) =>
    update(identities, { _id: key, 'untold.since': since }, { untold: command.remove() }),
  writeEntry: async (place, value, since) => {
    await update(entries, { _id: idOf(place), since: command.lt(since) }, { value, since });
  },
  touchList: async (list) => {
    await update(lists, { _id: String(list) }, { revision: command.inc(1), dueAt: 0 });
  },
  loadDueLists: async (now, kid) => {
    const due = lists.where(command.or({ dueAt: command.lte(now) }, { kid: command.neq(kid) }));
    const { data } = (await due.limit(PAGE).field({ list: true, revision: true, publication: true }).get()) as {
      data: readonly StatusListState[];
    };
    return data.map(({ list, revision, publication }) => ({ list, revision, publication }));
  },
  loadEntries: async (list) => {
    const found: StatusEntry[] = [];
    for (let last = ''; ;) {
      const query = {
        list,
        value: command.in([statusType.invalid, statusType.suspended]),
        _id: command.gt(last),
      };
      const page = entries.where(query).orderBy('_id', 'asc').limit(PAGE).field({ index: true, value: true });
      const { data } = (await page.get()) as { data: readonly Pick<EntryDocument, '_id' | 'index' | 'value'>[] };
      found.push(...data.map(({ index, value }) => ({ index, value })));
      const end = data.at(-1);
      if (end === undefined || data.length < PAGE) return found;
      last = end._id;
    }
  },
  publishList: ({ list, revision, publication }, signed) =>
    update(
      lists,
      { _id: String(list), revision, publication },
      { ...signed, publication: publication + 1, dueAt: signed.renewAt },
    ),
};

/** The token of a list, by the last part of its address, and when it ends; null where there is no such list. */
export const loadStatusList = async (
  name: string,
): Promise<{ readonly token: string; readonly expiresAt: Instant } | null> => {
  const query = lists.where({ _id: name }).limit(1).field({ token: true, expiresAt: true });
  return only(await query.get()) as Pick<ListDocument, 'token' | 'expiresAt'> | null;
};
