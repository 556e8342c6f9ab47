import type { AccountKey } from '../../protocol';
import type { Invitation, Member, Partner } from '../../cloudfunctions/_core/partners/partner';
import type { PartnerAct } from '../../cloudfunctions/_core/partners/partner-act';
import type { ApplyPorts, JoinPorts, StaffPorts, Standing } from '../../cloudfunctions/_core/partners/partner-ports';
import { sha256 } from '../../cloudfunctions/_adapters/crypto/es256';
import { createClock, type Clock } from './clock';
import { deepFreeze } from './freeze';
import { createRandomBytes } from './random-bytes';

export type AllPartnerPorts = ApplyPorts & StaffPorts & JoinPorts;

/** The ports of `AllPartnerPorts` that answer later. */
export const laterPartnerPorts = [
  'loadPartner',
  'replacePartner',
  'clearPendingAct',
  'recordPartnerAct',
  'loadMember',
  'spreadStanding',
  'placeMember',
  'removeMember',
  'createInvitation',
  'removeInvitation',
  'createPartner',
  'createMember',
  'listMembers',
  'listInvitations',
  'loadInvitation',
  'claimInvitation',
] as const satisfies readonly (keyof AllPartnerPorts)[];

/** A member's record with what it repeats of its partner. */
export type StoredMember = Member & Standing;

/** Partners, members and invitations in memory: each call is one atomic step. */
export interface PartnerWorld {
  readonly clock: Clock;
  readonly ports: AllPartnerPorts;
  readonly partners: () => readonly Partner[];
  readonly members: () => readonly StoredMember[];
  readonly invitations: () => readonly Invitation[];
  /** The log, in the order of writing. */
  readonly log: readonly PartnerAct[];
  /** Every partner that was ever written. */
  readonly written: readonly Partner[];
  /** What a check asks of the record: an active member at a terminal of an active partner, with its grants. */
  readonly maySay: (account: AccountKey) => StoredMember | null;
}

export const createPartnerWorld = (): PartnerWorld => {
  const clock = createClock();
  const partners = new Map<string, Partner>();
  const members = new Map<AccountKey, StoredMember>();
  const invitations = new Map<string, Invitation>();
  const log = new Map<string, PartnerAct>();
  const written: Partner[] = [];
  const write = (partner: Partner): void => {
    partners.set(partner.id, deepFreeze(partner));
    written.push(partner);
  };
  const isRegistered = ({ state }: Partner): boolean => state === 'active' || state === 'suspended';
  const changeMembers = (wanted: (one: StoredMember) => boolean, change: Partial<StoredMember>): void => {
    for (const [account, one] of members) if (wanted(one)) members.set(account, { ...one, ...change });
  };
  const ports: AllPartnerPorts = {
    now: clock.now,
    randomBytes: createRandomBytes('partners'),
    sha256,
    createPartner: (created) => {
      const isNew = !partners.has(created.id);
      if (isNew) write(created);
      return Promise.resolve(isNew);
    },
    loadPartner: (id) => Promise.resolve(partners.get(id) ?? null),
    replacePartner: (prior, next) => {
      if (partners.get(prior.id)?.revision !== prior.revision) return Promise.resolve('overtaken');
      const others = [...partners.values()].filter(({ id }) => id !== next.id);
      if (isRegistered(next) && others.some((one) => isRegistered(one) && one.creditCode === next.creditCode)) {
        return Promise.resolve('taken');
      }
      write(next);
      return Promise.resolve('replaced');
    },
    clearPendingAct: (id, act) => {
      const found = partners.get(id);
      if (found?.pending?.id === act) partners.set(id, { ...found, pending: null });
      return Promise.resolve();
    },
    recordPartnerAct: (act) => {
      if (!log.has(act.id)) log.set(act.id, act);
      return Promise.resolve();
    },
    createMember: (member, standing) => {
      const isNew = !members.has(member.account);
      if (isNew) members.set(member.account, { ...member, ...standing });
      return Promise.resolve(isNew);
    },
    loadMember: (account) => Promise.resolve(members.get(account) ?? null),
    listMembers: (partner) => Promise.resolve([...members.values()].filter((one) => one.partner === partner)),
    spreadStanding: (standing) => {
      changeMembers((one) => one.partner === standing.partner && one.asOf < standing.asOf, standing);
      return Promise.resolve();
    },
    placeMember: (member, given, standing) => {
      changeMembers((one) => one.member === member && one.partner === standing.partner && one.asOf < standing.asOf, {
        ...given,
        ...standing,
        state: 'active',
      });
      return Promise.resolve();
    },
    removeMember: (partner, member) => {
      for (const [account, one] of members)
        if (one.partner === partner && one.member === member) members.delete(account);
      return Promise.resolve();
    },
    createInvitation: (invitation) => {
      if (!invitations.has(invitation.id)) invitations.set(invitation.id, invitation);
      return Promise.resolve();
    },
    loadInvitation: (id) => Promise.resolve(invitations.get(id) ?? null),
    listInvitations: (partner) => Promise.resolve([...invitations.values()].filter((one) => one.partner === partner)),
    claimInvitation: (id, account, at) => {
      const found = invitations.get(id);
      const isFree = found !== undefined && (found.claimedBy === null || found.claimedBy === account);
      const isClaimed = isFree && found.expiresAt > at;
      if (isClaimed) invitations.set(id, { ...found, claimedBy: account });
      return Promise.resolve(isClaimed);
    },
    removeInvitation: (id) => {
      invitations.delete(id);
      return Promise.resolve();
    },
  };
  return {
    clock,
    ports,
    partners: () => [...partners.values()],
    members: () => [...members.values()],
    invitations: () => [...invitations.values()],
    get log() {
      return [...log.values()];
    },
    written,
    maySay: (account) => {
      const found = members.get(account);
      return found?.state === 'active' && found.partnerState === 'active' && found.place ? found : null;
    },
  };
};
