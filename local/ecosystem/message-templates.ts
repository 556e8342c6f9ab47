import type { LocalCloudOptions } from '../cloud';

/** The message templates that WeChat's stand-in takes for approved: what is to be told, and a note. */
export const approvedTemplates = {
  'local-card-ends': { title: '证件到期提醒', fields: { thing1: '提醒内容', thing2: '备注' } },
  'local-case-decided': { title: '审核结果通知', fields: { thing1: '审核进度', thing2: '备注' } },
} as const satisfies LocalCloudOptions['messageTemplates'];

const template = (id: keyof typeof approvedTemplates) => ({ id, title: 'thing1', note: 'thing2' });

/** The same, as the functions take them. */
export const messageTemplates = JSON.stringify({
  card_ends: template('local-card-ends'),
  case_decided: template('local-case-decided'),
});
