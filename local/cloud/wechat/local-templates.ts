import type { Templates } from './messages';

/** The message templates that are approved for the mini-program of this machine: what is to be told, and a note. */
export const localTemplates = {
  'local-card-ends': { title: '证件到期提醒', fields: { thing1: '提醒内容', thing2: '备注' } },
  'local-case-decided': { title: '审核结果通知', fields: { thing1: '审核进度', thing2: '备注' } },
} as const satisfies Templates;
