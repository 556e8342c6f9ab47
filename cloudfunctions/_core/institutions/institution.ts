import type { ActivePartner } from '../partners/partner';
import type { LoadPartner } from '../partners/partner-ports';

/** A public key of an institution: a P-256 JWK (RFC 7517) with a name of the institution's own. */
export interface InstitutionKey {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly kid: string;
}

/** A partner's servers as they are known here: a client of OAuth, and the keys by which it proves who it is. */
export interface Institution {
  readonly clientId: string;
  readonly partner: string;
  readonly state: 'active' | 'ended';
  /** Several while it changes from one to the next. */
  readonly keys: readonly InstitutionKey[];
  /** Where a holder's browser may be sent back to, each to the letter. */
  readonly redirectUris: readonly string[];
  /** Where it hears of events; null where it asks for none. */
  readonly events: { readonly url: string } | null;
}

/** The institution of a client id, where it was registered for the use that the caller serves; whatever else it is for, there is none. */
export type LoadInstitution = (clientId: string) => Promise<Institution | null>;

export interface InstitutionPorts {
  readonly loadInstitution: LoadInstitution;
  readonly loadPartner: LoadPartner;
}

/** An institution that may ask, and the partner that it is of. */
export interface ActiveInstitution {
  readonly institution: Institution;
  readonly partner: ActivePartner;
}

/** The institution of that client id, where it and its partner are active now; null otherwise, whatever the reason. */
export const findInstitution = async (
  { loadInstitution, loadPartner }: InstitutionPorts,
  clientId: string,
): Promise<ActiveInstitution | null> => {
  const institution = await loadInstitution(clientId);
  if (institution?.state !== 'active') return null;
  const partner = await loadPartner(institution.partner);
  return partner?.state === 'active' ? { institution, partner } : null;
};
