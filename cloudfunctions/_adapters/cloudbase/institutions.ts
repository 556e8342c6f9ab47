import type { Institution, LoadInstitution } from '../../_core/institutions/institution';
import { database, only } from './app';

/** An institution as it lies in the collection `institutions`, under its client id. */
type InstitutionDocument = Omit<Institution, 'clientId'> & { readonly _id: string };

/** The institution of a client id, as an operator entered it. */
export const loadInstitution: LoadInstitution = async (clientId) => {
  const answer = await database.collection('institutions').where({ _id: clientId }).limit(1).get();
  // Written where partners' servers are registered, and nowhere else.
  const found = only(answer) as InstitutionDocument | null;
  return found && { clientId: found._id, partner: found.partner, state: found.state, keys: found.keys };
};
