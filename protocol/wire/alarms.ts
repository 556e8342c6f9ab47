import { purposeIds } from '../purposes/purpose-table';
import { reportReasons } from '../rights/reasons';
import { Names } from './history-parts';
import { partnerId } from './partner-parts';
import { hexId, instant, type Typed } from './schema';

export const ListAlarmsRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'listAlarms' } },
} as const;
export type ListAlarmsRequest = Typed<typeof ListAlarmsRequest>;

/** As the business is known; null where it is registered no more. */
const knownAs = { anyOf: [Names, { type: 'null' }] } as const;

/** An unusual rate of a partner's checks, or a used quota. */
const RateAlarm = {
  type: 'object',
  additionalProperties: false,
  required: ['alarm', 'kind', 'partner', 'names', 'purpose', 'count', 'at'],
  properties: {
    alarm: hexId,
    kind: { type: 'string', enum: ['over_quota', 'unusual_rate'] },
    partner: partnerId,
    names: knownAs,
    purpose: { type: 'string', enum: purposeIds },
    count: { type: 'integer', minimum: 0, maximum: 1_000_000_000 },
    at: instant,
  },
} as const;

/** A holder's report of a partner. */
const ReportAlarm = {
  type: 'object',
  additionalProperties: false,
  required: ['alarm', 'kind', 'partner', 'names', 'purpose', 'reason', 'at'],
  properties: {
    alarm: hexId,
    kind: { const: 'partner_reported' },
    partner: partnerId,
    names: knownAs,
    purpose: { type: 'string', enum: purposeIds },
    reason: { type: 'string', enum: reportReasons },
    at: instant,
  },
} as const;

/** So many faces are stored that they must be reported to the authority, or soon must be. */
const FacesAlarm = {
  type: 'object',
  additionalProperties: false,
  required: ['alarm', 'kind', 'level', 'count', 'at'],
  properties: {
    alarm: hexId,
    kind: { const: 'stored_faces' },
    level: { type: 'string', enum: ['near', 'reached'] },
    count: { type: 'integer', minimum: 0, maximum: 2_000_000_000 },
    at: instant,
  },
} as const;

export const ListAlarmsReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'alarms'],
  properties: {
    ok: { const: true },
    alarms: { type: 'array', maxItems: 50, items: { anyOf: [RateAlarm, ReportAlarm, FacesAlarm] } },
  },
} as const;
export type ListAlarmsReply = Typed<typeof ListAlarmsReply>;

/** Closes an alarm that was looked at. */
export const CloseAlarmRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'alarm'],
  properties: { action: { const: 'closeAlarm' }, alarm: hexId },
} as const;
export type CloseAlarmRequest = Typed<typeof CloseAlarmRequest>;
