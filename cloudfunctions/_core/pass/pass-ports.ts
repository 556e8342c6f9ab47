import type { AccountKey, CardId, IdentityKey, Instant, PassContent, PassId } from '../../../protocol';
import type { Place } from '../happening';

/** Signs a pass with the issuer's key. */
export type IssuePass = (content: PassContent) => Uint8Array;

/** A pass that was issued: whose card it is for. Nothing else tells this of a pass. */
export interface IssuedPass {
  readonly id: PassId;
  readonly identity: IdentityKey;
  readonly card: CardId;
  readonly expiresAt: Instant;
}

/** Writes down passes before they are handed out. */
export type KeepIssuedPasses = (passes: readonly IssuedPass[]) => Promise<void>;

export type LoadIssuedPass = (id: PassId) => Promise<Pick<IssuedPass, 'identity' | 'card'> | null>;

/** One acceptance of a pass by a terminal. */
export interface PassUse extends Place {
  readonly pass: PassId;
  readonly verifier: AccountKey;
  /** Made by the terminal for this acceptance. */
  readonly requestId: string;
  /** By the terminal's word. */
  readonly acceptedAt: Instant;
  /** When the pass ends. */
  readonly expiresAt: Instant;
}

/** A use as it is stored. */
export interface StoredUse {
  readonly use: PassUse;
  /** Its holder's history tells of it. */
  readonly told: boolean;
}

/**
 * Stores a use under an id, in one conditional insert: of all uses under one id the first stands.
 * @returns the use that stands there now, and whether it is this one
 */
export type KeepUse = (id: string, use: PassUse) => Promise<StoredUse & { readonly isNew: boolean }>;

/** Notes that the holder's history tells of the use under that id. */
export type MarkUseTold = (id: string) => Promise<void>;
