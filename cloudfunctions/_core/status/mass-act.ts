import type { IdentityKey, Instant, OfficeKey } from '../../../protocol';

/** Cards whose credential that key signed. */
interface OfKey {
  readonly by: 'kid';
  readonly kid: string;
}

/** Which cards a mass act is about. */
export type MassCriterion =
  | OfKey
  /** Cards of documents that this office issued. */
  | { readonly by: 'office'; readonly office: OfficeKey }
  /** Cards minted from one instant on and before another. */
  | { readonly by: 'minted'; readonly from: Instant; readonly to: Instant };

/** `revoke` ends cards; `renew` queues those of a key that signs no more for a new credential, which their phones fetch. */
export type MassTask =
  { readonly act: 'revoke'; readonly criterion: MassCriterion } | { readonly act: 'renew'; readonly criterion: OfKey };

/** One act on many cards. Cards that come to meet the criterion after it has begun are not promised to be met by it. */
export interface MassAct {
  readonly id: string;
  readonly task: MassTask;
  readonly state: 'running' | 'done';
  /** The last card that was gone through; null before the first. */
  readonly cursor: IdentityKey | null;
  /** How many were gone through. */
  readonly count: number;
  readonly startedAt: Instant;
}

/** Begins an act, in one insert. @returns false where it has begun already */
export type CreateMassAct = (created: MassAct) => Promise<boolean>;
