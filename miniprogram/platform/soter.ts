import { soter, type FingerprintAnswer } from '../protocol';

/** Whether this phone can be asked for a finger: it can, its user has set up none, or it has no sensor that WeChat vouches for. */
export type FingerprintSupport = 'ready' | 'not-enrolled' | 'unsupported';

/** Why no finger signed. */
export type NoFingerprint = 'cancelled' | 'locked-out' | 'not-enrolled' | 'unsupported' | 'failed';

/** A challenge that the phone's secure hardware signed, or why it did not. */
export type Signed =
  { readonly ok: true; readonly answer: FingerprintAnswer } | { readonly ok: false; readonly because: NoFingerprint };

const { failure, mode } = soter;

const reasons = new Map<unknown, NoFingerprint>([
  [failure.cancelled, 'cancelled'],
  [failure.lockedOut, 'locked-out'],
  [failure.notEnrolled, 'not-enrolled'],
  [failure.unsupported, 'unsupported'],
  [failure.modeUnsupported, 'unsupported'],
]);

const reasonOf = (error: unknown): NoFingerprint => {
  if (typeof error !== 'object' || error === null) return 'failed';
  const known = 'errCode' in error ? reasons.get(error.errCode) : undefined;
  if (known) return known;
  // Some phones tell that the user gave up by their words alone.
  return 'errMsg' in error && String(error.errMsg).includes('cancel') ? 'cancelled' : 'failed';
};

/** Asks what the phone can do, without asking for a finger. */
export const fingerprintSupport = async (): Promise<FingerprintSupport> => {
  try {
    const { supportMode } = await wx.checkIsSupportSoterAuthentication();
    if (!supportMode.includes(mode)) return 'unsupported';
    const { isEnrolled } = await wx.checkIsSoterEnrolledInDevice({ checkAuthMode: mode });
    return isEnrolled ? 'ready' : 'not-enrolled';
  } catch (error) {
    return reasonOf(error) === 'not-enrolled' ? 'not-enrolled' : 'unsupported';
  }
};

/**
 * Has the user touch the sensor for a challenge.
 * @param prompt what the phone shows meanwhile; of more than 42 characters it shows the first
 */
export const signWithFinger = async (challenge: string, prompt: string): Promise<Signed> => {
  try {
    const { resultJSON, resultJSONSignature } = await wx.startSoterAuthentication({
      requestAuthModes: [mode],
      challenge,
      authContent: prompt.slice(0, soter.contentLengthMax),
    });
    return { ok: true, answer: { resultJson: resultJSON, signature: resultJSONSignature } };
  } catch (error) {
    return { ok: false, because: reasonOf(error) };
  }
};
