import { base64urlDecode, base64urlEncode } from '../bytes/base64';
import { cborDecode } from '../cbor/cbor-decode';
import { cborEncode } from '../cbor/cbor-encode';
import { isArray, isBytes, isMap, type CborValue } from '../cbor/cbor-value';
import { domain, externalAad } from '../cose/domain';
import { createSign1, parseSign1, verifySign1 } from '../cose/sign1';
import type { Sign, VerifySignature } from '../crypto';
import { publicKeyFromCoseKey, publicKeyToCoseKey } from '../key/cose-key';
import { publicKeyToBase64url, type PublicKey } from '../key/public-key';
import { PASS_BATCH, passClaim } from '../spec/pass';
import { cwtClaim } from '../spec/rfc8392';

const NONCE_LENGTH = 16;

/** Whether there are one to ten keys, and no two alike: a key is what tells one pass from another. */
const isBatch = (keys: readonly PublicKey[]): boolean =>
  keys.length >= 1 && keys.length <= PASS_BATCH && new Set(keys.map(publicKeyToBase64url)).size === keys.length;

/**
 * The holder's key vouches for the keys of the passes that the phone asks for: a CWT with the audience, the service's nonce as `cti`
 * and the keys, as base64url.
 * @param request.sign signs with the holder's key
 * @throws RangeError where the nonce is not 16 bytes, or there are not one to ten different keys
 */
export const createPassKeys = (request: {
  readonly nonce: string;
  readonly keys: readonly PublicKey[];
  readonly sign: Sign;
}): string => {
  const nonce = base64urlDecode(request.nonce);
  if (nonce?.length !== NONCE_LENGTH) throw new RangeError('a nonce has 16 bytes');
  if (!isBatch(request.keys)) throw new RangeError('one to ten different keys');
  const claims = new Map<number, CborValue>([
    [cwtClaim.aud, domain.passKeys],
    [cwtClaim.cti, nonce],
    [passClaim.keys, request.keys.map(publicKeyToCoseKey)],
  ]);
  return base64urlEncode(
    createSign1({ payload: cborEncode(claims), externalAad: externalAad.passKeys, sign: request.sign }),
  );
};

export type PassKeysFault = 'malformed' | 'wrong_nonce' | 'bad_signature';

const readKeys = (value: CborValue | undefined): readonly PublicKey[] | null => {
  if (!isArray(value)) return null;
  const keys = value.map(publicKeyFromCoseKey).filter((key) => key !== null);
  return keys.length === value.length && isBatch(keys) ? keys : null;
};

/** Checks a request for passes and gives the keys, in the order in which the phone named them. Never throws. */
export const verifyPassKeys = (
  text: string,
  expected: { readonly holderKey: PublicKey; readonly expectedNonce: string; readonly verify: VerifySignature },
):
  | { readonly ok: true; readonly keys: readonly PublicKey[] }
  | { readonly ok: false; readonly fault: PassKeysFault } => {
  const bytes = base64urlDecode(text);
  const sign1 = bytes && parseSign1(bytes);
  const decoded = sign1 && cborDecode(sign1.payload);
  const claims = decoded?.ok && isMap(decoded.value) ? decoded.value : null;
  const nonce = claims?.get(cwtClaim.cti);
  const keys = readKeys(claims?.get(passClaim.keys));
  if (!sign1 || claims?.size !== 3 || claims.get(cwtClaim.aud) !== domain.passKeys || !isBytes(nonce) || !keys) {
    return { ok: false, fault: 'malformed' };
  }
  if (base64urlEncode(nonce) !== expected.expectedNonce) return { ok: false, fault: 'wrong_nonce' };
  return verifySign1(sign1, { key: expected.holderKey, externalAad: externalAad.passKeys, verify: expected.verify })
    ? { ok: true, keys }
    : { ok: false, fault: 'bad_signature' };
};
