import type { FollowCaseReply } from '../protocol';
import { forget, keep, load, StorageFailure } from '../platform/storage';
import { withStorage, type Called } from './call';
import { consented, vouched } from './enrolment-session';
import { followCase } from './holder';

const STORED_AS = 'followed-case';

/** The case that was given to follow in this run: known even where the storage failed. */
let present: string | null = null;

const loadCaseId = async (): Promise<string | null> => {
  if (present !== null) return present;
  const kept = await load(STORED_AS);
  return typeof kept === 'string' && /^[0-9a-f]{32}$/.test(kept) ? kept : null;
};

/** A case that is decided elsewhere: at a review or at a counter. */
export interface FollowedCase {
  readonly caseId: string;
  readonly reply: FollowCaseReply;
}

/** Keeps which case is decided elsewhere, so that the phone can ask about it when it is opened again. */
export const followLater = async (caseId: string): Promise<void> => {
  present = caseId;
  try {
    await keep(STORED_AS, caseId);
  } catch (error) {
    // It is followed in this run all the same.
    if (!(error instanceof StorageFailure)) throw error;
  }
};

/** Asks where the case stands that this phone follows. @returns null where it follows none */
export const followKept = async (): Promise<Called<FollowedCase> | null> => {
  const none = { ok: true, reply: null } as const;
  const found = await withStorage<FollowedCase | null>(async () => {
    const caseId = await loadCaseId();
    if (caseId === null) return none;
    const called = await followCase({ caseId });
    return called.ok ? { ok: true, reply: { caseId, reply: called.reply } } : called;
  });
  if (!found.ok) return found;
  return found.reply && { ok: true, reply: found.reply };
};

/** Follows no case any more. */
export const forgetFollowedCase = async (): Promise<void> => {
  present = null;
  await forget(STORED_AS);
};

/** Goes on with a case that was vouched for: what is left is the fingerprint and the card. */
export const goOnWith = (caseId: string, nonce: string): void => {
  vouched({ caseId, evidenceFolder: `evidence/${caseId}` }, nonce);
};

/** Goes on with a case for a counter whose document is not photographed yet. */
export const photographFor = (caseId: string): void => {
  consented({ caseId, evidenceFolder: `evidence/${caseId}`, isFaceless: true });
};
