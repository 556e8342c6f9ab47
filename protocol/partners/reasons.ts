/** Why an application is refused; it can be amended and sent again. */
export const refusalReasons = [
  'details_incomplete',
  'code_unverified',
  'purpose_not_justified',
  'claims_too_wide',
  'other_business',
] as const;
export type ApplicationRefusal = (typeof refusalReasons)[number];

/** Why a partner's checks are stopped. */
export const suspensionReasons = ['unusual_rate', 'misuse', 'complaints', 'licence_ended', 'court_order'] as const;
export type PartnerSuspension = (typeof suspensionReasons)[number];

/** Kinds of business. */
export const partnerCategories = [
  'parcel',
  'internet-cafe',
  'hotel',
  'transport',
  'education',
  'finance',
  'government',
  'retail',
  'other',
] as const;
export type PartnerCategory = (typeof partnerCategories)[number];

/** What the person who applies is to the business. */
export const contactRoles = ['legal-representative', 'manager', 'compliance'] as const;
export type ContactRole = (typeof contactRoles)[number];
