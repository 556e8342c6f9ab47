import type {
  AccountKey,
  CaseId,
  CodeFault,
  DeletionAnswer,
  DeletionId,
  DisclosableClaim,
  EndReason,
  EventId,
  GuardianHappening,
  Instant,
  Look,
  MintingHappening,
  CheckMode,
  OperatorRole,
  PlainHappening,
  PurposeId,
  ReportReason,
  StepUp,
  Tier,
} from '../../protocol';
import type { OperatorHappening } from './operators/operator-act';
import type { PartnerHappening } from './partners/partner-act';

/** Where a card was looked at, by the partner's own names. */
export interface Place {
  readonly partner: string;
  readonly shop: string;
  readonly terminal: string;
}

/** What a partner keeps of a check that it made: nothing that is anybody's but its own. */
export interface CheckRecord extends Place {
  /** The account at that terminal: it alone may say what the look came to. */
  readonly verifier: AccountKey;
  readonly purpose: PurposeId;
  readonly mode: CheckMode;
  readonly tier: Tier;
  /** Names of the claims that were told, never their values. */
  readonly claims: readonly DisclosableClaim[];
  readonly stepUp: readonly StepUp[];
  /** What the service signed of it (`protocol/receipt`): holder and partner are given the same one. Null of a pass. */
  readonly receipt: string | null;
}

/** Where, when and what for a terminal accepted a pass. */
interface PassAcceptance extends Place {
  readonly purpose: PurposeId;
  readonly acceptedAt: Instant;
}

/** What happened to a card: an entry of its holder's history. */
export type Happening =
  | { readonly kind: PlainHappening }
  | {
      readonly kind: MintingHappening;
      /** Whether the holder bound the phone's fingerprint, or went on without. */
      readonly fingerprint: 'bound' | 'skipped';
      /** Whether a measure of the face is kept, which takes a consent of its own. */
      readonly faceTemplate: 'kept' | 'none';
    }
  /** Not by a tap of the holder's on the phone. */
  | { readonly kind: 'card_stopped'; readonly reason: EndReason }
  /** An operator lifted what an operator had stopped it for. */
  | { readonly kind: 'card_released'; readonly reasons: readonly EndReason[] }
  /** A selfie was compared with the holder's face, and destroyed. */
  | { readonly kind: 'face_checked'; readonly outcome: 'same' | 'refused' }
  /** The pictures of the enrolment are gone. `at` is when, which is before the card was minted. */
  | { readonly kind: 'evidence_destroyed'; readonly files: number; readonly destroyedAt: Instant }
  | ({ readonly kind: 'card_checked'; readonly receipt: string } & Omit<CheckRecord, 'verifier' | 'receipt'>)
  /** Passes were handed out to the holder's phone. */
  | { readonly kind: 'passes_issued'; readonly count: number; readonly expiresAt: Instant }
  /** A pass was accepted without a network, when by the terminal's word; and the same pass was accepted once more. */
  | ({ readonly kind: 'pass_used'; readonly claims: readonly DisclosableClaim[] } & PassAcceptance)
  | ({ readonly kind: 'pass_used_twice' } & PassAcceptance)
  /** A genuine code that was not accepted. */
  | ({ readonly kind: 'check_refused'; readonly purpose: PurposeId; readonly reason: CodeFault } & Place)
  /** A guardian's consent or its end: in the child's history, and with the child's masked name in the guardian's. */
  | { readonly kind: GuardianHappening; readonly child: string | null }
  /** An operator looked the card up, or read of its holder in a case. */
  | { readonly kind: 'card_looked_up'; readonly role: OperatorRole }
  /** The holder reported the partner of the look of that number. */
  | {
      readonly kind: 'partner_reported';
      readonly check: number;
      readonly partner: string;
      readonly reason: ReportReason;
    }
  /** The holder asked the partner of the check of that number to delete what it was told; and the partner answered. */
  | { readonly kind: 'deletion_asked'; readonly check: number; readonly partner: string }
  | {
      readonly kind: 'deletion_answered';
      readonly check: number;
      readonly partner: string;
      readonly answer: DeletionAnswer;
    }
  /** The holder withdrew what they consented to with the check of that number: that the partner may ask after the card. */
  | {
      readonly kind: 'consent_withdrawn';
      readonly check: number;
      readonly partner: string;
      readonly purpose: PurposeId;
    };

/** What happened, and to no person: nothing of it is to be sealed. */
export type OpenHappening =
  /** The pictures of an enrolment were destroyed; nobody is known yet. */
  | { readonly kind: 'evidence_destroyed'; readonly case: CaseId; readonly files: number }
  /** Everything of a person was deleted: so many sealed events are leaves that nobody can open any more. */
  | { readonly kind: 'account_deleted'; readonly deletion: DeletionId; readonly unreadableEvents: number }
  /** What staff said about a check. Its id follows from the check's, so that of two answers the first stands. */
  | { readonly kind: 'look_reported'; readonly check: EventId; readonly look: Look }
  | PartnerHappening
  | OperatorHappening;
