import type {
  AccountKey,
  CaseId,
  CardId,
  DocumentFields,
  ErrorCode,
  FileId,
  IdentityKey,
  Instant,
  PictureKind,
  ReviewCause,
  ReviewReason,
} from '../../../protocol';
import type { GuardianConsent } from '../guardian/guardian';
import type { OperatorAct } from '../operators/operator-act';
import type { Portrait } from '../proofing/ports';
import type { BoundFingerprint, FaceTemplate } from '../step-up/step-up-state';

/** What the document gave: kept sealed, and only until the case ends. */
export interface ProofedDocument {
  readonly fields: DocumentFields;
  readonly portrait: Portrait;
}

/** An uploaded picture, and what it was handed in as. */
export interface Evidence {
  readonly file: FileId;
  readonly shows: PictureKind;
}

interface CaseBase {
  readonly id: CaseId;
  readonly account: AccountKey;
  /** Grows with every write; each write names the revision that it follows. */
  readonly revision: number;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly consents: readonly { readonly subject: 'document' | 'face' | 'faceTemplate'; readonly text: string }[];
  readonly tries: { readonly document: number; readonly face: number; readonly fingerprint: number };
  /** Pictures that have not been destroyed yet: uploaded ones, and for reviewers their sealed copies. */
  readonly evidence: readonly Evidence[];
  /** What reviewers have said and is not known to be in the log: written with the word itself, so that none is missing there. */
  readonly outbox: readonly OperatorAct[];
}

export type StartedCase = CaseBase & { readonly state: 'started' };
/** What is known once the document was read. */
interface ReadDocument {
  readonly document: ProofedDocument;
  /** Who consented for the document's holder, where that is a child under 14; null where nobody has, or need. */
  readonly guardian: GuardianConsent | null;
}
export type DocumentReadCase = CaseBase &
  ReadDocument & {
    readonly state: 'documentRead';
    /** When the document was photographed that is in it now: whoever saw a person before that saw another document. */
    readonly readAt: Instant;
  };
interface ProofedFace extends ReadDocument {
  /** 16 bytes as base64url that the phone's new key signs. */
  readonly nonce: string;
  /** Null where the holder did not consent to it. */
  readonly template: FaceTemplate | null;
  /** What became of the pictures: the holder's history tells it once there is a card. */
  readonly destroyed: { readonly files: number; readonly at: Instant };
}
export type FaceMatchedCase = CaseBase & ProofedFace & { readonly state: 'faceMatched' };
export type FingerprintBoundCase = CaseBase &
  ProofedFace & { readonly state: 'fingerprintBound'; readonly fingerprint: BoundFingerprint };
/** Everything is proofed: a card can be made, with a fingerprint or without. */
export type ProofedCase = FaceMatchedCase | FingerprintBoundCase;
export type MintedCase = CaseBase & {
  readonly state: 'minted';
  readonly cardId: CardId;
  readonly identity: IdentityKey;
  readonly nonce: string;
};
export type RefusedCase = CaseBase & { readonly state: 'refused'; readonly reason: ErrorCode };
/** What the first of two reviewers accepted: it takes another one, who accepts too. */
export interface FirstAcceptance {
  /** The operator's own random id. */
  readonly reviewer: string;
  readonly at: Instant;
}
/** What the first refusal said: on appeal others decide. */
export interface FirstRefusal {
  /** The operator's own random id. */
  readonly reviewer: string;
  readonly reason: ReviewReason;
}
/** What reviewers go by. */
interface Review extends ReadDocument {
  /** Why the machine did not decide. */
  readonly causes: readonly ReviewCause[];
  /** Null while nobody has accepted, or who had has refused since. */
  readonly firstAcceptance: FirstAcceptance | null;
}
export type ReviewCase = CaseBase &
  Review & {
    readonly state: 'inReview';
    /** Null before anybody has refused. */
    readonly firstRefusal: FirstRefusal | null;
  };
/** Refused at review, until `expiresAt` or the holder's appeal: pictures and document are kept for the next reviewers. */
export type AppealableCase = CaseBase & Review & { readonly state: 'appealable'; readonly firstRefusal: FirstRefusal };
/** A case that is before reviewers, or may come there again. */
export type WaitingCase = ReviewCase | AppealableCase;
export type ExpiredCase = CaseBase & { readonly state: 'expired' };

/** One enrolment, from consent to card. */
export type Case =
  StartedCase | DocumentReadCase | ProofedCase | MintedCase | RefusedCase | ReviewCase | AppealableCase | ExpiredCase;

/** How long an enrolment may take, in milliseconds: an hour, the life of WeChat's own face session. */
export const CASE_LIFE_MS = 60 * 60 * 1000;
/** How long a holder may appeal, or mint the card after a review, in milliseconds. */
export const AFTER_REVIEW_MS = 7 * 24 * 60 * 60 * 1000;
/** How often the document may be photographed in one case. */
export const DOCUMENT_TRIES = 6;
/** How often a selfie may be taken in one case. */
export const FACE_TRIES = 5;
/** How often a fingerprint may be tried in one case; the card can be made without. */
export const FINGERPRINT_TRIES = 5;
/** From which try on a face in the review band is no longer retaken but goes to a person. */
export const REVIEW_FROM_TRY = 3;

/** Whether the holder has consented that their face is compared. Without it the case goes on at a counter. */
export const mayUseFace = ({ consents }: Pick<Case, 'consents'>): boolean =>
  consents.some(({ subject }) => subject === 'face');

/** Whether the face was found to be the document's: nothing but the card is left to be made. */
export const isProofed = (found: Case): found is ProofedCase =>
  found.state === 'faceMatched' || found.state === 'fingerprintBound';

/** Whether reviewers have the case, or may have it again. */
export const isWaiting = (found: Case): found is WaitingCase =>
  found.state === 'inReview' || found.state === 'appealable';

/** Whether nobody needs the pictures any more: the face was decided about, or the case is over. */
export const isDecided = (found: Case): boolean =>
  isProofed(found) || found.state === 'minted' || found.state === 'refused' || found.state === 'expired';

/** Whether nobody has decided the case yet. */
export const isUndecided = (found: Case): boolean =>
  found.state === 'started' || found.state === 'documentRead' || isProofed(found);

/** Whether the case may still be worked on. */
export const isOpen = (found: Case, at: Instant): boolean => found.expiresAt > at && isUndecided(found);

/**
 * Whether an uploaded file lies in this case's own folder of cloud storage.
 * @param file a file id that passed its schema
 */
export const isEvidenceOf = (id: CaseId, file: string): file is FileId => {
  const path = file.slice(file.indexOf('/', 'cloud://'.length) + 1);
  return /^evidence\/([0-9a-f]{32})\/[A-Za-z0-9_-]{1,64}(\.[a-z]{3,4})?$/.exec(path)?.[1] === id;
};
