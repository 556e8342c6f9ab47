/** Why a holder reports a partner that looked at the card. */
export const reportReasons = ['asked_too_much', 'not_me', 'refused_unfairly', 'other'] as const;
export type ReportReason = (typeof reportReasons)[number];

/** On what ground a partner keeps what it was told although its holder asks to delete it (PIPL, article 47). */
export const keepingGrounds = ['retention_period', 'legal_dispute', 'cannot_erase'] as const;
export type KeepingGround = (typeof keepingGrounds)[number];

/** What a partner answers to a request to delete: that it did, or on what ground it keeps what it was told. */
export const deletionAnswers = ['deleted', ...keepingGrounds] as const;
export type DeletionAnswer = (typeof deletionAnswers)[number];

/** How long a partner has to answer, in milliseconds: fifteen days. */
export const DELETION_ANSWER_MS = 15 * 24 * 60 * 60 * 1000;
