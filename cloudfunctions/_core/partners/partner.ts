import type {
  AccountKey,
  ApplicationRefusal,
  Instant,
  PartnerDetails,
  PartnerGrant,
  PartnerShop,
  PartnerSuspension,
  StaffRole,
  WantedPurpose,
} from '../../../protocol';
import type { PartnerAct } from './partner-act';

/** What a partner asks to be registered for. */
export interface Application {
  readonly wanted: readonly WantedPurpose[];
  readonly at: Instant;
}

interface PartnerBase extends PartnerDetails {
  readonly id: string;
  /** Grows with every act; each write names the revision that it follows. */
  readonly revision: number;
  /** Proposals of two operators that were carried out on it, the last ones: what was undone since is not done again. */
  readonly carriedOut: readonly string[];
  /** The act that made this revision, until its entry in the log and its consequences are known to be there. */
  readonly pending: PartnerAct | null;
}

interface Registration {
  readonly grants: readonly PartnerGrant[];
  readonly shops: readonly PartnerShop[];
  /** Other purposes that it asks for; null where it asks for none. */
  readonly application: Application | null;
}

/** A business on its way to checking cards, or there. */
export type Partner = PartnerBase &
  (
    | { readonly state: 'applied'; readonly application: Application }
    | { readonly state: 'refused'; readonly application: Application; readonly reason: ApplicationRefusal }
    | ({ readonly state: 'active'; readonly reason: ApplicationRefusal | null } & Registration)
    | ({ readonly state: 'suspended'; readonly reason: PartnerSuspension } & Registration)
  );

export type PartnerState = Partner['state'];
export type RegisteredPartner = Extract<Partner, { readonly state: 'active' | 'suspended' }>;
export type ActivePartner = Extract<Partner, { readonly state: 'active' }>;

/** A shop and a terminal in it. */
export interface WorkPlace {
  readonly shop: string;
  readonly terminal: string;
}

/** A person's place in a partner's staff: one document for an account, so that nobody serves two partners. */
export interface Member {
  readonly account: AccountKey;
  readonly partner: string;
  /** Names the membership wherever the account must not be named: the invitation's id, or the application's. */
  readonly member: string;
  readonly role: StaffRole;
  /** Null for who works at no terminal. */
  readonly place: WorkPlace | null;
  /** `joining` until the partner's record says that they have joined. */
  readonly state: 'joining' | 'active';
  readonly joinedAt: Instant;
}

/** A place in the staff that a token takes. */
export interface Invitation extends WorkPlace {
  /** 128 bits of the token's SHA-256 as hexadecimal digits: the token itself is stored nowhere. */
  readonly id: string;
  readonly partner: string;
  readonly role: StaffRole;
  readonly expiresAt: Instant;
  readonly claimedBy: AccountKey | null;
}

/** How long an invitation waits, in milliseconds. */
export const INVITATION_LIFE_MS = 72 * 60 * 60 * 1000;
/** Shops that one partner may have. */
export const SHOPS_MAX = 200;
/** Members and invitations that one partner may have, together. */
export const STAFF_MAX = 500;

/** Whether a partner has that terminal in that shop. */
export const hasPlace = ({ shops }: RegisteredPartner, { shop, terminal }: WorkPlace): boolean =>
  shops.some(({ id, terminals }) => id === shop && terminals.includes(terminal));

/** Whether its purposes may be used and changed. */
export const isRegistered = (partner: Partner): partner is RegisteredPartner =>
  partner.state === 'active' || partner.state === 'suspended';
