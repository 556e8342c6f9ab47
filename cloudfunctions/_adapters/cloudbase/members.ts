import { instant, type AccountKey, type Grant, type Instant, type PurposeId, type StaffRole } from '../../../protocol';
import type { Invitation, Member, PartnerState } from '../../_core/partners/partner';
import type {
  ClaimInvitation,
  CreateInvitation,
  CreateMember,
  ListInvitations,
  ListMembers,
  LoadInvitation,
  LoadMember,
  PlaceMember,
  RemoveInvitation,
  RemoveMember,
  SpreadStanding,
  Standing,
} from '../../_core/partners/partner-ports';
import type { ReturnAliasTurn, TakeAliasTurn } from '../../_core/showing/alias-turn';
import type { LoadStaff } from '../../_core/showing/staff';
import { now } from '../runtime/ambient';
import { countOf, database, isDuplicate, only } from './app';

/** A member of staff as it lies in the collection `staff`, under the keyed hash of the account. */
interface MemberDocument {
  readonly _id: AccountKey;
  readonly partner: string;
  readonly member: string;
  readonly role: StaffRole;
  /** Absent for who works at no terminal. */
  readonly shop?: string;
  readonly terminal?: string;
  readonly state: Member['state'];
  readonly joinedAt: number;
  /** The partner's own state and grants, kept here as well: a check then reads one document of the terminal's. */
  readonly partnerState: PartnerState;
  readonly grants: readonly Grant[];
  readonly asOf: number;
  /** Numbers that stood for nothing or are being looked up, in the minute of the last one. Absent until the first. */
  readonly aliasMisses?: { readonly minute: number; readonly count: number };
  /** Until when the day's quota of a purpose is used. */
  readonly throttled?: Readonly<Partial<Record<PurposeId, number>>>;
}

type InvitationDocument = Omit<Invitation, 'id' | 'claimedBy'> & {
  readonly _id: string;
  readonly claimedBy?: AccountKey;
};

export interface Members {
  readonly loadStaff: LoadStaff;
  readonly takeAliasTurn: TakeAliasTurn;
  readonly returnAliasTurn: ReturnAliasTurn;
  readonly createMember: CreateMember;
  readonly loadMember: LoadMember;
  readonly listMembers: ListMembers;
  readonly spreadStanding: SpreadStanding;
  readonly placeMember: PlaceMember;
  readonly removeMember: RemoveMember;
  readonly throttle: (partner: string, purpose: PurposeId, until: Instant) => Promise<void>;
  readonly createInvitation: CreateInvitation;
  readonly loadInvitation: LoadInvitation;
  readonly listInvitations: ListInvitations;
  readonly claimInvitation: ClaimInvitation;
  readonly removeInvitation: RemoveInvitation;
  /** Removes what nobody can accept any more. */
  readonly forgetInvitations: (before: Instant) => Promise<number>;
}

/** More than one partner may have. */
const PEOPLE_MAX = 1000;

const memberOf = ({ _id, partner, member, role, shop, terminal, state, joinedAt }: MemberDocument): Member => ({
  account: _id,
  partner,
  member,
  role,
  place: shop === undefined || terminal === undefined ? null : { shop, terminal },
  state,
  joinedAt: instant(joinedAt),
});

const invitationOf = ({ _id, claimedBy, ...invitation }: InvitationDocument): Invitation => ({
  ...invitation,
  id: _id,
  expiresAt: instant(invitation.expiresAt),
  claimedBy: claimedBy ?? null,
});

/** Whether a new document was stored: the same id is there already otherwise. */
const added = async (collection: string, document: object): Promise<boolean> => {
  try {
    await database.collection(collection).add(document);
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return false;
  }
};

/** Partners' staff in the collection `staff`, and who is to join it in `invitations`. */
export const createMembers = (): Members => {
  const staff = database.collection('staff');
  const invitations = database.collection('invitations');
  const { command } = database;
  /** What a record repeats of its partner. */
  const repeated = ({ partnerState, grants, asOf }: Standing) => ({ partnerState, grants: command.set(grants), asOf });

  return {
    loadStaff: async (account) => {
      const query = { _id: account, state: 'active', partnerState: 'active' };
      const found = only(await staff.where(query).limit(1).get()) as MemberDocument | null;
      if (found?.shop === undefined || found.terminal === undefined) return null;
      const { partner, shop, terminal, role, grants, throttled = {} } = found;
      const at = now();
      const isUsed = ({ purpose }: Grant): boolean => (throttled[purpose] ?? 0) > at;
      return {
        key: account,
        partner,
        shop,
        terminal,
        role,
        grants,
        quotaUsed: grants.filter(isUsed).map(({ purpose }) => purpose),
      };
    },
    takeAliasTurn: async (account, minute, most) => {
      const [ofMinute, ofCount] = ['aliasMisses.minute', 'aliasMisses.count'] as const;
      const count = async (): Promise<boolean> => {
        // Of the minute that has begun, which may be a later one: another call's clock may be ahead.
        const query = { _id: account, [ofMinute]: command.gte(minute), [ofCount]: command.lt(most) };
        const answer = (await staff.where(query).update({ [ofCount]: command.inc(1) })) as { updated?: unknown };
        return countOf(answer.updated) === 1;
      };
      if (await count()) return true;
      const isOver = command.or({ [ofMinute]: command.lt(minute) }, { aliasMisses: command.exists(false) });
      const begun = (await staff
        .where(command.and({ _id: account }, isOver))
        .update({ aliasMisses: command.set({ minute, count: 1 }) })) as { updated?: unknown };
      // Its turns are used up, or another call has just begun it.
      return countOf(begun.updated) === 1 || count();
    },
    returnAliasTurn: async (account, minute) => {
      const query = { _id: account, 'aliasMisses.minute': minute, 'aliasMisses.count': command.gt(0) };
      await staff.where(query).update({ 'aliasMisses.count': command.inc(-1) });
    },
    createMember: ({ account, place, ...member }, { partnerState, grants, asOf }) =>
      added('staff', { _id: account, ...member, ...place, partnerState, grants, asOf }),
    loadMember: async (account) => {
      const found = only(await staff.where({ _id: account }).limit(1).get()) as MemberDocument | null;
      return found && memberOf(found);
    },
    listMembers: async (partner) => {
      const ordered = staff.where({ partner }).orderBy('joinedAt', 'asc').limit(PEOPLE_MAX);
      const { data } = (await ordered.get()) as { data: readonly MemberDocument[] };
      return data.map(memberOf);
    },
    spreadStanding: async (standing) => {
      const { partner, asOf } = standing;
      await staff.where({ partner, asOf: command.lt(asOf) }).update(repeated(standing));
    },
    placeMember: async (member, { role, place }, standing) => {
      const { partner, asOf } = standing;
      const query = { partner, member, asOf: command.lt(asOf) };
      await staff.where(query).update({ ...repeated(standing), role, ...place, state: 'active' });
    },
    removeMember: async (partner, member) => {
      await staff.where({ partner, member }).remove();
    },
    throttle: async (partner, purpose, until) => {
      const throttled = { [`throttled.${purpose}`]: until };
      await staff.where({ partner }).update(throttled);
      // For what its servers check: no member of staff stands behind that.
      await database.collection('partners').where({ _id: partner }).update(throttled);
    },
    createInvitation: async ({ id, claimedBy: _nobody, ...invitation }) => {
      await added('invitations', { _id: id, ...invitation });
    },
    loadInvitation: async (id) => {
      const found = only(await invitations.where({ _id: id }).limit(1).get()) as InvitationDocument | null;
      return found && invitationOf(found);
    },
    listInvitations: async (partner) => {
      const answer = (await invitations.where({ partner }).limit(PEOPLE_MAX).get()) as { data: unknown };
      return (answer.data as readonly InvitationDocument[]).map(invitationOf);
    },
    claimInvitation: async (id, account, at) => {
      const isFree = command.or({ claimedBy: account }, { claimedBy: command.exists(false) });
      const query = command.and({ _id: id, expiresAt: command.gt(at) }, isFree);
      // The same account may claim it again; a write that changes nothing counts as one that matched nothing.
      const answer = (await invitations.where(query).update({ claimedBy: account, claims: command.inc(1) })) as {
        updated?: unknown;
      };
      return countOf(answer.updated) === 1;
    },
    forgetInvitations: async (before) => {
      const answer = (await invitations.where({ expiresAt: command.lt(before) }).remove()) as { deleted?: unknown };
      return countOf(answer.deleted);
    },
    removeInvitation: async (id) => {
      await invitations.where({ _id: id }).remove();
    },
  };
};
