import { base64urlDecode } from '../bytes/base64';
import { cborDecode } from '../cbor/cbor-decode';
import { cborEncode } from '../cbor/cbor-encode';
import { isArray, isBytes, isMap, type CborValue } from '../cbor/cbor-value';
import { externalAad } from '../cose/domain';
import { createSign1, parseKeyedSign1, verifySign1 } from '../cose/sign1';
import type { Sha256, Sign, VerifySignature } from '../crypto';
import { hex, passId, type PassId } from '../ids';
import { publicKeyFromCoseKey, publicKeyToCoseKey } from '../key/cose-key';
import { jwkThumbprint } from '../key/jwk';
import type { PublicKey } from '../key/public-key';
import type { Purpose } from '../purposes/purpose-table';
import {
  DIGEST_LENGTH,
  PASS_ID_LENGTH,
  PASS_KID_LENGTH,
  PASS_LIFE_S,
  PASS_TIME_GRAIN_S,
  passClaim,
} from '../spec/pass';
import { cnfCoseKey, cwtClaim } from '../spec/rfc8392';
import { commitmentTo, digestOfClaim, type Openings } from './pass-claims';

type Tier = Purpose['tier'];

/** Tiers by the number that stands for each in a pass. */
const tiers: readonly Tier[] = ['light', 'full'];

/** Seconds that four bytes can say, until the year 2106. */
const LATEST = 0xffff_ffff;

/** Whether a value is a time of a pass: whole seconds since 1970. */
export const isTime = (value: CborValue | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= LATEST;

const isLife = (issuedAt: number, expiresAt: number): boolean =>
  issuedAt % PASS_TIME_GRAIN_S === 0 && expiresAt > issuedAt && expiresAt - issuedAt <= PASS_LIFE_S;

/** The name of an issuer's key in the header of its passes: 16 hexadecimal digits, the beginning of its thumbprint (RFC 7638). */
export const passKeyName = (key: PublicKey, sha256: Sha256): string => hex(keyHint(key, sha256));

const keyHint = (key: PublicKey, sha256: Sha256): Uint8Array =>
  (base64urlDecode(jwkThumbprint(key, sha256)) ?? new Uint8Array()).slice(0, PASS_KID_LENGTH);

/** What goes into a pass. Times are in whole seconds since 1970, its issue a multiple of ten minutes. */
export interface PassContent {
  /** 16 random bytes. */
  readonly id: Uint8Array;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly tier: Tier;
  /** The pass's own key, made on the holder's phone. */
  readonly key: PublicKey;
  readonly openings: Openings;
}

/** The issuer's key and hash. */
export interface PassIssuer {
  readonly issuerKey: PublicKey;
  readonly sign: Sign;
  readonly sha256: Sha256;
}

/**
 * An offline pass: a CWT (RFC 8392) bound to a key of its own (`cnf`, RFC 8747) with a commitment to the claims about the person,
 * signed by the issuer as a COSE_Sign1 that names its key. Nothing in it but the constants of the format is shared with another
 * pass of the same holder, save times and tier.
 * @throws RangeError where the id has not 16 bytes, the issue is told too finely, or the pass would live longer than a day
 */
export const createPass = (content: PassContent, issuer: PassIssuer): Uint8Array => {
  const { id, issuedAt, expiresAt } = content;
  if (id.length !== PASS_ID_LENGTH) throw new RangeError('the id of a pass has 16 bytes');
  if (!isTime(issuedAt) || !isTime(expiresAt) || !isLife(issuedAt, expiresAt)) {
    throw new RangeError(
      'the times of a pass are whole seconds, a day apart at most, its issue a multiple of ten minutes',
    );
  }
  const digests = content.openings.map((opening, position) => digestOfClaim(opening, position, issuer.sha256));
  const claims = new Map<number, CborValue>([
    [cwtClaim.exp, expiresAt],
    [cwtClaim.iat, issuedAt],
    [cwtClaim.cti, id],
    [cwtClaim.cnf, new Map([[cnfCoseKey, publicKeyToCoseKey(content.key)]])],
    [passClaim.card, [tiers.indexOf(content.tier), commitmentTo(digests, issuer.sha256)]],
  ]);
  return createSign1({
    payload: cborEncode(claims),
    externalAad: externalAad.pass,
    kid: keyHint(issuer.issuerKey, issuer.sha256),
    sign: issuer.sign,
  });
};

/** A pass that was read and not yet verified. Times are in seconds since 1970. */
export interface ParsedPass {
  readonly id: PassId;
  /** Name of the issuer's key that it claims to be signed by. */
  readonly keyName: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly tier: Tier;
  readonly key: PublicKey;
  readonly commitment: Uint8Array;
  readonly isSignedBy: (issuerKey: PublicKey, verify: VerifySignature) => boolean;
}

const readCard = (value: CborValue | undefined): Pick<ParsedPass, 'tier' | 'commitment'> | null => {
  if (!isArray(value) || value.length !== 2) return null;
  const [number, commitment] = value;
  const tier = typeof number === 'number' ? tiers[number] : undefined;
  return tier && isBytes(commitment) && commitment.length === DIGEST_LENGTH ? { tier, commitment } : null;
};

const readKey = (cnf: CborValue | undefined): PublicKey | null =>
  isMap(cnf) && cnf.size === 1 ? publicKeyFromCoseKey(cnf.get(cnfCoseKey)) : null;

/** Reads a pass, without a key; of every pass exactly one run of bytes is taken. Never throws. @returns null where it is none */
export const parsePass = (bytes: Uint8Array): ParsedPass | null => {
  const sign1 = parseKeyedSign1(bytes);
  if (sign1?.kid.length !== PASS_KID_LENGTH) return null;
  const decoded = cborDecode(sign1.payload);
  if (!decoded.ok || !isMap(decoded.value) || decoded.value.size !== 5) return null;
  const claims = decoded.value;
  const id = claims.get(cwtClaim.cti);
  const issuedAt = claims.get(cwtClaim.iat);
  const expiresAt = claims.get(cwtClaim.exp);
  const key = readKey(claims.get(cwtClaim.cnf));
  const card = readCard(claims.get(passClaim.card));
  if (!isBytes(id) || id.length !== PASS_ID_LENGTH || !key || !card) return null;
  if (!isTime(issuedAt) || !isTime(expiresAt) || !isLife(issuedAt, expiresAt)) return null;
  return {
    id: passId(hex(id)),
    keyName: hex(sign1.kid),
    issuedAt,
    expiresAt,
    key,
    ...card,
    isSignedBy: (issuerKey, verify) => verifySign1(sign1, { key: issuerKey, externalAad: externalAad.pass, verify }),
  };
};
