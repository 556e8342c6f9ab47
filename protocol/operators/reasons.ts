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

/** Why a card is stopped or ended by the service. */
export const cardReasons = ['lost_or_stolen', 'fraud', 'source_ended', 'holder_asked', 'court_order'] as const;
export type CardReason = (typeof cardReasons)[number];

/** Why a partner may check again. */
export const resumptionReasons = ['remedied', 'unfounded'] as const;
export type ResumptionReason = (typeof resumptionReasons)[number];

/** Why a card is raised to `full`, or a case vouched for, without the usual steps. */
export const counterReasons = ['person_and_card_seen', 'face_not_possible'] as const;
export type CounterReason = (typeof counterReasons)[number];
