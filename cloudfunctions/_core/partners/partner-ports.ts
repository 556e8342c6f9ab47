import type { AccountKey, Grant, Instant, Sha256 } from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import type { Invitation, Member, Partner, PartnerState, WorkPlace } from './partner';
import type { PartnerAct } from './partner-act';

/** Stores a new partner, unless that id exists. @returns whether it is new */
export type CreatePartner = (created: Partner) => Promise<boolean>;
export type LoadPartner = (id: string) => Promise<Partner | null>;

/**
 * Replaces a partner by its next state in one conditional write that names the revision before.
 * @returns `taken` where another registered partner has the same credit code
 */
export type ReplacePartner = (prior: Partner, next: Partner) => Promise<'replaced' | 'overtaken' | 'taken'>;

/** Forgets the pending act of that id, if it is still the pending one. */
export type ClearPendingAct = (partner: string, act: PartnerAct['id']) => Promise<void>;

/** Puts an act into the log; the same id twice is one entry. */
export type RecordPartnerAct = (act: PartnerAct) => Promise<void>;

/** What a member's record repeats of its partner, so that a check reads one record. */
export interface Standing {
  readonly partner: string;
  readonly partnerState: PartnerState;
  readonly grants: readonly Grant[];
  /** The partner's revision that this follows from: a record that follows from a later one is left alone. */
  readonly asOf: number;
}

/** Stores a member's record. @returns whether the account had none */
export type CreateMember = (member: Member, standing: Standing) => Promise<boolean>;
export type LoadMember = (account: AccountKey) => Promise<Member | null>;
export type ListMembers = (partner: string) => Promise<readonly Member[]>;

/** Carries what a partner is now to the records of all its staff. */
export type SpreadStanding = (standing: Standing) => Promise<void>;

/** Gives a member a role and a place, and makes them active. */
export type PlaceMember = (
  member: string,
  given: Pick<Member, 'role'> & { readonly place: WorkPlace },
  standing: Standing,
) => Promise<void>;
export type RemoveMember = (partner: string, member: string) => Promise<void>;

/** Stores an invitation; one of the same id stays as it is. */
export type CreateInvitation = (invitation: Invitation) => Promise<void>;
export type LoadInvitation = (id: string) => Promise<Invitation | null>;
export type ListInvitations = (partner: string) => Promise<readonly Invitation[]>;

/** Ties an invitation to an account, in one conditional write. @returns false where it is somebody else's, over or gone */
export type ClaimInvitation = (id: string, account: AccountKey, at: Instant) => Promise<boolean>;
export type RemoveInvitation = (id: string) => Promise<void>;

/** What every act on a partner needs. */
export interface PartnerPorts {
  readonly now: Now;
  readonly randomBytes: RandomBytes;
  readonly loadPartner: LoadPartner;
  readonly replacePartner: ReplacePartner;
  readonly clearPendingAct: ClearPendingAct;
  readonly recordPartnerAct: RecordPartnerAct;
  readonly loadMember: LoadMember;
  readonly spreadStanding: SpreadStanding;
  readonly placeMember: PlaceMember;
  readonly removeMember: RemoveMember;
  readonly createInvitation: CreateInvitation;
  readonly removeInvitation: RemoveInvitation;
}

export interface ApplyPorts extends PartnerPorts {
  readonly createPartner: CreatePartner;
  readonly createMember: CreateMember;
}

export interface StaffPorts extends PartnerPorts {
  readonly sha256: Sha256;
  readonly listMembers: ListMembers;
  readonly listInvitations: ListInvitations;
}

export interface JoinPorts extends PartnerPorts {
  readonly sha256: Sha256;
  readonly createMember: CreateMember;
  readonly loadInvitation: LoadInvitation;
  readonly claimInvitation: ClaimInvitation;
}
