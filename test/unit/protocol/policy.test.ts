import {
  claimNames,
  criticalActs,
  isSingleAct,
  isTierEnough,
  mayActCritically,
  mayDoForPartner,
  mayManageRole,
  mayOperate,
  operatorActions,
  operatorRoles,
  partnerActions,
  purposeIds,
  purposeTable,
  staffRoles,
  type PurposeId,
} from '../../../protocol';

/** Tier, claims, whether staff look at the person, modes, step-up, days of an institution's consent and lawful basis: as it was decided. */
const decided: Readonly<Record<PurposeId, string>> = {
  'age-check': 'light | age_over_18 | no look | shown bound offline |  | 0 | consent',
  'parcel-pickup': 'light | masked_name masked_number | look | shown bound offline |  | 0 | contract',
  'internet-cafe': 'light | age_over_18 masked_name | look | shown bound |  | 0 | law',
  'exam-entry': 'light | name number | look | bound | face | 0 | contract',
  'train-ticket': 'light | name number | look | bound | fingerprint | 30 | law',
  'hotel-check-in': 'full | name number sex ethnicity birthdate address | look | bound | fingerprint | 0 | law',
  'government-counter': 'full | name number sex birthdate address | look | bound | fingerprint | 90 | law',
  'bank-account-opening':
    'full | name number sex birthdate address document_issuing_authority document_expires_on | look | bound | fingerprint face | 365 | law',
};

const rowOf = (purpose: PurposeId): string => {
  const { tier, claims, look, modes, stepUp, consentDays, lawfulBasis } = purposeTable[purpose];
  const held = [tier, claims.join(' '), look ? 'look' : 'no look', modes.join(' '), stepUp.join(' ')];
  return [...held, String(consentDays), lawfulBasis].join(' | ');
};

/** Which of some things one may do, as a line. */
const allowed = <Thing extends string>(things: readonly Thing[], may: (thing: Thing) => boolean): string =>
  things.filter(may).join(' ');

/** What two operators do about partners' servers. */
const registering =
  'register_institution add_institution_key withdraw_institution_key move_institution end_institution';

describe('the policy', () => {
  it.each(purposeIds)('of %s is what was decided', (purpose) => {
    expect(rowOf(purpose)).toBe(decided[purpose]);
  });

  it('has a name for every purpose, in both languages', () => {
    const names = purposeIds.map((purpose) => purposeTable[purpose].names);
    for (const language of ['zh', 'en'] as const)
      expect(new Set(names.map((name) => name[language]).filter(Boolean)).size).toBe(purposeIds.length);
  });

  it('names each claim of a row once', () => {
    for (const purpose of purposeIds) {
      const { claims } = purposeTable[purpose];
      expect(claimNames.filter((claim) => claims.includes(claim))).toHaveLength(claims.length);
    }
  });

  it('serves light tasks by any card, and critical ones by a full card alone', () => {
    expect(allowed(purposeIds, (purpose) => isTierEnough('full', purpose))).toBe(purposeIds.join(' '));
    expect(allowed(purposeIds, (purpose) => isTierEnough('light', purpose))).toBe(
      'age-check parcel-pickup internet-cafe exam-entry train-ticket',
    );
  });

  it.each([
    ['reviewer', 'reviewCases'],
    ['counter', 'seeActs receiveVisitors'],
    ['partners', 'decidePartners seeActs seeInstitutions seeAlarms closeAlarm'],
    ['security', 'findCard holdCard seeActs seeFigures seeKeys seeInstitutions seeMassActs seeAlarms closeAlarm'],
    ['auditor', 'seeActs seeFigures seeKeys seeInstitutions seeMassActs seeAlarms seeAudit'],
  ] as const)('lets an operator in the role %s do no more than that', (role, actions) => {
    expect(allowed(operatorActions, (action) => mayOperate(role, action))).toBe(actions);
  });

  it.each([
    ['reviewer', ''],
    ['counter', 'raise_tier vouch_for_case guardianship_seen delete_at_counter'],
    ['partners', `suspend_partner resume_partner ${registering}`],
    ['security', `revoke_card suspend_partner resume_partner revoke_cards renew_cards ${registering}`],
    ['auditor', ''],
  ] as const)('has an operator in the role %s propose and confirm no other act than these', (role, acts) => {
    expect(allowed(criticalActs, (act) => mayActCritically(role, act))).toBe(acts);
  });

  it('has every critical act decided by some role, and those told that nobody proposes by one id', () => {
    for (const act of criticalActs) expect(allowed(operatorRoles, (role) => mayActCritically(role, act))).not.toBe('');
    expect(allowed(criticalActs, (act) => !isSingleAct(act))).toBe(
      `delete_at_counter revoke_cards renew_cards ${registering}`,
    );
  });

  it.each([
    [
      'owner',
      'see askForPurposes manageShops manageStaff seeOwnChecks seeAllChecks answerRequests',
      'owner manager clerk',
    ],
    ['manager', 'see manageShops manageStaff seeOwnChecks seeAllChecks answerRequests', 'clerk'],
    ['clerk', 'see seeOwnChecks', ''],
  ] as const)('lets staff in the role %s do no more than that for their business', (role, actions, others) => {
    expect(allowed(partnerActions, (action) => mayDoForPartner(role, action))).toBe(actions);
    expect(allowed(staffRoles, (other) => mayManageRole(role, other))).toBe(others);
  });
});
