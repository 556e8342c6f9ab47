/** What can make a card valid again that was stopped. */
export type Remedy =
  /** Its holder, on the phone. */
  | 'holder'
  /** Its holder's face, proofed anew. */
  | 'face'
  /** The face and a newer identity card. */
  | 'new_document'
  /** An operator who sees the person. */
  | 'counter'
  | 'nothing';

interface EndReasonRow {
  readonly status: 'suspended' | 'revoked';
  readonly remedy: Remedy;
}

/** Why a card was stopped, the gravest last: a graver reason takes the place of a lighter one, never the other way round. */
export const endReasonTable = {
  /** By its holder, on the phone. */
  by_holder: { status: 'suspended', remedy: 'holder' },
  /** By the code on paper: the phone may be in other hands, so a tap on it releases nothing. */
  kill_code: { status: 'suspended', remedy: 'face' },
  /** The authority says that the identity card is over, replaced or lost. */
  document_expired: { status: 'suspended', remedy: 'new_document' },
  document_replaced: { status: 'suspended', remedy: 'new_document' },
  document_lost: { status: 'suspended', remedy: 'new_document' },
  /** By the issuer, who looks into something. */
  inquiry: { status: 'suspended', remedy: 'counter' },
  /** The issuer's key or office that made it is trusted no more. */
  issuer_compromised: { status: 'revoked', remedy: 'nothing' },
  /** The authority gave the person another number. */
  number_changed: { status: 'revoked', remedy: 'nothing' },
  obtained_by_fraud: { status: 'revoked', remedy: 'nothing' },
  person_died: { status: 'revoked', remedy: 'nothing' },
} as const satisfies Record<string, EndReasonRow>;

/** Why a card was stopped. */
export type EndReason = keyof typeof endReasonTable;

type WithStatus<Status> = {
  [Reason in EndReason]: (typeof endReasonTable)[Reason]['status'] extends Status ? Reason : never;
}[EndReason];
/** Why a card was suspended, which something can undo. */
export type SuspensionReason = WithStatus<'suspended'>;
/** Why a card was revoked, which nothing undoes. */
export type RevocationReason = WithStatus<'revoked'>;

/** All reasons, the gravest last. */
export const endReasons = Object.keys(endReasonTable) as EndReason[]; // eslint-disable-line @typescript-eslint/consistent-type-assertions -- keys of a constant

/** Whether one reason is graver than another; any is graver than none. */
export const isGraver = (reason: EndReason, than: EndReason | null): boolean =>
  endReasons.indexOf(reason) > (than === null ? -1 : endReasons.indexOf(than));
