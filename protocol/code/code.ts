import { base45Decode, base45Encode } from '../bytes/base45';
import { base64urlDecode, base64urlEncode } from '../bytes/base64';
import { cborDecode } from '../cbor/cbor-decode';
import { cborEncode } from '../cbor/cbor-encode';
import { isBytes, isMap, type CborValue } from '../cbor/cbor-value';
import { externalAad } from '../cose/domain';
import { createSign1, parseSign1, verifySign1 } from '../cose/sign1';
import type { Sign, VerifySignature } from '../crypto';
import { showingHandle, type Instant, type ShowingHandle } from '../ids';
import type { PublicKey } from '../key/public-key';
import { cwtClaim } from '../spec/rfc8392';
import { freshnessOf, type Freshness } from './freshness';

const HANDLE_LENGTH = 16;
/** Seconds that four bytes can say, until the year 2106: a time in milliseconds is above it, and so is found at once. */
const LATEST = 0xffff_ffff;

const isIssueTime = (seconds: CborValue | undefined): seconds is number =>
  typeof seconds === 'number' && Number.isSafeInteger(seconds) && seconds >= 0 && seconds <= LATEST;

/**
 * The text of a code: a CWT (RFC 8392) of the showing's handle and the time, signed with the showing's fresh key, in base45 so that
 * a QR code holds it in its alphanumeric mode. 150 characters: version 6 at error correction M.
 * @param code.issuedAt server time plus what has elapsed since, in whole seconds since 1970
 * @throws RangeError where `issuedAt` is no such time
 */
export const createCode = (code: {
  readonly handle: ShowingHandle;
  readonly issuedAt: number;
  readonly sign: Sign;
}): string => {
  const cti = base64urlDecode(code.handle);
  if (!isIssueTime(code.issuedAt)) throw new RangeError('the time of a code is in whole seconds since 1970');
  if (cti?.length !== HANDLE_LENGTH) throw new RangeError('not a showing handle');
  const payload = cborEncode(
    new Map<number, CborValue>([
      [cwtClaim.iat, code.issuedAt],
      [cwtClaim.cti, cti],
    ]),
  );
  return base45Encode(createSign1({ payload, externalAad: externalAad.code, sign: code.sign }));
};

/** A code that was read and not yet verified. */
export interface ParsedCode {
  readonly handle: ShowingHandle;
  /** When it was made, by its own word: seconds since 1970. */
  readonly issuedAt: number;
  /** Whether the showing's key signed it. */
  readonly isSignedBy: (key: PublicKey, verify: VerifySignature) => boolean;
  /** Whether it can still be taken. @param now the server's clock */
  readonly freshnessAt: (now: Instant) => Freshness;
}

const readClaims = (payload: Uint8Array): Pick<ParsedCode, 'handle' | 'issuedAt'> | null => {
  const decoded = cborDecode(payload);
  if (!decoded.ok || !isMap(decoded.value) || decoded.value.size !== 2) return null;
  const issuedAt = decoded.value.get(cwtClaim.iat);
  const cti = decoded.value.get(cwtClaim.cti);
  if (!isIssueTime(issuedAt) || !isBytes(cti) || cti.length !== HANDLE_LENGTH) return null;
  return { handle: showingHandle(base64urlEncode(cti)), issuedAt };
};

/**
 * Reads the text of a code, without a key. Of every code exactly one text is taken; all others are `malformed`.
 * Never throws, whatever the text is.
 */
export const parseCode = (
  text: string,
): ({ readonly ok: true } & ParsedCode) | { readonly ok: false; readonly fault: 'malformed' } => {
  const bytes = base45Decode(text);
  const sign1 = bytes && parseSign1(bytes);
  const claims = sign1 && readClaims(sign1.payload);
  if (!claims) return { ok: false, fault: 'malformed' };
  return {
    ok: true,
    ...claims,
    isSignedBy: (key, verify) => verifySign1(sign1, { key, externalAad: externalAad.code, verify }),
    freshnessAt: (now) => freshnessOf(claims.issuedAt, now),
  };
};

/**
 * Checks a parsed code: its signature first, so that only a genuine code is ever called stale.
 * @param expected.key the key that the showing registered
 * @param expected.now the server's clock
 */
export const verifyCode = (
  code: ParsedCode,
  expected: { readonly key: PublicKey; readonly now: Instant; readonly verify: VerifySignature },
): 'valid' | 'stale' | 'from_future' | 'bad_signature' => {
  if (!code.isSignedBy(expected.key, expected.verify)) return 'bad_signature';
  const freshness = code.freshnessAt(expected.now);
  return freshness === 'fresh' ? 'valid' : freshness;
};
