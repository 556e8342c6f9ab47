import type { Institution, LoadInstitution } from '../../_core/institutions/institution';
import { database, only } from './app';

/** An institution as it lies in the collection `institutions`, under its client id. */
type InstitutionDocument = Omit<Institution, 'clientId' | 'redirectUris'> & {
  readonly _id: string;
  /** Absent where it has none. */
  readonly redirectUris?: Institution['redirectUris'];
};

/** The institution of a client id, as an operator entered it. */
export const loadInstitution: LoadInstitution = async (clientId) => {
  const answer = await database.collection('institutions').where({ _id: clientId }).limit(1).get();
  // Written where partners' servers are registered, and nowhere else.
  const found = only(answer) as InstitutionDocument | null;
  if (!found) return null;
  const { _id: id, partner, state, keys, redirectUris = [] } = found;
  return { clientId: id, partner, state, keys, redirectUris };
};
