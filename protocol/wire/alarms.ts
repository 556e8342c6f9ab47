import { purposeIds } from '../purposes/purpose-table';
import { partnerId } from './partner-parts';
import { hexId, instant, type Typed } from './schema';

export const ListAlarmsRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'listAlarms' } },
} as const;
export type ListAlarmsRequest = Typed<typeof ListAlarmsRequest>;

export const ListAlarmsReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'alarms'],
  properties: {
    ok: { const: true },
    alarms: {
      type: 'array',
      maxItems: 50,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['alarm', 'kind', 'partner', 'purpose', 'count', 'at'],
        properties: {
          alarm: hexId,
          kind: { type: 'string', enum: ['over_quota', 'unusual_rate'] },
          partner: partnerId,
          purpose: { type: 'string', enum: purposeIds },
          count: { type: 'integer', minimum: 0, maximum: 1_000_000_000 },
          at: instant,
        },
      },
    },
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
