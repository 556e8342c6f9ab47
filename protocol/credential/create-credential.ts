import { base64urlEncode } from '../bytes/base64';
import type { Sha256, Sign } from '../crypto';
import { signParts } from '../jws/compact-jws';
import { publicKeyToJwk } from '../key/jwk';
import type { PublicKey } from '../key/public-key';
import { jwa } from '../spec/rfc7518';
import { sdJwt } from '../spec/rfc9901';
import { sdJwtVc } from '../spec/sd-jwt-vc';
import { tokenStatusList } from '../spec/status-list';
import { statusClaim, type StatusReference } from '../status/status-reference';
import { createDisclosure, digestOf, isClaimName, isWhole } from './disclosure';
import { type JsonObject } from './json';

/** What goes into a credential. Times are in whole seconds since 1970. */
export interface CredentialContent {
  readonly issuer: string;
  /** What kind of credential it is, a name of the issuer's (`vct`). */
  readonly vct: string;
  /** Name of the issuer's key that signs. */
  readonly kid: string;
  /** The key of the holder's phone (`cnf`). */
  readonly holderKey: PublicKey;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Where its status is published: what cannot be withdrawn is not issued. */
  readonly status: StatusReference;
  /** Claims that the holder can disclose one by one. */
  readonly claims: JsonObject;
  /** Claims that everybody reads who is shown the credential. */
  readonly alwaysDisclosed: JsonObject;
}

/** What an issuer brings along. */
export interface IssuerTools {
  /** Fresh random bytes at each call, at least 16. */
  readonly salt: () => Uint8Array;
  /** How many digests of nothing to add, so that their number does not tell which claims there are. None where it is left out. */
  readonly decoys?: number;
  readonly sha256: Sha256;
  /** Signs with the key named `kid`. */
  readonly sign: Sign;
}

const freshSalt = (tools: IssuerTools): Uint8Array => {
  const salt = tools.salt();
  if (salt.length < sdJwt.saltLength) throw new RangeError('a salt has at least 16 bytes');
  return salt;
};

const checkContent = ({ claims, alwaysDisclosed, issuedAt, expiresAt }: CredentialContent): void => {
  for (const [name, value] of [...Object.entries(claims), ...Object.entries(alwaysDisclosed)]) {
    if (!isClaimName(name) || !isWhole(value))
      throw new RangeError('a claim has a name or value that the format reserves');
  }
  const open = Object.keys(alwaysDisclosed);
  if (Object.keys(claims).some((name) => open.includes(name))) throw new RangeError('a claim is named twice');
  if (!Number.isSafeInteger(issuedAt) || !Number.isSafeInteger(expiresAt) || expiresAt <= issuedAt) {
    throw new RangeError('the times of a credential are whole seconds, its end after its issue');
  }
};

/**
 * An SD-JWT VC with all its disclosures and no key binding: `<JWT>~<disclosure>~…~` (RFC 9901, section 4), signed with ES256.
 * @throws RangeError where a claim's name or value is reserved, a claim is named twice, the times or the place of its status are impossible,
 * or a salt is short
 */
export const createCredential = (content: CredentialContent & IssuerTools): string => {
  checkContent(content);
  const { sha256 } = content;
  const disclosures = Object.entries(content.claims).map(([name, value]) =>
    createDisclosure(freshSalt(content), name, value),
  );
  const decoys = Array.from({ length: content.decoys ?? 0 }, () => base64urlEncode(sha256(freshSalt(content))));
  // Sorted, so that the order of the digests says nothing about the claims (RFC 9901, section 4.2.4.1).
  const digests = [...disclosures.map(({ text }) => digestOf(text, sha256)), ...decoys].sort();

  const header = { alg: jwa.es256, typ: sdJwtVc.typ, kid: content.kid };
  const payload = {
    ...content.alwaysDisclosed,
    iss: content.issuer,
    iat: content.issuedAt,
    exp: content.expiresAt,
    vct: content.vct,
    [tokenStatusList.status]: statusClaim(content.status),
    cnf: { jwk: { ...publicKeyToJwk(content.holderKey) } },
    [sdJwt.digests]: digests,
    [sdJwt.hashName]: sdJwt.sha256,
  };
  const jwt = signParts({ header, payload }, content.sign);
  return [jwt, ...disclosures.map(({ text }) => text), ''].join(sdJwt.separator);
};
