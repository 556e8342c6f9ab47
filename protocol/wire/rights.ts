import { claimNames } from '../purposes/claims';
import { purposeIds } from '../purposes/purpose-table';
import { deletionAnswers, reportReasons } from '../rights/reasons';
import { ConsentStanding } from './consents';
import { eventNumber } from './history-parts';
import { hexId, instant, receipt, type Typed } from './schema';

const position = {
  type: 'object',
  additionalProperties: false,
  required: ['at', 'id'],
  properties: { at: instant, id: hexId },
} as const;

/** What a holder did about a look at the card, and what became of it. */
export const LookStanding = {
  type: 'object',
  additionalProperties: false,
  required: ['isReported', 'deletion', 'mayAskDeletion', 'consent'],
  properties: {
    isReported: { type: 'boolean' },
    /** Whether the partner was told anything that it could delete, and was not asked yet. */
    mayAskDeletion: { type: 'boolean' },
    /** That the partner may ask after the card; null where that was not consented to. */
    consent: { anyOf: [ConsentStanding, { type: 'null' }] },
    /** Null where nothing was asked. */
    deletion: {
      anyOf: [
        {
          type: 'object',
          additionalProperties: false,
          required: ['askedAt', 'dueAt', 'isOverdue', 'answered'],
          properties: {
            askedAt: instant,
            dueAt: instant,
            isOverdue: { type: 'boolean' },
            answered: {
              anyOf: [
                {
                  type: 'object',
                  additionalProperties: false,
                  required: ['at', 'answer'],
                  properties: { at: instant, answer: { type: 'string', enum: deletionAnswers } },
                },
                { type: 'null' },
              ],
            },
          },
        },
        { type: 'null' },
      ],
    },
  },
} as const;
export type LookStanding = Typed<typeof LookStanding>;

/** Reports the partner of a look to the operators; again for the same look is once. */
export const ReportPartnerRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'number', 'reason'],
  properties: {
    action: { const: 'reportPartner' },
    number: eventNumber,
    reason: { type: 'string', enum: reportReasons },
  },
} as const;
export type ReportPartnerRequest = Typed<typeof ReportPartnerRequest>;

/** Asks the partner of a look to delete what it was told; again for the same look is once. */
export const AskDeletionRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'number'],
  properties: { action: { const: 'askDeletion' }, number: eventNumber },
} as const;
export type AskDeletionRequest = Typed<typeof AskDeletionRequest>;

export const StandingReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'standing'],
  properties: { ok: { const: true }, standing: LookStanding },
} as const;
export type StandingReply = Typed<typeof StandingReply>;

/** The requests of holders to a partner: open ones with the oldest first, answered ones with the newest first. */
export const ListDeletionRequestsRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'state'],
  properties: {
    action: { const: 'listDeletionRequests' },
    state: { type: 'string', enum: ['open', 'answered'] },
    /** The `next` of the page before. */
    after: position,
  },
} as const;
export type ListDeletionRequestsRequest = Typed<typeof ListDeletionRequestsRequest>;

/** A request as its partner sees it: which check it is about, by what the partner itself has of it, and nobody's name. */
export const AskedDeletion = {
  type: 'object',
  additionalProperties: false,
  required: [
    'request',
    'check',
    'checkedAt',
    'shop',
    'terminal',
    'purpose',
    'claims',
    'receipt',
    'askedAt',
    'dueAt',
    'isOverdue',
    'answered',
  ],
  properties: {
    request: hexId,
    /** Id of the check, as the partner's own list and its receipt have it. */
    check: hexId,
    checkedAt: instant,
    shop: { type: 'string', minLength: 1, maxLength: 40 },
    terminal: { type: 'string', minLength: 1, maxLength: 40 },
    purpose: { type: 'string', enum: purposeIds },
    claims: { type: 'array', maxItems: 20, items: { type: 'string', enum: claimNames } },
    /** Null of a pass. */
    receipt: { anyOf: [receipt, { type: 'null' }] },
    askedAt: instant,
    dueAt: instant,
    isOverdue: { type: 'boolean' },
    answered: {
      anyOf: [
        {
          type: 'object',
          additionalProperties: false,
          required: ['at', 'answer'],
          properties: { at: instant, answer: { type: 'string', enum: deletionAnswers } },
        },
        { type: 'null' },
      ],
    },
  },
} as const;
export type AskedDeletion = Typed<typeof AskedDeletion>;

export const ListDeletionRequestsReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'requests', 'next'],
  properties: {
    ok: { const: true },
    requests: { type: 'array', maxItems: 20, items: AskedDeletion },
    next: { anyOf: [position, { type: 'null' }] },
  },
} as const;
export type ListDeletionRequestsReply = Typed<typeof ListDeletionRequestsReply>;

/** Answers a request, once. */
export const AnswerDeletionRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'request', 'answer'],
  properties: {
    action: { const: 'answerDeletionRequest' },
    request: hexId,
    answer: { type: 'string', enum: deletionAnswers },
  },
} as const;
export type AnswerDeletionRequest = Typed<typeof AnswerDeletionRequest>;
