import type {
  ApplicationRefusal,
  EventId,
  Grant,
  Instant,
  PartnerGrant,
  PartnerSuspension,
  StaffRole,
} from '../../../protocol';

/** Who acted: a member by the membership, an operator by the operator's own random id. Neither tells the account. */
export type Actor =
  { readonly kind: 'member'; readonly member: string } | { readonly kind: 'operator'; readonly operator: string };

interface StaffPlace {
  readonly role: StaffRole;
  readonly shop: string;
  readonly terminal: string;
}

/** What was done to a partner or its staff: an entry of the log in clear, and of no person. */
export type PartnerDeed =
  | { readonly kind: 'partner_applied'; readonly wanted: readonly Grant[] }
  | { readonly kind: 'partner_approved'; readonly grants: readonly PartnerGrant[] }
  | { readonly kind: 'partner_refused'; readonly reason: ApplicationRefusal }
  | { readonly kind: 'partner_suspended'; readonly reason: PartnerSuspension }
  | { readonly kind: 'partner_resumed' }
  | { readonly kind: 'shop_saved' | 'shop_closed'; readonly shop: string }
  | ({ readonly kind: 'staff_invited'; readonly invitation: string } & StaffPlace)
  | { readonly kind: 'invitation_withdrawn'; readonly invitation: string }
  | ({ readonly kind: 'staff_joined' | 'staff_changed'; readonly member: string } & StaffPlace)
  | { readonly kind: 'staff_removed'; readonly member: string };

/** What was done, where and by whom. */
export type PartnerHappening = PartnerDeed & { readonly partner: string; readonly by: Actor };

/** A deed with its place in the log. */
export interface PartnerAct {
  readonly id: EventId;
  readonly at: Instant;
  readonly happening: PartnerHappening;
}
