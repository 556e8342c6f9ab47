import type { Sign, VerifySignature } from '../crypto';
import type { PublicKey } from '../key/public-key';
import { createStatement, parseStatement } from './statement';

/** Private claim of a guardian's statement: the enrolment that it is for. */
const CASE = 'case';
/** Private claim of a guardian's statement: version of the text that the guardian read. */
const TEXT = 'text';

/** What a guardian consents to. */
interface GuardianConsentContent {
  /** The service's, 16 bytes as base64url. */
  readonly challenge: string;
  /** The child's enrolment, whose consents say what is processed. */
  readonly case: string;
  readonly text: string;
}

/**
 * A guardian consents to one enrolment of a child, by signing it with the key of their own card.
 * @returns a COSE_Sign1 as base64url
 * @throws RangeError where the challenge is not 16 bytes
 */
export const createGuardianStatement = (
  consent: GuardianConsentContent & { readonly holderKey: PublicKey; readonly sign: Sign },
): string =>
  createStatement('guardian', {
    challenge: consent.challenge,
    key: consent.holderKey,
    more: new Map([
      [CASE, consent.case],
      [TEXT, consent.text],
    ]),
    sign: consent.sign,
  });

/** A guardian's statement that was read and not yet verified. */
export interface ParsedGuardianStatement extends GuardianConsentContent {
  readonly isSignedBy: (holderKey: PublicKey, verify: VerifySignature) => boolean;
}

/** Reads a guardian's statement. Never throws. @returns null where the text is none */
export const parseGuardianStatement = (text: string): ParsedGuardianStatement | null => {
  const statement = parseStatement('guardian', text);
  const ofCase = statement?.more.get(CASE);
  const version = statement?.more.get(TEXT);
  if (statement?.more.size !== 2 || typeof ofCase !== 'string' || typeof version !== 'string') return null;
  if (!/^[0-9a-f]{32}$/.test(ofCase) || !/^[0-9]{4}-[0-9]{2}$/.test(version)) return null;
  const { challenge, isSignedBy } = statement;
  return { challenge, case: ofCase, text: version, isSignedBy };
};
