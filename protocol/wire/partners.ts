import { contactRoles, partnerCategories, refusalReasons, suspensionReasons } from '../partners/reasons';
import { claimNames } from '../purposes/claims';
import { purposeIds } from '../purposes/purpose-table';
import { partnerId, role, said, terminal } from './partner-parts';
import { hexId, type Typed } from './schema';

const purpose = { type: 'string', enum: purposeIds } as const;
const claims = { type: 'array', minItems: 1, maxItems: 20, items: { type: 'string', enum: claimNames } } as const;
const statedNames = {
  type: 'object',
  additionalProperties: false,
  required: ['zh', 'en'],
  properties: { zh: said(60), en: said(60) },
} as const;

/** A purpose that a partner asks for, with the claims that it needs and why. */
export const WantedPurpose = {
  type: 'object',
  additionalProperties: false,
  required: ['purpose', 'claims', 'why'],
  properties: { purpose, claims, why: said(200) },
} as const;
export type WantedPurpose = Typed<typeof WantedPurpose>;

/** A purpose that a partner is registered for, with the claims that it may be told and how many checks a day. */
export const PartnerGrant = {
  type: 'object',
  additionalProperties: false,
  required: ['purpose', 'claims', 'perDay'],
  properties: { purpose, claims, perDay: { type: 'integer', minimum: 1, maximum: 1_000_000 } },
} as const;
export type PartnerGrant = Typed<typeof PartnerGrant>;

const wanted = { type: 'array', minItems: 1, maxItems: 8, items: WantedPurpose } as const;

/** What a business says of itself. */
export const PartnerDetails = {
  type: 'object',
  additionalProperties: false,
  required: ['names', 'creditCode', 'category', 'address', 'contactRole'],
  properties: {
    names: statedNames,
    /** Unified social credit code (GB 32100-2015). */
    creditCode: { type: 'string', pattern: '^[0-9A-HJ-NPQRTUWXY]{18}$', maxLength: 18 },
    category: { type: 'string', enum: partnerCategories },
    address: said(120),
    contactRole: { type: 'string', enum: contactRoles },
  },
} as const;
export type PartnerDetails = Typed<typeof PartnerDetails>;

/** Applies for a business; sent again by the same account, it amends an application that is not approved yet. */
export const ApplyAsPartnerRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'names', 'creditCode', 'category', 'address', 'contactRole', 'wanted'],
  properties: {
    action: { const: 'applyAsPartner' },
    ...PartnerDetails.properties,
    wanted,
  },
} as const;
export type ApplyAsPartnerRequest = Typed<typeof ApplyAsPartnerRequest>;

/** Asks for other purposes than the partner is registered for: all that it wants to have, those that it has included. */
export const AskForPurposesRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'wanted'],
  properties: { action: { const: 'askForPurposes' }, wanted },
} as const;
export type AskForPurposesRequest = Typed<typeof AskForPurposesRequest>;

export const GetPartnerRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'getPartner' } },
} as const;
export type GetPartnerRequest = Typed<typeof GetPartnerRequest>;

export const PartnerShop = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'names', 'address', 'terminals'],
  properties: {
    id: partnerId,
    names: statedNames,
    address: said(120),
    terminals: { type: 'array', minItems: 1, maxItems: 50, items: terminal },
  },
} as const;
export type PartnerShop = Typed<typeof PartnerShop>;

export const PartnerReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'partner', 'state', 'reason', 'names', 'details', 'member', 'role', 'wanted', 'grants', 'shops'],
  properties: {
    ok: { const: true },
    partner: partnerId,
    state: { type: 'string', enum: ['applied', 'refused', 'active', 'suspended'] },
    /** Why the last application was refused, or the checks are stopped. */
    reason: { anyOf: [{ type: 'string', enum: [...refusalReasons, ...suspensionReasons] }, { type: 'null' }] },
    names: statedNames,
    /** What the application says, for who may amend it; null for everybody else. */
    details: { anyOf: [PartnerDetails, { type: 'null' }] },
    /** The caller's own membership. */
    member: hexId,
    role,
    /** What is asked for and not decided yet, or was refused. */
    wanted: { type: 'array', maxItems: 8, items: WantedPurpose },
    grants: { type: 'array', maxItems: 8, items: PartnerGrant },
    shops: { type: 'array', maxItems: 200, items: PartnerShop },
  },
} as const;
export type PartnerReply = Typed<typeof PartnerReply>;

/** Opens a shop, or changes the one of that id. */
export const SaveShopRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'names', 'address', 'terminals'],
  properties: {
    action: { const: 'saveShop' },
    shop: partnerId,
    names: statedNames,
    address: said(120),
    terminals: { type: 'array', minItems: 1, maxItems: 50, items: terminal },
  },
} as const;
export type SaveShopRequest = Typed<typeof SaveShopRequest>;

export const CloseShopRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'shop'],
  properties: { action: { const: 'closeShop' }, shop: partnerId },
} as const;
export type CloseShopRequest = Typed<typeof CloseShopRequest>;
