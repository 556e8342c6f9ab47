import type { InstitutionActKind } from './roles';

/** Why a case is refused at review: words that every screen has for a refusal. */
export const reviewReasons = [
  'faces_differ',
  'not_live',
  'fields_disagree',
  'number_check_failed',
  'picture_damaged',
  'document_expired',
] as const;
export type ReviewReason = (typeof reviewReasons)[number];

/** Why the machine left a case to reviewers. How far it was from being sure stays in the service. */
export const reviewCauses = ['portrait_unsure', 'authority_unsure', 'authority_no_photo'] as const;
export type ReviewCause = (typeof reviewCauses)[number];

/** What a picture of a case was handed in as. */
export const pictureKinds = ['front', 'back', 'selfie'] as const;
export type PictureKind = (typeof pictureKinds)[number];

/** Who has accepted a case that takes two reviewers: nobody yet, another one, or who asks. */
export const acceptances = ['none', 'other', 'own'] as const;
export type Acceptance = (typeof acceptances)[number];

/** Why a partner may check again. */
export const resumptionReasons = ['remedied', 'unfounded'] as const;
export type ResumptionReason = (typeof resumptionReasons)[number];

/** Why a card is raised to `full`, or a case vouched for, without the usual steps. */
export const counterReasons = ['person_and_card_seen', 'face_not_possible'] as const;
export type CounterReason = (typeof counterReasons)[number];

/** By what papers operators saw that somebody is a child's guardian. */
export const guardianshipReasons = ['household_register_seen', 'guardianship_paper_seen'] as const;
export type GuardianshipReason = (typeof guardianshipReasons)[number];

/** By what a visitor, who was seen with their physical card, had the card opened that is to be deleted. */
export const deletionReasons = ['number_and_card_seen', 'kill_code_and_card_seen'] as const;
export type DeletionReason = (typeof deletionReasons)[number];

/** Why a partner's server is entered or changed. */
export const institutionReasons = [
  'contract_seen',
  'asked_in_writing',
  'key_exposed',
  'misuse',
  'licence_ended',
] as const;
export type InstitutionReason = (typeof institutionReasons)[number];

/** Which of them serves which act. */
export const institutionActReasons = {
  register_institution: ['contract_seen'],
  add_institution_key: ['asked_in_writing'],
  withdraw_institution_key: ['asked_in_writing', 'key_exposed'],
  move_institution: ['asked_in_writing'],
  end_institution: ['asked_in_writing', 'misuse', 'licence_ended'],
} as const satisfies Record<InstitutionActKind, readonly InstitutionReason[]>;
