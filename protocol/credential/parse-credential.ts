import { readKid, readParts } from '../jws/compact-jws';
import { readPublicJwk } from '../key/jwk';
import type { PublicKey } from '../key/public-key';
import { sdJwt } from '../spec/rfc9901';
import { sdJwtVc } from '../spec/sd-jwt-vc';
import { tokenStatusList } from '../spec/status-list';
import { readStatusClaim, type StatusReference } from '../status/status-reference';
import { isClaimName, isWhole, parseDisclosure, type Disclosure } from './disclosure';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from './json';

/** A credential that was read and not yet verified. Times are in seconds since 1970. */
export interface ParsedCredential {
  readonly kid: string;
  readonly issuer: string;
  readonly vct: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly holderKey: PublicKey;
  /** Where its status is published. */
  readonly status: StatusReference;
  /** Claims that stand in the JWT itself. */
  readonly openClaims: JsonObject;
  readonly digests: readonly string[];
  readonly disclosures: readonly Disclosure[];
  /** What the issuer signed. */
  readonly signingInput: Uint8Array;
  readonly signature: Uint8Array;
}

/** The longest credential that is looked at, in characters: a claim set with a small portrait fits. */
const MAX_LENGTH = 64 * 1024;

const own = ['iss', 'vct', 'iat', 'exp', 'cnf', tokenStatusList.status, sdJwt.digests, sdJwt.hashName] as const;

const isText = (value: JsonValue | undefined): value is string => typeof value === 'string' && value !== '';
const isTime = (value: JsonValue | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value);
const isUnique = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;

const readDigests = (payload: JsonObject): readonly string[] | null => {
  const digests = payload[sdJwt.digests];
  if (payload[sdJwt.hashName] !== sdJwt.sha256 || !isJsonArray(digests)) return null;
  const texts = digests.filter(isText);
  return texts.length === digests.length && isUnique(texts) ? texts : null;
};

/** The key that the credential is bound to; one that is published with its private part binds it to nobody. */
const readHolderKey = (jwk: JsonValue | undefined): PublicKey | null =>
  isJsonObject(jwk) && !('d' in jwk) ? readPublicJwk(jwk) : null;

type Payload = Omit<ParsedCredential, 'kid' | 'disclosures' | 'signingInput' | 'signature'>;

const readPayload = (payload: JsonObject): Payload | null => {
  const { iss, vct, iat, exp, cnf } = payload;
  const status = readStatusClaim(payload[tokenStatusList.status]);
  const digests = readDigests(payload);
  const holderKey = isJsonObject(cnf) && Object.keys(cnf).length === 1 ? readHolderKey(cnf['jwk']) : null;
  if (!digests || !holderKey || !status || !isText(iss) || !isText(vct) || !isTime(iat) || !isTime(exp)) return null;
  const open = Object.entries(payload).filter(([name]) => !own.some((claim) => claim === name));
  // A registered claim that this profile does not know could limit the credential in a way that would go unseen.
  if (!open.every(([name, value]) => isClaimName(name) && isWhole(value))) return null;
  const openClaims = Object.fromEntries(open);
  return { issuer: iss, vct, issuedAt: iat, expiresAt: exp, holderKey, status, openClaims, digests };
};

/**
 * Reads an SD-JWT VC of this profile, without a key: ES256, `cnf` with a P-256 key, `status` in a list, claims disclosed whole, no
 * key binding.
 * Never throws. @returns null where the text is anything else
 */
export const parseCredential = (text: string): ParsedCredential | null => {
  if (text.length > MAX_LENGTH) return null;
  const [jwt = '', ...rest] = text.split(sdJwt.separator);
  // The last part would be the key binding; the format ends with a separator where there is none.
  if (rest.pop() !== '') return null;
  const parts = readParts(jwt);
  const kid = parts && readKid(parts.header, sdJwtVc.typ);
  const content = parts && readPayload(parts.payload);
  if (kid === null || !content) return null;

  const disclosures = rest.map(parseDisclosure);
  const readable = disclosures.filter((disclosure) => disclosure !== null);
  if (readable.length !== disclosures.length || !isUnique(readable.map(({ name }) => name))) return null;
  const open = Object.keys(content.openClaims);
  if (readable.some(({ name }) => open.includes(name))) return null;
  const { signingInput, signature } = parts;
  return { ...content, kid, disclosures: readable, signingInput, signature };
};
