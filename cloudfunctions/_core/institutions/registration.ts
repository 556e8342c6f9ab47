import type { InstitutionActKind, InstitutionUse, WaitingAct } from '../../../protocol';
import type { Institution } from './institution';

/** What two operators decide about a partner's server. */
export type InstitutionAct = {
  [Kind in InstitutionActKind]: Pick<Extract<WaitingAct, { readonly kind: Kind }>, 'kind' | 'target' | 'reason'>;
}[InstitutionActKind];

/** A partner's server with what its operators need to know of it. */
export interface Registration extends Institution {
  readonly use: InstitutionUse;
  /** Grows with every act; each write names the revision that it follows. */
  readonly revision: number;
  /** Keys that proved it once, by name and thumbprint (RFC 7638): neither comes back. */
  readonly withdrawn: readonly { readonly kid: string; readonly thumbprint: string }[];
  /** Proposals of two operators that were carried out on it, the last ones: what was undone since is not done again. */
  readonly carriedOut: readonly string[];
}

/** Stores a new registration. @returns false where its client id is taken */
export type CreateRegistration = (created: Registration) => Promise<boolean>;
export type LoadRegistration = (client: string) => Promise<Registration | null>;

/** Replaces a registration in one conditional write that names the revision before. @returns false where it has another one by now */
export type ReplaceRegistration = (prior: Registration, next: Registration) => Promise<boolean>;

/** A partner's registrations by client id, those that ended among them. */
export type ListRegistrations = (partner: string, limit: number) => Promise<readonly Registration[]>;
