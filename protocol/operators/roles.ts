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
  'seeKeys',
  'seeInstitutions',
  'seeMassActs',
  'seeAlarms',
  'closeAlarm',
  'seeAudit',
] as const;
export type OperatorAction = (typeof operatorActions)[number];

const permissions: Readonly<Record<OperatorRole, readonly OperatorAction[]>> = {
  reviewer: ['reviewCases'],
  counter: ['receiveVisitors', 'seeActs'],
  partners: ['decidePartners', 'seeActs', 'seeInstitutions', 'seeAlarms', 'closeAlarm'],
  security: [
    'findCard',
    'holdCard',
    'seeActs',
    'seeFigures',
    'seeKeys',
    'seeInstitutions',
    'seeMassActs',
    'seeAlarms',
    'closeAlarm',
  ],
  auditor: ['seeActs', 'seeFigures', 'seeKeys', 'seeInstitutions', 'seeMassActs', 'seeAlarms', 'seeAudit'],
};

/** Which role may do what. */
export const mayOperate = (role: OperatorRole, action: OperatorAction): boolean => permissions[role].includes(action);

/** Acts on one card, case or partner that no operator does alone: one proposes, another confirms the same within a day. */
export const singleActs = [
  'revoke_card',
  'suspend_partner',
  'resume_partner',
  'raise_tier',
  'vouch_for_case',
  'guardianship_seen',
] as const;
/** Acts on the card of a visitor who stands there, by the visit alone: nobody proposes one by an id that they typed. */
const visitorActs = ['delete_at_counter'] as const;
/** Acts on many cards at once: they are revoked, or queued for a new credential. */
const manyActs = ['revoke_cards', 'renew_cards'] as const;
/** Acts on a partner's server: it is entered, its keys and addresses are changed, it asks no more. */
export const institutionActs = [
  'register_institution',
  'add_institution_key',
  'withdraw_institution_key',
  'move_institution',
  'end_institution',
] as const;
export const criticalActs = [...singleActs, ...visitorActs, ...manyActs, ...institutionActs] as const;
export type CriticalActKind = (typeof criticalActs)[number];
export type SingleActKind = (typeof singleActs)[number];
export type VisitorActKind = (typeof visitorActs)[number];
export type InstitutionActKind = (typeof institutionActs)[number];

/** Whether an act is one on one card, case or partner that is named by its id. */
export const isSingleAct = (kind: CriticalActKind): kind is SingleActKind => singleActs.some((one) => one === kind);

/** Whether an act is one on a partner's server. */
export const isInstitutionAct = (kind: CriticalActKind): kind is InstitutionActKind =>
  institutionActs.some((one) => one === kind);

const actRoles: Readonly<Record<CriticalActKind, readonly OperatorRole[]>> = {
  revoke_card: ['security'],
  suspend_partner: ['partners', 'security'],
  resume_partner: ['partners', 'security'],
  raise_tier: ['counter'],
  vouch_for_case: ['counter'],
  revoke_cards: ['security'],
  renew_cards: ['security'],
  guardianship_seen: ['counter'],
  delete_at_counter: ['counter'],
  register_institution: ['partners', 'security'],
  add_institution_key: ['partners', 'security'],
  withdraw_institution_key: ['partners', 'security'],
  move_institution: ['partners', 'security'],
  end_institution: ['partners', 'security'],
};

/** Which role may propose and confirm which critical act. */
export const mayActCritically = (role: OperatorRole, act: CriticalActKind): boolean => actRoles[act].includes(role);
