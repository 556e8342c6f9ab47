import type { Instant, StatusEntry } from '../../../protocol';

/** Where the status of one credential stands. */
export interface StatusPlace {
  /** The list's running number. */
  readonly list: number;
  readonly index: number;
}

/** How many entries a list has: enough that asking for it tells nothing of who is asked about. A power of two. */
export const LIST_SIZE = 2 ** 17;
/** How many of them are given out: beyond, a draw would meet too many that are taken. */
export const LIST_FILL = 98_304;

/** A list as it is signed at an instant. */
export interface SignedStatusList {
  readonly token: string;
  /** The key that signed it. */
  readonly kid: string;
  /** When half of its life is over: from then on it is signed anew. */
  readonly renewAt: Instant;
  readonly expiresAt: Instant;
}

/** Signs a list with the key that signs now. @param entries those that are not valid */
export type SignStatusList = (list: number, entries: readonly StatusEntry[], at: Instant) => SignedStatusList;

/** What decides whether a list must be signed anew, and who does it. */
export interface StatusListState {
  readonly list: number;
  /** Grows whenever an entry was changed. */
  readonly revision: number;
  /** Grows with each token. */
  readonly publication: number;
}
