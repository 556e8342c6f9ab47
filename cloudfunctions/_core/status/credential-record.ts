import type { Instant } from '../../../protocol';
import type { Now } from '../ambient-ports';
import { allocatePlace, type AllocatePlacePorts } from './allocate-place';
import type { StatusPlace } from './status-list';

/** What an identity remembers of the credential that was last issued for its card. */
export interface CredentialRecord extends StatusPlace {
  /** The key that signed it. */
  readonly kid: string;
  readonly issuedAt: Instant;
}

export interface NewCredentialPorts extends AllocatePlacePorts {
  readonly now: Now;
  /** The name of the key that signs at an instant. */
  readonly signingKid: (at: Instant) => string;
}

/** The record of a credential that is to be issued: by the key that signs now, with a place of its own in a status list. */
export const newCredential = async (ports: NewCredentialPorts): Promise<CredentialRecord> => {
  const { list, index } = await allocatePlace(ports);
  const issuedAt = ports.now();
  return { kid: ports.signingKid(issuedAt), issuedAt, list, index };
};
