import type { localTemplates } from '../cloud/wechat/local-templates';

const template = (id: keyof typeof localTemplates) => ({ id, title: 'thing1', note: 'thing2' });

/** The templates that WeChat's stand-in knows, as the functions take them. */
export const messageTemplates = JSON.stringify({
  card_ends: template('local-card-ends'),
  case_decided: template('local-case-decided'),
});
