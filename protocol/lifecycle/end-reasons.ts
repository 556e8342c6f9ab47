/** What can give the person a valid card again. */
export type Remedy =
  /** Its holder, on the phone. */
  | 'holder'
  /** The holder's face, proofed anew. */
  | 'face'
  /** The face and a newer identity card. */
  | 'new_document'
  /** A guardian's consent again, in an enrolment anew; from 14 on the holder's own. */
  | 'guardian'
  /** An operator, once what it was stopped for is settled. */
  | 'operator'
  | 'nothing';

interface EndReasonRow {
  readonly status: 'suspended' | 'revoked';
  readonly remedy: Remedy;
  /** Who stops a card for it. A revocation by operators takes two of them. */
  readonly by: 'holder' | 'guardian' | 'authority' | 'operator';
}

/** Why a card was stopped, the gravest last: of several, the gravest gives the card its status. */
export const endReasonTable = {
  /** On the phone. */
  by_holder: { status: 'suspended', remedy: 'holder', by: 'holder' },
  /** By the guardian who had consented for a holder under 14. */
  guardian_withdrew: { status: 'suspended', remedy: 'guardian', by: 'guardian' },
  /** By the code on paper: the phone may be in other hands, so a tap on it releases nothing. */
  kill_code: { status: 'suspended', remedy: 'face', by: 'holder' },
  /** The holder told the issuer that the phone is lost. Letting the card go would serve whoever has found it. */
  phone_lost: { status: 'suspended', remedy: 'face', by: 'operator' },
  /** The authority says that the identity card is over, replaced or lost. */
  document_expired: { status: 'suspended', remedy: 'new_document', by: 'authority' },
  document_replaced: { status: 'suspended', remedy: 'new_document', by: 'authority' },
  document_lost: { status: 'suspended', remedy: 'new_document', by: 'authority' },
  /** The issuer looks into something. */
  inquiry: { status: 'suspended', remedy: 'operator', by: 'operator' },
  frozen_by_court: { status: 'suspended', remedy: 'operator', by: 'operator' },
  /** The holder asked the issuer to end it for good; they may have another. */
  ended_by_holder: { status: 'revoked', remedy: 'face', by: 'operator' },
  /** The issuer's key that signed it, or the issuer's own work when it was minted, is trusted no more. */
  issuer_compromised: { status: 'revoked', remedy: 'face', by: 'operator' },
  /** The office that issued the identity card is trusted no more. */
  office_compromised: { status: 'revoked', remedy: 'new_document', by: 'operator' },
  /** The authority gave the person another number. */
  number_changed: { status: 'revoked', remedy: 'nothing', by: 'authority' },
  obtained_by_fraud: { status: 'revoked', remedy: 'nothing', by: 'operator' },
  ended_by_court: { status: 'revoked', remedy: 'nothing', by: 'operator' },
  person_died: { status: 'revoked', remedy: 'nothing', by: 'authority' },
} as const satisfies Record<string, EndReasonRow>;

/** Why a card was stopped. */
export type EndReason = keyof typeof endReasonTable;

type Rows = typeof endReasonTable;
type Matching<Row extends Partial<EndReasonRow>> = {
  [Reason in EndReason]: Rows[Reason] extends Row ? Reason : never;
}[EndReason];
/** Why a card was suspended, which something can undo. */
export type SuspensionReason = Matching<{ status: 'suspended' }>;
/** Why a card was revoked, which nothing undoes: at most the person may have another. */
export type RevocationReason = Matching<{ status: 'revoked' }>;
/** Why one operator suspends a card. */
export type HoldReason = Matching<{ status: 'suspended'; by: 'operator' }>;
/** Why two operators revoke cards. */
export type OperatorRevocation = Matching<{ status: 'revoked'; by: 'operator' }>;

/** All reasons, the gravest last. */
export const endReasons = Object.keys(endReasonTable) as EndReason[]; // eslint-disable-line @typescript-eslint/consistent-type-assertions -- keys of a constant

const isOfOperator = (reason: EndReason): reason is HoldReason | OperatorRevocation =>
  endReasonTable[reason].by === 'operator';

/** Why one operator may suspend a card. */
export const holdReasons = endReasons
  .filter(isOfOperator)
  .filter((reason): reason is HoldReason => endReasonTable[reason].status === 'suspended');
/** Why two operators may revoke cards. */
export const operatorRevocations = endReasons
  .filter(isOfOperator)
  .filter((reason): reason is OperatorRevocation => endReasonTable[reason].status === 'revoked');

/** Whether one reason is graver than another; any is graver than none. */
export const isGraver = (reason: EndReason, than: EndReason | null): boolean =>
  endReasons.indexOf(reason) > (than === null ? -1 : endReasons.indexOf(than));

/**
 * Whether a deletion may forget that a card was stopped for it: what makes up for it is asked of everybody who enrols. That a document
 * was lost, or that somebody looks into something, is written nowhere but on the card.
 */
export const mayBeForgotten = (reason: EndReason): boolean => {
  const { remedy } = endReasonTable[reason];
  return remedy === 'holder' || remedy === 'face' || remedy === 'guardian';
};
