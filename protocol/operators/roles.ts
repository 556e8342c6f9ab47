/** What an operator of the issuer is for; each has one role. */
export const operatorRoles = ['reviewer', 'counter', 'partners', 'security', 'auditor'] as const;
export type OperatorRole = (typeof operatorRoles)[number];

/** Everything that an operator can do. */
export const operatorActions = [
  'reviewCases',
  'decidePartners',
  'findCard',
  'holdCard',
  'seeActs',
  'receiveVisitors',
  'seeFigures',
  'seeAlarms',
  'closeAlarm',
  'seeAudit',
] as const;
export type OperatorAction = (typeof operatorActions)[number];

const permissions: Readonly<Record<OperatorRole, readonly OperatorAction[]>> = {
  reviewer: ['reviewCases'],
  counter: ['receiveVisitors', 'seeActs'],
  partners: ['decidePartners', 'seeActs', 'seeAlarms', 'closeAlarm'],
  security: ['findCard', 'holdCard', 'seeActs', 'seeFigures', 'seeAlarms', 'closeAlarm'],
  auditor: ['seeActs', 'seeFigures', 'seeAlarms', 'seeAudit'],
};

/** Which role may do what. */
export const mayOperate = (role: OperatorRole, action: OperatorAction): boolean => permissions[role].includes(action);

/** Acts that no operator does alone: one proposes, another confirms the same within a day. */
export const criticalActs = [
  'revoke_card',
  'suspend_partner',
  'resume_partner',
  'raise_tier',
  'vouch_for_case',
] as const;
export type CriticalActKind = (typeof criticalActs)[number];

const actRoles: Readonly<Record<CriticalActKind, readonly OperatorRole[]>> = {
  revoke_card: ['security'],
  suspend_partner: ['partners', 'security'],
  resume_partner: ['partners', 'security'],
  raise_tier: ['counter'],
  vouch_for_case: ['counter'],
};

/** Which role may propose and confirm which critical act. */
export const mayActCritically = (role: OperatorRole, act: CriticalActKind): boolean => actRoles[act].includes(role);
