import type { Sha256, VerifySignature } from '../crypto';
import type { Instant, PassId } from '../ids';
import type { PublicKey } from '../key/public-key';
import { isTierEnough, purposeTable, type Purpose, type PurposeId } from '../purposes/purpose-table';
import { PASS_CLOCK_TOLERANCE_S, PASS_SHOWN_LIFE_S, PASS_TIME_GRAIN_S } from '../spec/pass';
import type { PassFacts } from '../wire/pass';
import { passClaims, readClaims } from './pass-claims';
import { offlinePurposes, parseShownPass, type ParsedShownPass } from './shown-pass';

/** A key of the issuer, and from when to when it may sign passes; null where that end is open. */
export interface PassKey {
  readonly key: PublicKey;
  readonly notBefore: Instant | null;
  readonly notAfter: Instant | null;
}

/** What a verifier of a shown pass brings. */
export interface PassExpectation {
  /** The issuer's keys and nobody else's, by `passKeyName`. */
  readonly keys: ReadonlyMap<string, PassKey>;
  /** The verifier's clock. */
  readonly now: Instant;
  readonly purpose: PurposeId;
  readonly verify: VerifySignature;
  readonly sha256: Sha256;
}

/** What a verified pass says: all of it is true as of `issuedAt`, and of nothing later. Times are in seconds since 1970. */
export interface VerifiedPass {
  readonly id: PassId;
  readonly purpose: PurposeId;
  readonly tier: Purpose['tier'];
  readonly claims: Partial<PassFacts>;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly shownAt: number;
}

export type PassFault =
  /** No shown pass, or not in its one spelling. */
  | 'malformed'
  | 'unknown_key'
  /** The issuer's key was not good when the pass was issued. */
  | 'key_not_valid'
  /** The issuer did not sign the pass. */
  | 'bad_signature'
  /** The key of the pass did not sign the showing: the pass was copied. */
  | 'bad_binding'
  /** The issuer did not commit to what is told. */
  | 'foreign_claim'
  /** More is told than the purpose allows, or less, or no such claim. */
  | 'wrong_claims'
  | 'not_yet_valid'
  | 'expired'
  /** Shown too long ago: a picture of an earlier showing. */
  | 'stale'
  | 'from_future'
  | 'other_purpose'
  | 'not_offline'
  | 'tier_too_low';

/** What was told: exactly the claims of the purpose. */
const claimsFor = (shown: ParsedShownPass): Partial<PassFacts> | null => {
  const allowed = purposeTable[shown.purpose].claims;
  const isExact = passClaims.every((name, position) => allowed.includes(name) === (shown.openings[position] !== null));
  return isExact ? readClaims(shown.openings) : null;
};

const issuanceFault = ({ pass }: ParsedShownPass, { keys, verify }: PassExpectation): PassFault | null => {
  const named = keys.get(pass.keyName);
  if (!named) return 'unknown_key';
  if (!pass.isSignedBy(named.key, verify)) return 'bad_signature';
  const issuedAt = pass.issuedAt * 1000;
  // Rounded down: the issue itself may have been up to ten minutes later.
  const isInTime =
    (named.notBefore ?? 0) < issuedAt + PASS_TIME_GRAIN_S * 1000 && issuedAt <= (named.notAfter ?? Infinity);
  return isInTime ? null : 'key_not_valid';
};

const timeFault = ({ pass, shownAt }: ParsedShownPass, { now }: PassExpectation): PassFault | null => {
  const at = now / 1000;
  if (at < pass.issuedAt - PASS_CLOCK_TOLERANCE_S || shownAt < pass.issuedAt - PASS_CLOCK_TOLERANCE_S) {
    return 'not_yet_valid';
  }
  // No tolerance here: a pass that has ended by either clock has ended.
  if (at >= pass.expiresAt || shownAt >= pass.expiresAt) return 'expired';
  const age = at - shownAt;
  if (age < -PASS_CLOCK_TOLERANCE_S) return 'from_future';
  return age < PASS_SHOWN_LIFE_S + PASS_CLOCK_TOLERANCE_S ? null : 'stale';
};

const purposeFault = (shown: ParsedShownPass, { purpose }: PassExpectation): PassFault | null => {
  if (!offlinePurposes.includes(shown.purpose)) return 'not_offline';
  if (shown.purpose !== purpose) return 'other_purpose';
  return isTierEnough(shown.pass.tier, purpose) ? null : 'tier_too_low';
};

const accept = (shown: ParsedShownPass): VerifiedPass | null => {
  const { pass, purpose, shownAt } = shown;
  const { id, tier, issuedAt, expiresAt } = pass;
  const claims = claimsFor(shown);
  return claims && { id, purpose, tier, claims, issuedAt, expiresAt, shownAt };
};

const signatureFault = (shown: ParsedShownPass, expected: PassExpectation): PassFault | null => {
  const fault = issuanceFault(shown, expected);
  if (fault) return fault;
  if (!shown.isBound(expected.verify)) return 'bad_binding';
  return shown.isCommitted(expected.sha256) ? null : 'foreign_claim';
};

/**
 * Verifies a shown pass, with no network: the issuer's signature, that the showing was made by the pass's own key, what is told,
 * freshness, purpose. Signatures come first, so that only a genuine pass is ever called stale. Whether the pass was used before
 * elsewhere, and whether the card is still valid, nobody can tell from it. Never throws.
 */
export const verifyPass = (
  text: string,
  expected: PassExpectation,
): { readonly ok: true; readonly pass: VerifiedPass } | { readonly ok: false; readonly fault: PassFault } => {
  const shown = parseShownPass(text);
  if (!shown) return { ok: false, fault: 'malformed' };
  const fault = signatureFault(shown, expected) ?? timeFault(shown, expected) ?? purposeFault(shown, expected);
  if (fault) return { ok: false, fault };
  const pass = accept(shown);
  return pass ? { ok: true, pass } : { ok: false, fault: 'wrong_claims' };
};
