import { deletionAnswers, reportReasons } from '../rights/reasons';
import { purposeIds } from '../purposes/purpose-table';
import { eventNumber, Names } from './history-parts';
import { hexId, instant } from './schema';

/** Entries of what a holder did about a look at the card, and of what came of it. */
export const rightsEntries = [
  {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'at', 'number', 'kind', 'check', 'partner', 'reason'],
    properties: {
      id: hexId,
      at: instant,
      number: eventNumber,
      /** The holder reported the partner of a look. */
      kind: { const: 'partner_reported' },
      /** Number of the look. */
      check: eventNumber,
      partner: Names,
      reason: { type: 'string', enum: reportReasons },
    },
  },
  {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'at', 'number', 'kind', 'check', 'partner'],
    properties: {
      id: hexId,
      at: instant,
      number: eventNumber,
      /** The holder asked the partner of a check to delete what it was told. */
      kind: { const: 'deletion_asked' },
      check: eventNumber,
      partner: Names,
    },
  },
  {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'at', 'number', 'kind', 'check', 'partner', 'answer'],
    properties: {
      id: hexId,
      at: instant,
      number: eventNumber,
      /** The partner answered; `at` is when the holder was told. */
      kind: { const: 'deletion_answered' },
      check: eventNumber,
      partner: Names,
      answer: { type: 'string', enum: deletionAnswers },
    },
  },
  {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'at', 'number', 'kind', 'check', 'partner', 'purpose'],
    properties: {
      id: hexId,
      at: instant,
      number: eventNumber,
      /** The holder withdrew the consent that the partner may ask after the card. */
      kind: { const: 'consent_withdrawn' },
      /** Number of the check that it was given with. */
      check: eventNumber,
      partner: Names,
      purpose: { type: 'string', enum: purposeIds },
    },
  },
] as const;
