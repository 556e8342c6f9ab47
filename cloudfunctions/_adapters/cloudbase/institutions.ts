import type { InstitutionUse } from '../../../protocol';
import type { Institution, LoadInstitution } from '../../_core/institutions/institution';
import type {
  CreateRegistration,
  ListRegistrations,
  LoadRegistration,
  Registration,
  ReplaceRegistration,
} from '../../_core/institutions/registration';
import { countOf, database, isDuplicate, only } from './app';

/** An institution as it lies in the collection `institutions`, under its client id. What was entered before there were acts has no more. */
interface InstitutionDocument extends Pick<Institution, 'partner' | 'state' | 'keys'> {
  readonly _id: string;
  /** Absent: for holders. */
  readonly use?: InstitutionUse;
  readonly redirectUris?: Institution['redirectUris'];
  /** Absent rather than null. */
  readonly events?: NonNullable<Institution['events']>;
  readonly revision?: number;
  readonly withdrawn?: Registration['withdrawn'];
  readonly carriedOut?: Registration['carriedOut'];
}

const institutionOf = ({ _id, partner, state, keys, redirectUris, events }: InstitutionDocument): Institution => ({
  ...{ clientId: _id, partner, state, keys },
  redirectUris: redirectUris ?? [],
  events: events ?? null,
});

const registrationOf = (found: InstitutionDocument): Registration => ({
  ...institutionOf(found),
  use: found.use ?? 'live',
  revision: found.revision ?? 0,
  withdrawn: found.withdrawn ?? [],
  carriedOut: found.carriedOut ?? [],
});

const collection = database.collection('institutions');
const { command } = database;

const find = async (clientId: string): Promise<InstitutionDocument | null> =>
  // Written where operators' acts are carried out, and nowhere else.
  only(await collection.where({ _id: clientId }).limit(1).get()) as InstitutionDocument | null;

const loadFor =
  (use: InstitutionUse): LoadInstitution =>
  async (clientId) => {
    const found = await find(clientId);
    return found && (found.use ?? 'live') === use ? institutionOf(found) : null;
  };

/** The institution of a client id, as operators entered it for holders. */
export const loadInstitution = loadFor('live');
/** The same of one that tries the service with test persons. */
export const loadSandboxInstitution = loadFor('sandbox');

/** Institutions in the collection `institutions`, as operators enter and change them. */
export const registrations: {
  readonly createRegistration: CreateRegistration;
  readonly loadRegistration: LoadRegistration;
  readonly replaceRegistration: ReplaceRegistration;
  readonly listRegistrations: ListRegistrations;
} = {
  createRegistration: async ({ clientId, events, ...created }) => {
    try {
      await collection.add({ _id: clientId, ...created, ...(events && { events }) });
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return false;
    }
  },
  loadRegistration: async (clientId) => {
    const found = await find(clientId);
    return found && registrationOf(found);
  },
  replaceRegistration: async ({ clientId, revision }, next) => {
    const query = { _id: clientId, revision: revision === 0 ? command.exists(false) : revision };
    const { state, keys, redirectUris, events, withdrawn, carriedOut } = next;
    const answer = (await collection.where(query).update({
      ...{ state, revision: next.revision },
      keys: command.set(keys),
      redirectUris: command.set(redirectUris),
      events: events ? command.set(events) : command.remove(),
      withdrawn: command.set(withdrawn),
      carriedOut: command.set(carriedOut),
    })) as { updated?: unknown };
    return countOf(answer.updated) === 1;
  },
  listRegistrations: async (partner, limit) => {
    const answer = await collection.where({ partner }).orderBy('_id', 'asc').limit(limit).get();
    return (answer.data as readonly InstitutionDocument[]).map(registrationOf);
  },
};
