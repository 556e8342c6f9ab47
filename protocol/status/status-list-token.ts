import { base64urlDecode, base64urlEncode } from '../bytes/base64';
import { utf8Encode } from '../bytes/utf8';
import { isLowS, SIGNATURE_LENGTH, signLowS } from '../cose/signature';
import { decodeJson, encodeJson, isJsonObject, type JsonObject, type JsonValue } from '../credential/json';
import type { Sign, VerifySignature } from '../crypto';
import { instant, type Instant } from '../ids';
import type { PublicKey } from '../key/public-key';
import { jwa } from '../spec/rfc7518';
import { tokenStatusList } from '../spec/status-list';
import { packStatuses, readStatus, type StatusEntry } from './status-bits';

/** ZLIB (RFC 1950) with DEFLATE (RFC 1951), at the best compression. */
export type Deflate = (bytes: Uint8Array) => Uint8Array;

/** Undoes `Deflate`. @returns null where the bytes are no whole ZLIB stream, or where more than `maxLength` bytes would come out */
export type Inflate = (compressed: Uint8Array, maxLength: number) => Uint8Array | null;

/** What goes into a status list token. Times are in whole seconds: since 1970, and of the life of a copy. */
export interface StatusListContent {
  /** The address of the list: the `uri` of every credential that refers to it. */
  readonly uri: string;
  /** Name of the issuer's key that signs. */
  readonly kid: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** For how long a copy may be used before the list is asked for again. */
  readonly ttl: number;
  /** How many entries the list has. */
  readonly size: number;
  /** Those that are not valid. */
  readonly entries: Iterable<StatusEntry>;
}

const isCount = (value: JsonValue | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0;

/**
 * A status list token in the JWT form (draft-ietf-oauth-status-list, section 5.1), signed with ES256.
 * @throws RangeError where the times are impossible or an entry is none of the list
 */
export const createStatusListToken = (
  content: StatusListContent & { readonly deflate: Deflate; readonly sign: Sign },
): string => {
  const { uri, kid, issuedAt, expiresAt, ttl } = content;
  if (![issuedAt, expiresAt, ttl].every(isCount) || expiresAt <= issuedAt) {
    throw new RangeError('the times of a status list are whole seconds, its end after its issue');
  }
  const { bits } = tokenStatusList;
  const lst = base64urlEncode(content.deflate(packStatuses(content.size, bits, content.entries)));
  const header = { alg: jwa.es256, typ: tokenStatusList.typ, kid };
  const payload = { sub: uri, iat: issuedAt, exp: expiresAt, ttl, [tokenStatusList.statusList]: { bits, lst } };
  const signingInput = `${encodeJson(header)}.${encodeJson(payload)}`;
  return `${signingInput}.${base64urlEncode(signLowS(content.sign, utf8Encode(signingInput)))}`;
};

/** What is demanded of a status list token. */
export interface StatusListExpectation {
  /** The address that the credential names. */
  readonly expectedUri: string;
  /** The keys of the credential's issuer and of nobody else, by `kid`. */
  readonly keys: ReadonlyMap<string, PublicKey>;
  readonly now: Instant;
  readonly verify: VerifySignature;
  readonly inflate: Inflate;
}

/** A list that was verified. */
export interface StatusList {
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  /** How long a copy may be used, in milliseconds. */
  readonly ttlMs: number;
  /** The value of an entry; null where the list has no such entry. */
  readonly valueAt: (index: number) => number | null;
}

export type StatusListFault =
  | 'malformed'
  /** It is the list of another address. */
  | 'wrong_list'
  | 'unknown_key'
  | 'bad_signature'
  | 'from_future'
  | 'expired';

/** The longest token that is looked at, in characters, and the longest list, in bytes: 2^20 entries of this profile. */
const MAX_LENGTH = 512 * 1024;
const MAX_LIST_BYTES = 256 * 1024;

/** By how much the issuer's clock may be ahead, in milliseconds. */
const FUTURE_TOLERANCE_MS = 60_000;

/** The key's name, where the header is exactly that of this format: no other algorithm, no embedded key, no extension. */
const readHeader = (text: string): string | null => {
  const header = decodeJson(text);
  if (header === null || !isJsonObject(header) || Object.keys(header).length !== 3) return null;
  const { alg, typ, kid } = header;
  return alg === jwa.es256 && typ === tokenStatusList.typ && typeof kid === 'string' ? kid : null;
};

interface Payload {
  readonly uri: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  readonly ttlMs: number;
  readonly compressed: Uint8Array;
}

const readCompressed = (list: JsonValue | undefined): Uint8Array | null => {
  if (!isJsonObject(list) || list['bits'] !== tokenStatusList.bits) return null;
  const { lst } = list;
  return typeof lst === 'string' ? base64urlDecode(lst) : null;
};

const readPayload = (payload: JsonObject): Payload | null => {
  const { sub, iat, exp, ttl } = payload;
  const compressed = readCompressed(payload[tokenStatusList.statusList]);
  if (typeof sub !== 'string' || !isCount(iat) || !isCount(exp) || !isCount(ttl) || !compressed) return null;
  // Beyond the last instant that milliseconds can say, nothing is meant.
  if (![iat, exp, ttl].every((seconds) => Number.isSafeInteger(seconds * 1000))) return null;
  return {
    uri: sub,
    issuedAt: instant(iat * 1000),
    expiresAt: instant(exp * 1000),
    ttlMs: ttl * 1000,
    compressed,
  };
};

/**
 * Verifies a status list token (draft-ietf-oauth-status-list, section 8.3): the list of the address that the credential names, by
 * a key of the credential's own issuer. What the issuer did not sign is not unpacked. Never throws.
 */
export const verifyStatusListToken = (
  text: string,
  expected: StatusListExpectation,
): { readonly ok: true; readonly list: StatusList } | { readonly ok: false; readonly fault: StatusListFault } => {
  const refuse = (fault: StatusListFault): { ok: false; fault: StatusListFault } => ({ ok: false, fault });
  if (text.length > MAX_LENGTH) return refuse('malformed');
  const [header = '', body = '', mark = '', ...more] = text.split('.');
  const kid = readHeader(header);
  const decoded = decodeJson(body);
  const payload = decoded !== null && isJsonObject(decoded) ? readPayload(decoded) : null;
  const signature = base64urlDecode(mark);
  if (more.length > 0 || kid === null || !payload || signature?.length !== SIGNATURE_LENGTH) {
    return refuse('malformed');
  }
  if (payload.uri !== expected.expectedUri) return refuse('wrong_list');
  const key = expected.keys.get(kid);
  if (!key) return refuse('unknown_key');
  if (!isLowS(signature) || !expected.verify(key, utf8Encode(`${header}.${body}`), signature)) {
    return refuse('bad_signature');
  }
  const { issuedAt, expiresAt, ttlMs } = payload;
  if (issuedAt > expected.now + FUTURE_TOLERANCE_MS) return refuse('from_future');
  if (expected.now >= expiresAt) return refuse('expired');
  const bytes = expected.inflate(payload.compressed, MAX_LIST_BYTES);
  if (!bytes) return refuse('malformed');
  return {
    ok: true,
    list: { issuedAt, expiresAt, ttlMs, valueAt: (index) => readStatus(bytes, tokenStatusList.bits, index) },
  };
};
