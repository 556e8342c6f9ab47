import type { CardsOfKey, IdentityKey, Instant, MassTarget, OfficeKey, OperatorRevocation } from '../../../protocol';

/** Which cards an act meets, as they lie stored: an office by its keyed hash. */
export type MassCriterion =
  | { readonly by: 'kid'; readonly kid: string }
  | { readonly by: 'office'; readonly office: OfficeKey }
  | { readonly by: 'minted'; readonly from: Instant; readonly to: Instant };

/** `revoke` ends cards for a reason; `renew` queues those of a key that signs no more for a new credential, which their phones fetch. */
export type MassTask =
  | { readonly act: 'revoke'; readonly target: MassTarget; readonly reason: OperatorRevocation }
  | { readonly act: 'renew'; readonly target: CardsOfKey };

interface MassActBase {
  /** That of the proposal that two operators decided. */
  readonly id: string;
  readonly task: MassTask;
  /** The last card that was gone through; null before the first. */
  readonly cursor: IdentityKey | null;
  /** How many were gone through, of how many that there were when it began. */
  readonly count: number;
  readonly total: number;
  readonly startedAt: Instant;
}

/** One act on many cards. Cards that come to meet its target after it has begun are not promised to be met by it. */
export type MassAct = MassActBase &
  ({ readonly state: 'running' } | { readonly state: 'done'; readonly finishedAt: Instant });
export type RunningMassAct = Extract<MassAct, { readonly state: 'running' }>;

/** Begins an act, in one insert. @returns false where it has begun already */
export type CreateMassAct = (created: RunningMassAct) => Promise<boolean>;
