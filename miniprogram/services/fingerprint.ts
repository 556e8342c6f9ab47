import { enrolmentChallenge, renewalChallenge, showingHandle, stepUpChallenge } from '../protocol';
import type { FingerprintBoundReply, PurposeId } from '../protocol';
import { sha256 } from '../platform/hash';
import { fingerprintSupport, signWithFinger, type NoFingerprint, type Signed } from '../platform/soter';
import type { Called } from './call';
import type { Enrolment } from './enrolment';
import { bindFingerprint } from './holder';

export type { NoFingerprint };

/** Whether the phone's fingerprint can be offered. */
export const canUseFinger = async (): Promise<boolean> => (await fingerprintSupport()) === 'ready';

/** What came of binding a fingerprint: no finger signed, or the service has answered. */
export type Bound =
  | { readonly at: 'phone'; readonly because: NoFingerprint }
  | { readonly at: 'service'; readonly called: Called<FingerprintBoundReply> };

/** Binds the phone's fingerprint to the card that is being made. @param nonce of the matched face @param prompt what the phone shows */
export const bindFinger = async ({ caseId }: Enrolment, nonce: string, prompt: string): Promise<Bound> => {
  const signed = await signWithFinger(enrolmentChallenge({ caseId, nonce }, sha256), prompt);
  if (!signed.ok) return { at: 'phone', because: signed.because };
  return { at: 'service', called: await bindFingerprint({ caseId, answer: signed.answer }) };
};

/**
 * Has the user's finger sign for a showing.
 * @param showing.session the counter's session; null where the holder shows first
 */
export const signShowing = (
  showing: { readonly handle: string; readonly session: string | null; readonly purpose: PurposeId },
  prompt: string,
): Promise<Signed> => {
  const { session, purpose } = showing;
  return signWithFinger(stepUpChallenge({ handle: showingHandle(showing.handle), session, purpose }, sha256), prompt);
};

/** Has the user's finger sign for a renewal of the card's fingerprint. */
export const signRenewal = (renewalId: string, prompt: string): Promise<Signed> =>
  signWithFinger(renewalChallenge(renewalId, sha256), prompt);
