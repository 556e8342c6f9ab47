import { base64urlDecode, base64urlEncode } from '../bytes/base64';
import { cborDecode } from '../cbor/cbor-decode';
import { cborEncode } from '../cbor/cbor-encode';
import { isBytes, isMap, type CborMap, type CborValue } from '../cbor/cbor-value';
import { domain, externalAad } from '../cose/domain';
import { createSign1, parseSign1, verifySign1 } from '../cose/sign1';
import type { Sign, VerifySignature } from '../crypto';
import { publicKeyFromCoseKey, publicKeyToCoseKey } from '../key/cose-key';
import type { PublicKey } from '../key/public-key';
import { cnfCoseKey, cwtClaim } from '../spec/rfc8392';

/** What a phone can state to the service. */
export type StatementUse = 'mint' | 'showing' | 'deletion' | 'export' | 'guardian';

/** What every statement holds: the service's challenge, 16 bytes as base64url, and the key that it is about. */
export interface StatementContent {
  readonly challenge: string;
  readonly key: PublicKey;
}

const CHALLENGE_LENGTH = 16;

/**
 * Signs a statement: a CWT with the audience, the service's challenge as `cti` and the key as `cnf` (RFC 8747), as base64url.
 * @throws RangeError where the challenge is not 16 bytes
 */
export const createStatement = (
  use: StatementUse,
  statement: StatementContent & { readonly more: CborMap; readonly sign: Sign },
): string => {
  const challenge = base64urlDecode(statement.challenge);
  if (challenge?.length !== CHALLENGE_LENGTH) throw new RangeError('a challenge has 16 bytes');
  const claims = new Map<number | string, CborValue>([
    ...statement.more,
    [cwtClaim.aud, domain[use]],
    [cwtClaim.cti, challenge],
    [cwtClaim.cnf, new Map([[cnfCoseKey, publicKeyToCoseKey(statement.key)]])],
  ]);
  return base64urlEncode(
    createSign1({ payload: cborEncode(claims), externalAad: externalAad[use], sign: statement.sign }),
  );
};

/** A statement that was read and not yet verified. */
export interface ParsedStatement extends StatementContent {
  /** The claims beyond audience, challenge and key. */
  readonly more: CborMap;
  readonly isSignedBy: (key: PublicKey, verify: VerifySignature) => boolean;
}

/** Reads a statement for one use. Never throws. @returns null where the text is none */
export const parseStatement = (use: StatementUse, text: string): ParsedStatement | null => {
  const bytes = base64urlDecode(text);
  const sign1 = bytes && parseSign1(bytes);
  if (!sign1) return null;
  const decoded = cborDecode(sign1.payload);
  if (!decoded.ok || !isMap(decoded.value)) return null;
  const claims = decoded.value;
  const cti = claims.get(cwtClaim.cti);
  const cnf = claims.get(cwtClaim.cnf);
  if (claims.get(cwtClaim.aud) !== domain[use] || !isBytes(cti) || cti.length !== CHALLENGE_LENGTH) return null;
  if (!isMap(cnf) || cnf.size !== 1) return null;
  const key = publicKeyFromCoseKey(cnf.get(cnfCoseKey));
  if (!key) return null;
  const common: readonly (number | string)[] = [cwtClaim.aud, cwtClaim.cti, cwtClaim.cnf];
  return {
    challenge: base64urlEncode(cti),
    key,
    more: new Map([...claims].filter(([name]) => !common.includes(name))),
    isSignedBy: (signer, verify) => verifySign1(sign1, { key: signer, externalAad: externalAad[use], verify }),
  };
};
