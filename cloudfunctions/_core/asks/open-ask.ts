import type { DisclosableClaim, Instant, PurposeId, SessionHandle, Tier } from '../../../protocol';
import type { InstitutionCaller } from '../institutions/counter';
import type { Result } from '../result';

/** What an institution asks a holder. */
export interface AskOrder {
  readonly purpose: PurposeId;
  /** Without them, all that the partner is registered for. */
  readonly claims?: readonly DisclosableClaim[];
  /** The least tier; without it, the purpose's own. */
  readonly tier?: Tier;
  /** Without it, one is drawn. */
  readonly bindingMessage?: string;
  readonly presentationNonce?: string;
  /** How the holder is met; a number is nine digits. */
  readonly way: { readonly kind: 'number'; readonly number: string } | { readonly kind: 'scan' | 'browser' };
  /** At most `ASK_LIFE_MS`. */
  readonly lifeMs?: number;
}

export interface OpenedAsk {
  readonly session: SessionHandle;
  /** The text of the QR code that a screen shows for it. */
  readonly code: string;
  readonly bindingMessage: string;
  readonly expiresAt: Instant;
}

/**
 * Asks a holder. A number that is wrong, over or was used before is answered like a right one, in as many steps: the ask then waits in vain.
 * Refuses `too_many_requests`, `purpose_not_registered`, `claims_not_granted`, `quota_used`.
 */
export type OpenAsk = (caller: InstitutionCaller, order: AskOrder) => Promise<Result<OpenedAsk>>;
