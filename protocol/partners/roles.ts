/** Roles of a partner's staff, the highest first. */
export const staffRoles = ['owner', 'manager', 'clerk'] as const;

/** What a member of staff may do for the partner: an owner everything, a manager shops and clerks, a clerk checks. */
export type StaffRole = (typeof staffRoles)[number];

/** Everything that a member of staff can do beyond checking a card. */
export const partnerActions = [
  'see',
  'askForPurposes',
  'manageShops',
  'manageStaff',
  'seeOwnChecks',
  'seeAllChecks',
  'answerRequests',
] as const;
export type PartnerAction = (typeof partnerActions)[number];

const partnerPermissions: Readonly<Record<StaffRole, readonly PartnerAction[]>> = {
  owner: partnerActions,
  manager: ['see', 'manageShops', 'manageStaff', 'seeOwnChecks', 'seeAllChecks', 'answerRequests'],
  clerk: ['see', 'seeOwnChecks'],
};

/** Who may do what for a partner. */
export const mayDoForPartner = (role: StaffRole, action: PartnerAction): boolean =>
  partnerPermissions[role].includes(action);

/** Whether someone in one role may make, change or remove a member in the other: an owner anyone, others only those below them. */
export const mayManageRole = (role: StaffRole, other: StaffRole): boolean =>
  mayDoForPartner(role, 'manageStaff') && (role === 'owner' || staffRoles.indexOf(role) < staffRoles.indexOf(other));
