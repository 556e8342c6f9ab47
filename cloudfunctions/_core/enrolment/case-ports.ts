import type { AccountKey, CaseId, FileId, Instant } from '../../../protocol';
import type { AppealableCase, Case, Evidence } from './case';

/** Stores a new case. */
export type CreateCase = (created: Case) => Promise<void>;

/** The case of that id if it is this account's; a stranger's case and no case look the same. */
export type LoadCase = (id: CaseId, account: AccountKey) => Promise<Case | null>;

/** The case of that id, whoever's it is: for operators and jobs. */
export type LoadAnyCase = (id: CaseId) => Promise<Case | null>;

/** The cases in that state, oldest first. */
export type ListCases = (state: Case['state'], limit: number) => Promise<readonly Case[]>;

/** The refused cases whose time to appeal was over by then, oldest first. */
export type ListEndedAppeals = (by: Instant, limit: number) => Promise<readonly AppealableCase[]>;

/** The cases of which something has been left to do (`isUnsettled`) and that nobody has written since then, the longest first. */
export type ListUnsettledCases = (since: Instant, limit: number) => Promise<readonly Case[]>;

/**
 * Replaces a case by its next state in one conditional write.
 * @returns false where the case is no longer in `prior`'s state and revision: somebody else was first
 */
export type ReplaceCase = (prior: Case, next: Case) => Promise<boolean>;

/** Deletes uploaded pictures for good; a file that is gone already is no error. @returns how many there were to delete */
export type DestroyEvidence = (files: readonly FileId[]) => Promise<number>;

/**
 * Makes encrypted copies, that only a reviewer's function can open, of the uploaded pictures that are still there: each at the path that
 * `reviewPathOf` gives its place in the list. Made again, a copy takes the place of the one before. @returns the copies
 */
export type KeepForReview = (id: CaseId, evidence: readonly Evidence[]) => Promise<readonly Evidence[]>;

/** Opens one of those copies. @returns null where it is gone */
export type OpenReviewCopy = (file: FileId) => Promise<Uint8Array | null>;
