import type { CaseId, CriticalActKind, ErrorCode, EventId, Instant, ReviewReason } from '../../../protocol';

/** What an operator did, in the log in clear: it names operators by random ids, and no person. */
export type OperatorDeed =
  | {
      readonly kind: 'act_proposed';
      readonly proposal: string;
      readonly act: CriticalActKind;
      readonly target: string;
      readonly reason: string;
    }
  | { readonly kind: 'act_confirmed' | 'act_withdrawn'; readonly proposal: string }
  | { readonly kind: 'act_carried_out'; readonly proposal: string; readonly outcome: ErrorCode | null }
  /** A reviewer looked at a case: its fields and portrait, or one of its pictures. */
  | { readonly kind: 'review_opened'; readonly case: CaseId; readonly picture: number | null }
  /** `final`: the second of two acceptances, or of two refusals. */
  | { readonly kind: 'review_accepted'; readonly case: CaseId; readonly final: boolean }
  | { readonly kind: 'review_refused'; readonly case: CaseId; readonly reason: ReviewReason; readonly final: boolean }
  /** A card was looked up; whose, its holder's history tells. */
  | { readonly kind: 'card_looked_up'; readonly by: 'card' | 'case' }
  | { readonly kind: 'card_held' | 'card_released' }
  | { readonly kind: 'visitor_received' | 'visitor_raised' | 'audit_read' }
  | { readonly kind: 'alarm_closed'; readonly alarm: string };

/** What was done, and by whom. */
export type OperatorHappening = OperatorDeed & { readonly operator: string };

/** A deed with its place in the log. */
export interface OperatorAct {
  readonly id: EventId;
  readonly at: Instant;
  readonly happening: OperatorHappening;
}

/** Puts an act into the log; the same id twice is one entry. */
export type RecordOperatorAct = (act: OperatorAct) => Promise<void>;
