import type { AccountKey, CaseId, FileId, Instant } from '../../../protocol';
import type { Case } from './case';

/** Stores a new case. */
export type CreateCase = (created: Case) => Promise<void>;

/** The case of that id if it is this account's; a stranger's case and no case look the same. */
export type LoadCase = (id: CaseId, account: AccountKey) => Promise<Case | null>;

/** The case of that id, whoever's it is: for operators and jobs. */
export type LoadAnyCase = (id: CaseId) => Promise<Case | null>;

/** The cases in that state, oldest first. */
export type ListCases = (state: Case['state'], limit: number) => Promise<readonly Case[]>;

/**
 * Replaces a case by its next state in one conditional write.
 * @returns false where the case is no longer in `prior`'s state and revision: somebody else was first
 */
export type ReplaceCase = (prior: Case, next: Case) => Promise<boolean>;

/** How many cases the account has begun since then. */
export type CountCases = (account: AccountKey, since: Instant) => Promise<number>;

/** Deletes uploaded pictures for good; a file that is gone already is no error. @returns how many there were to delete */
export type DestroyEvidence = (files: readonly FileId[]) => Promise<number>;

/** Replaces uploaded pictures by encrypted copies that only a reviewer's function can open. @returns the copies */
export type KeepForReview = (id: CaseId, files: readonly FileId[]) => Promise<readonly FileId[]>;

/** Opens one of those copies. @returns null where it is gone */
export type OpenReviewCopy = (file: FileId) => Promise<Uint8Array | null>;
