import { base64urlEncode } from '../bytes/base64';
import { utf8Encode } from '../bytes/utf8';
import type { Sha256 } from '../crypto';
import type { ShowingHandle } from '../ids';
import type { PurposeId } from '../purposes/purpose-table';

/** What a challenge is for, by name: an answer for one use is false for every other. */
type ChallengeUse = 'showing' | 'enrolment' | 'renewal' | 'guardian';

/** A list of texts has one spelling in JSON, so no two lists are hashed alike. */
const challenge = (use: ChallengeUse, parts: readonly (string | null)[], sha256: Sha256): string =>
  base64urlEncode(sha256(utf8Encode(JSON.stringify([`wechat-id/step-up/${use}`, ...parts]))));

/**
 * What the phone's sensor signs before a card is shown for a purpose that asks for it: which showing, at whose counter, for what.
 * @param showing.session the counter's session that the showing is bound to; null where the holder shows first
 * @returns 32 bytes as base64url, which fits what SOTER signs
 */
export const stepUpChallenge = (
  showing: { readonly handle: ShowingHandle; readonly session: string | null; readonly purpose: PurposeId },
  sha256: Sha256,
): string => challenge('showing', [showing.handle, showing.session, showing.purpose], sha256);

/** What the sensor signs when a fingerprint is bound while a card is made. @param proofed.nonce the service's, of the matched face */
export const enrolmentChallenge = (
  proofed: { readonly caseId: string; readonly nonce: string },
  sha256: Sha256,
): string => challenge('enrolment', [proofed.caseId, proofed.nonce], sha256);

/** What the sensor signs when the fingerprint of a card is set anew. @param renewalId the service's, of this renewal */
export const renewalChallenge = (renewalId: string, sha256: Sha256): string =>
  challenge('renewal', [renewalId], sha256);

/** What the guardian's sensor signs with a consent for a child. @param call.challenge the service's, of this consent */
export const guardianChallenge = (
  call: { readonly caseId: string; readonly challenge: string },
  sha256: Sha256,
): string => challenge('guardian', [call.caseId, call.challenge], sha256);
