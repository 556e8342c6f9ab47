import type { AccountKey, SessionHandle } from '../../protocol';

/** How often something may be done in a window of time. */
export interface RateLimit {
  readonly name: string;
  readonly most: number;
  /** Length of the windows, in milliseconds; they follow each other without a gap. */
  readonly windowMs: number;
}

/**
 * Who is counted: an account, the address of a stranger, a partner, one of its servers, who asks after one ask, who sends one pushed request, or
 * everybody together.
 */
export type RateSubject =
  | { readonly kind: 'account'; readonly account: AccountKey }
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'partner'; readonly partner: string }
  | { readonly kind: 'client'; readonly client: string }
  | { readonly kind: 'ask'; readonly session: SessionHandle }
  | { readonly kind: 'request'; readonly request: string }
  | { readonly kind: 'everybody' };

/** Counts one turn. @returns false where the window has no turn left; of turns taken at once no more than `most` are had */
export type TakeTurn = (limit: RateLimit, subject: RateSubject) => Promise<boolean>;
