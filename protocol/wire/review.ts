import { acceptances, pictureKinds, reviewCauses, reviewReasons } from '../operators/reasons';
import { refusalReasons } from '../partners/reasons';
import { DocumentFields } from './enrolment';
import { guardianSteps } from './guardian';
import { PartnerGrant, PartnerDetails, WantedPurpose } from './partners';
import { partnerId } from './partner-parts';
import { handle, hexId, instant, type Typed } from './schema';

/** Lists what waits for the caller's role: cases for a reviewer, applications for who registers partners. */
export const ListTasksRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'listTasks' } },
} as const;
export type ListTasksRequest = Typed<typeof ListTasksRequest>;

export const ListTasksReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'cases', 'applications'],
  properties: {
    ok: { const: true },
    cases: {
      type: 'array',
      maxItems: 50,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['case', 'since', 'isAppeal', 'accepted'],
        properties: {
          case: hexId,
          since: instant,
          isAppeal: { type: 'boolean' },
          /** Accepted by the caller, it waits for another reviewer. */
          accepted: { type: 'string', enum: acceptances },
        },
      },
    },
    applications: {
      type: 'array',
      maxItems: 50,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['partner', 'names', 'since', 'isRegistered'],
        properties: {
          partner: partnerId,
          names: PartnerDetails.properties.names,
          since: instant,
          isRegistered: { type: 'boolean' },
        },
      },
    },
  },
} as const;
export type ListTasksReply = Typed<typeof ListTasksReply>;

export const OpenCaseRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'case'],
  properties: { action: { const: 'openCase' }, case: hexId },
} as const;
export type OpenCaseRequest = Typed<typeof OpenCaseRequest>;

/** A case as its reviewer sees it; the pictures are opened one by one. */
export const OpenCaseReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'causes', 'fields', 'portrait', 'pictures', 'accepted', 'firstReason'],
  properties: {
    ok: { const: true },
    causes: { type: 'array', minItems: 1, maxItems: 3, items: { type: 'string', enum: reviewCauses } },
    fields: DocumentFields,
    /** The document's portrait: a JPEG as base64. */
    portrait: { type: 'string', pattern: '^[A-Za-z0-9+/]+={0,2}$', maxLength: 24000 },
    /** What each was handed in as, in the order in which they are opened. */
    pictures: { type: 'array', maxItems: 20, items: { type: 'string', enum: pictureKinds } },
    accepted: { type: 'string', enum: acceptances },
    /** Of an appeal, why the first reviewer refused. */
    firstReason: { anyOf: [{ type: 'string', enum: reviewReasons }, { type: 'null' }] },
  },
} as const;
export type OpenCaseReply = Typed<typeof OpenCaseReply>;

/** Opens one picture of a case, in parts that fit a reply. */
export const OpenPictureRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'case', 'picture', 'part'],
  properties: {
    action: { const: 'openPicture' },
    case: hexId,
    picture: { type: 'integer', minimum: 0, maximum: 19 },
    part: { type: 'integer', minimum: 0, maximum: 3 },
  },
} as const;
export type OpenPictureRequest = Typed<typeof OpenPictureRequest>;

export const OpenPictureReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'bytes', 'parts'],
  properties: {
    ok: { const: true },
    bytes: { type: 'string', pattern: '^[A-Za-z0-9+/]*={0,2}$', maxLength: 4_000_000 },
    parts: { type: 'integer', minimum: 1, maximum: 4 },
  },
} as const;
export type OpenPictureReply = Typed<typeof OpenPictureReply>;

export const AcceptCaseRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'case'],
  properties: { action: { const: 'acceptCase' }, case: hexId },
} as const;
export type AcceptCaseRequest = Typed<typeof AcceptCaseRequest>;

/** The first of two acceptances decides nothing yet. */
export const AcceptCaseReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'isDecided'],
  properties: { ok: { const: true }, isDecided: { type: 'boolean' } },
} as const;
export type AcceptCaseReply = Typed<typeof AcceptCaseReply>;

export const RefuseCaseRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'case', 'reason'],
  properties: { action: { const: 'refuseCase' }, case: hexId, reason: { type: 'string', enum: reviewReasons } },
} as const;
export type RefuseCaseRequest = Typed<typeof RefuseCaseRequest>;

/** The holder asks what became of a case that went to review. */
export const FollowCaseRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'caseId'],
  properties: { action: { const: 'followCase' }, caseId: hexId },
} as const;
export type FollowCaseRequest = Typed<typeof FollowCaseRequest>;

export const FollowCaseReply = {
  anyOf: [
    {
      type: 'object',
      additionalProperties: false,
      required: ['ok', 'state'],
      properties: { ok: { const: true }, state: { const: 'over' } },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['ok', 'state', 'isRead', 'until'],
      /** Nobody has decided yet: with the document read it can go on at a counter, until then. */
      properties: {
        ok: { const: true },
        state: { const: 'open' },
        isRead: { type: 'boolean' },
        until: instant,
        /** Of a child under 14 whose document was read: how far the guardian's consent has come. */
        guardian: { type: 'string', enum: guardianSteps },
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['ok', 'state', 'isAppeal'],
      /** Persons look at it: for an appeal others, whose word is final. */
      properties: { ok: { const: true }, state: { const: 'inReview' }, isAppeal: { type: 'boolean' } },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['ok', 'state', 'nonce', 'until'],
      /** Accepted: the phone's new key signs the nonce, until then. */
      properties: { ok: { const: true }, state: { const: 'matched' }, nonce: handle, until: instant },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['ok', 'state', 'reason', 'appealUntil'],
      properties: {
        ok: { const: true },
        state: { const: 'refused' },
        reason: { type: 'string', enum: reviewReasons },
        /** Null where the word is final. */
        appealUntil: { anyOf: [instant, { type: 'null' }] },
      },
    },
  ],
} as const;
export type FollowCaseReply = Typed<typeof FollowCaseReply>;

/** Asks for other reviewers, once. */
export const AppealCaseRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'caseId'],
  properties: { action: { const: 'appealCase' }, caseId: hexId },
} as const;
export type AppealCaseRequest = Typed<typeof AppealCaseRequest>;

export const OpenApplicationRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'partner'],
  properties: { action: { const: 'openApplication' }, partner: partnerId },
} as const;
export type OpenApplicationRequest = Typed<typeof OpenApplicationRequest>;

export const OpenApplicationReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'askedAt', 'details', 'wanted', 'grants'],
  properties: {
    ok: { const: true },
    /** When it was sent, or last amended: no two versions of one partner's have the same. */
    askedAt: instant,
    details: PartnerDetails,
    wanted: { type: 'array', maxItems: 8, items: WantedPurpose },
    grants: { type: 'array', maxItems: 8, items: PartnerGrant },
  },
} as const;
export type OpenApplicationReply = Typed<typeof OpenApplicationReply>;

export const ApprovePartnerRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'partner', 'askedAt', 'grants'],
  properties: {
    action: { const: 'approvePartner' },
    partner: partnerId,
    /** Of the application as the operator read it: what was amended since is not what they approve. */
    askedAt: instant,
    grants: { type: 'array', minItems: 1, maxItems: 8, items: PartnerGrant },
  },
} as const;
export type ApprovePartnerRequest = Typed<typeof ApprovePartnerRequest>;

export const RefusePartnerRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'partner', 'reason'],
  properties: {
    action: { const: 'refusePartner' },
    partner: partnerId,
    reason: { type: 'string', enum: refusalReasons },
  },
} as const;
export type RefusePartnerRequest = Typed<typeof RefusePartnerRequest>;
