import { Names } from './history';
import { partnerId, role, terminal } from './partner-parts';
import { handle, hexId, instant, type Typed } from './schema';

/** Invites a colleague: whoever has the token may take the place, once, within 72 hours. */
export const InviteStaffRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'role', 'shop', 'terminal'],
  properties: { action: { const: 'inviteStaff' }, role, shop: partnerId, terminal },
} as const;
export type InviteStaffRequest = Typed<typeof InviteStaffRequest>;

export const InviteStaffReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'token', 'invitation', 'expiresAt'],
  properties: { ok: { const: true }, token: handle, invitation: hexId, expiresAt: instant },
} as const;
export type InviteStaffReply = Typed<typeof InviteStaffReply>;

export const WithdrawInvitationRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'invitation'],
  properties: { action: { const: 'withdrawInvitation' }, invitation: hexId },
} as const;
export type WithdrawInvitationRequest = Typed<typeof WithdrawInvitationRequest>;

/** Asks who invites, and to what: whoever accepts has read it. */
export const ReadInvitationRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'token'],
  properties: { action: { const: 'readInvitation' }, token: handle },
} as const;
export type ReadInvitationRequest = Typed<typeof ReadInvitationRequest>;

export const ReadInvitationReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'partner', 'role', 'shop', 'terminal', 'expiresAt'],
  properties: { ok: { const: true }, partner: Names, role, shop: Names, terminal, expiresAt: instant },
} as const;
export type ReadInvitationReply = Typed<typeof ReadInvitationReply>;

export const AcceptInvitationRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'token'],
  properties: { action: { const: 'acceptInvitation' }, token: handle },
} as const;
export type AcceptInvitationRequest = Typed<typeof AcceptInvitationRequest>;

export const ListStaffRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'listStaff' } },
} as const;
export type ListStaffRequest = Typed<typeof ListStaffRequest>;

/** A member of staff, by the id of the membership: the account behind it is nobody's business. */
export const StaffMember = {
  type: 'object',
  additionalProperties: false,
  required: ['member', 'role', 'shop', 'terminal', 'joinedAt', 'isSelf'],
  properties: {
    member: hexId,
    role,
    /** Null for an owner who works at no terminal. */
    shop: { anyOf: [partnerId, { type: 'null' }] },
    terminal: { anyOf: [terminal, { type: 'null' }] },
    joinedAt: instant,
    isSelf: { type: 'boolean' },
  },
} as const;
export type StaffMember = Typed<typeof StaffMember>;

export const ListStaffReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'staff', 'invitations'],
  properties: {
    ok: { const: true },
    staff: { type: 'array', maxItems: 500, items: StaffMember },
    invitations: {
      type: 'array',
      maxItems: 500,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['invitation', 'role', 'shop', 'terminal', 'expiresAt'],
        properties: { invitation: hexId, role, shop: partnerId, terminal, expiresAt: instant },
      },
    },
  },
} as const;
export type ListStaffReply = Typed<typeof ListStaffReply>;

/** Gives a member another role or place. */
export const ChangeStaffRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'member', 'role', 'shop', 'terminal'],
  properties: { action: { const: 'changeStaff' }, member: hexId, role, shop: partnerId, terminal },
} as const;
export type ChangeStaffRequest = Typed<typeof ChangeStaffRequest>;

/** Ends a membership; anyone may end their own. */
export const RemoveStaffRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'member'],
  properties: { action: { const: 'removeStaff' }, member: hexId },
} as const;
export type RemoveStaffRequest = Typed<typeof RemoveStaffRequest>;

/** What is said where there is nothing to tell but that it was done. */
export const DoneReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok'],
  properties: { ok: { const: true } },
} as const;
export type DoneReply = Typed<typeof DoneReply>;
