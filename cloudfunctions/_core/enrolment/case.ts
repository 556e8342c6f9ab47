import type {
  AccountKey,
  CaseId,
  CardId,
  DocumentFields,
  ErrorCode,
  FileId,
  IdentityKey,
  Instant,
} from '../../../protocol';
import type { Portrait } from '../proofing/ports';
import type { BoundFingerprint, FaceTemplate } from '../step-up/step-up-state';

/** What the document gave: kept sealed, and only until the case ends. */
export interface ProofedDocument {
  readonly fields: DocumentFields;
  readonly portrait: Portrait;
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
  /** Uploaded pictures that have not been destroyed yet. */
  readonly evidence: readonly FileId[];
}

export type StartedCase = CaseBase & { readonly state: 'started' };
export type DocumentReadCase = CaseBase & { readonly state: 'documentRead'; readonly document: ProofedDocument };
interface ProofedFace {
  readonly document: ProofedDocument;
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
export type ReviewCase = CaseBase & { readonly state: 'inReview'; readonly document: ProofedDocument };
export type ExpiredCase = CaseBase & { readonly state: 'expired' };

/** One enrolment, from consent to card. */
export type Case = StartedCase | DocumentReadCase | ProofedCase | MintedCase | RefusedCase | ReviewCase | ExpiredCase;

/** How long an enrolment may take, in milliseconds: an hour, the life of WeChat's own face session. */
export const CASE_LIFE_MS = 60 * 60 * 1000;
/** Enrolments that one account may begin in 24 hours. */
export const CASES_PER_DAY = 10;
/** How often the document may be photographed in one case. */
export const DOCUMENT_TRIES = 6;
/** How often a selfie may be taken in one case. */
export const FACE_TRIES = 5;
/** How often a fingerprint may be tried in one case; the card can be made without. */
export const FINGERPRINT_TRIES = 5;
/** From which try on a face in the review band is no longer retaken but goes to a person. */
export const REVIEW_FROM_TRY = 3;

/** Whether the face was found to be the document's: nothing but the card is left to be made. */
export const isProofed = (found: Case): found is ProofedCase =>
  found.state === 'faceMatched' || found.state === 'fingerprintBound';

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
