import { validators, type Refusal } from '../protocol';
import { callFunction, Unreachable } from '../platform/cloud';
import { StorageFailure } from '../platform/storage';

/** What went wrong on the phone itself: no answer came, its storage failed, or it has no offline pass left. */
export interface PhoneTrouble {
  readonly code: 'unreachable' | 'storage_failed' | 'no_passes';
}

/** What a call came to, as the phone sees it: the parsed reply, the service's refusal, or the phone's own trouble. */
export type Called<Reply> =
  { readonly ok: true; readonly reply: Reply } | { readonly ok: false; readonly error: Refusal | PhoneTrouble };

/**
 * Calls a function and parses its reply.
 * @param isReply the schema of the reply that is hoped for; what fits neither it nor a refusal counts as no answer
 */
export const call = async <Reply>(
  name: 'holder' | 'operator' | 'verifier',
  request: object,
  isReply: (data: unknown) => data is Reply,
): Promise<Called<Reply>> => {
  try {
    const reply = await callFunction(name, request);
    if (isReply(reply)) return { ok: true, reply };
    if (validators.RefusedReply(reply)) return { ok: false, error: reply.error };
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
  }
  return { ok: false, error: { code: 'unreachable' } };
};

/** Does what needs the phone's storage; its failure is told like a refusal, since the user can do something about it. */
export const withStorage = async <Reply>(work: () => Promise<Called<Reply>>): Promise<Called<Reply>> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StorageFailure) return { ok: false, error: { code: 'storage_failed' } };
    throw error;
  }
};
