import { codeFaults } from '../code/code-fault';
import { operatorRoles } from '../operators/roles';
import { claimNames } from '../purposes/claims';
import { checkModes, purposeIds } from '../purposes/purpose-table';
import { endReasons } from '../lifecycle/end-reasons';
import { eventNumber, Names } from './history-parts';
import { rightsEntries } from './history-rights';
import { hexId, instant, receipt, type Typed } from './schema';

export { eventNumber, Names } from './history-parts';

/** What staff said after comparing the portrait with the person. */
export const looks = ['same', 'unsure', 'different'] as const;
export type Look = (typeof looks)[number];

/** The holder's own history, newest first. `before` is the `next` of the page before; without it, the newest page. */
export const ListHistoryRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'listHistory' }, before: eventNumber },
} as const;
export type ListHistoryRequest = Typed<typeof ListHistoryRequest>;

/** How a card came to be: new, made anew on the phone that had it, or on another, which ended it on the one before. */
export const mintingHappenings = ['card_minted', 'card_renewed', 'card_moved'] as const;
export type MintingHappening = (typeof mintingHappenings)[number];

/** What happened and needs no more words than its name. */
export const plainHappenings = [
  'card_suspended',
  'card_resumed',
  /** From light to full, at a counter. */
  'tier_raised',
  'kill_code_made',
  'data_exported',
  /** Given a new credential in place of one whose key signs no more. */
  'credential_renewed',
  'fingerprint_renewed',
  'face_template_deleted',
] as const;
export type PlainHappening = (typeof plainHappenings)[number];

export const guardianHappenings = ['guardian_consented', 'guardian_withdrew'] as const;
export type GuardianHappening = (typeof guardianHappenings)[number];

const terminal = { type: 'string', minLength: 1, maxLength: 40 } as const;
const purpose = { type: 'string', enum: purposeIds } as const;

/** One thing that happened to the card. */
export const HistoryEntry = {
  anyOf: [
    {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'at', 'number', 'kind', 'child'],
      properties: {
        id: hexId,
        at: instant,
        number: eventNumber,
        /** A guardian consented that a child under 14 has a card, or took it back. */
        kind: { type: 'string', enum: guardianHappenings },
        /** In the guardian's history, the child's masked name; null in the child's own. */
        child: { anyOf: [{ type: 'string', minLength: 1, maxLength: 40 }, { type: 'null' }] },
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'at', 'number', 'kind', 'role'],
      properties: {
        id: hexId,
        at: instant,
        number: eventNumber,
        /** An operator looked the card up, or read of its holder in a case. */
        kind: { const: 'card_looked_up' },
        role: { type: 'string', enum: operatorRoles },
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'at', 'number', 'kind'],
      properties: {
        id: hexId,
        at: instant,
        number: eventNumber,
        kind: { type: 'string', enum: plainHappenings },
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'at', 'number', 'kind', 'reason'],
      properties: {
        id: hexId,
        at: instant,
        number: eventNumber,
        /** Not by a tap of the holder's on the phone. */
        kind: { const: 'card_stopped' },
        reason: { type: 'string', enum: endReasons },
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'at', 'number', 'kind', 'reasons'],
      properties: {
        id: hexId,
        at: instant,
        number: eventNumber,
        /** An operator lifted what an operator had stopped it for. */
        kind: { const: 'card_released' },
        reasons: {
          type: 'array',
          minItems: 1,
          maxItems: endReasons.length,
          items: { type: 'string', enum: endReasons },
        },
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'at', 'number', 'kind', 'fingerprint', 'faceTemplate'],
      properties: {
        id: hexId,
        at: instant,
        number: eventNumber,
        kind: { type: 'string', enum: mintingHappenings },
        fingerprint: { type: 'string', enum: ['bound', 'skipped'] },
        faceTemplate: { type: 'string', enum: ['kept', 'none'] },
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'at', 'number', 'kind', 'outcome'],
      properties: {
        id: hexId,
        at: instant,
        number: eventNumber,
        /** A selfie was compared with the holder's face for a step-up, and destroyed. */
        kind: { const: 'face_checked' },
        outcome: { type: 'string', enum: ['same', 'refused'] },
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'at', 'number', 'kind', 'files', 'destroyedAt'],
      properties: {
        id: hexId,
        at: instant,
        number: eventNumber,
        kind: { const: 'evidence_destroyed' },
        files: { type: 'integer', minimum: 1, maximum: 100 },
        destroyedAt: instant,
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: [
        'id',
        'at',
        'number',
        'kind',
        'purpose',
        'mode',
        'claims',
        'stepUp',
        'partner',
        'terminal',
        'look',
        'receipt',
      ],
      properties: {
        id: hexId,
        at: instant,
        number: eventNumber,
        kind: { const: 'card_checked' },
        purpose,
        mode: { type: 'string', enum: checkModes },
        claims: { type: 'array', maxItems: 20, items: { type: 'string', enum: claimNames } },
        stepUp: { type: 'array', maxItems: 2, items: { type: 'string', enum: ['fingerprint', 'face'] } },
        partner: Names,
        terminal,
        /** The same as the partner was given. */
        receipt,
        /** Null while staff have not said. */
        look: { anyOf: [{ type: 'string', enum: looks }, { type: 'null' }] },
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'at', 'number', 'kind', 'count', 'expiresAt'],
      properties: {
        id: hexId,
        at: instant,
        number: eventNumber,
        kind: { const: 'passes_issued' },
        count: { type: 'integer', minimum: 1, maximum: 10 },
        expiresAt: instant,
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'at', 'number', 'kind', 'purpose', 'claims', 'partner', 'terminal', 'acceptedAt'],
      properties: {
        id: hexId,
        at: instant,
        number: eventNumber,
        /** A pass that was accepted without a network. `at` is when the service heard of it. */
        kind: { const: 'pass_used' },
        purpose,
        claims: { type: 'array', maxItems: 20, items: { type: 'string', enum: claimNames } },
        partner: Names,
        terminal,
        acceptedAt: instant,
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'at', 'number', 'kind', 'purpose', 'partner', 'terminal', 'acceptedAt'],
      properties: {
        id: hexId,
        at: instant,
        number: eventNumber,
        /** A pass that was accepted before, and here again: somebody copied it, or a terminal accepted it twice. */
        kind: { const: 'pass_used_twice' },
        purpose,
        partner: Names,
        terminal,
        acceptedAt: instant,
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'at', 'number', 'kind', 'purpose', 'reason', 'partner', 'terminal'],
      properties: {
        id: hexId,
        at: instant,
        number: eventNumber,
        /** A genuine code of this card that was not accepted. */
        kind: { const: 'check_refused' },
        purpose,
        reason: { type: 'string', enum: codeFaults },
        partner: Names,
        terminal,
      },
    },
    ...rightsEntries,
    {
      type: 'object',
      additionalProperties: false,
      required: ['number', 'kind'],
      /** An event that was made and is not stored any more: somebody removed it. */
      properties: { number: eventNumber, kind: { const: 'entry_missing' } },
    },
  ],
} as const;
export type HistoryEntry = Typed<typeof HistoryEntry>;

export const ListHistoryReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'entries', 'next'],
  properties: {
    ok: { const: true },
    entries: { type: 'array', maxItems: 20, items: HistoryEntry },
    /** What to ask for next; null where nothing is older. */
    next: { anyOf: [eventNumber, { type: 'null' }] },
  },
} as const;
export type ListHistoryReply = Typed<typeof ListHistoryReply>;
