import { enrolmentChallenge, renewalChallenge, showingHandle, stepUpChallenge } from '../protocol';
import type { FingerprintAnswer, FingerprintBoundReply, PurposeId } from '../protocol';
import { sha256 } from '../platform/hash';
import { Unreachable } from '../platform/cloud';
import { fingerprintSupport, signWithFinger, type NoFingerprint, type Signed } from '../platform/soter';
import type { Called } from './call';
import { uploadPictureTo, type Enrolment } from './enrolment';
import { bindFingerprint, prepareRenewal, renewFingerprint } from './holder';

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

/** A touch that is to become the card's fingerprint, once a selfie goes with it. */
export interface Renewal {
  readonly evidenceFolder: string;
  readonly answer: FingerprintAnswer;
}

/** What came of the touch that a renewal begins with. */
export type RenewalBegun =
  | { readonly at: 'phone'; readonly because: NoFingerprint }
  | { readonly at: 'service'; readonly called: Called<Renewal> };

/** Begins to set the card's fingerprint anew: the finger first, so that no picture is uploaded for a touch that fails. */
export const beginRenewal = async (prompt: string): Promise<RenewalBegun> => {
  const support = await fingerprintSupport();
  if (support !== 'ready') return { at: 'phone', because: support };
  const prepared = await prepareRenewal();
  if (!prepared.ok) return { at: 'service', called: prepared };
  const { renewalId, evidenceFolder } = prepared.reply;
  const signed = await signRenewal(renewalId, prompt);
  if (!signed.ok) return { at: 'phone', because: signed.because };
  return { at: 'service', called: { ok: true, reply: { evidenceFolder, answer: signed.answer } } };
};

/** Sends the selfie and the touch. @param selfie a temporary file of the phone @param onUploaded once it has arrived */
export const finishRenewal = async (
  { evidenceFolder, answer }: Renewal,
  selfie: string,
  onUploaded: () => void,
): Promise<Called<FingerprintBoundReply>> => {
  try {
    const file = await uploadPictureTo(evidenceFolder, selfie);
    onUploaded();
    return await renewFingerprint({ selfie: file, answer });
  } catch (error) {
    if (error instanceof Unreachable) return { ok: false, error: { code: 'unreachable' } };
    throw error;
  }
};
