import { INSTITUTION_KEYS_MAX, readPublicJwk, type InstitutionJwk } from '../protocol';

/** What is wrong with a text that was pasted as public keys. */
export type PasteFault = 'noKeys' | 'privateKey' | 'otherKey' | 'unnamed' | 'twice' | 'tooMany';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Members of a JWK that only a private or a secret key has (RFC 7518, sections 6.2.2, 6.3.2 and 6.4). */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const KEY_NAME = /^[A-Za-z0-9_.:=+/-]{1,100}$/;

const readKey = (jwk: Readonly<Record<string, unknown>>): InstitutionJwk | PasteFault => {
  if (privateMembers.some((name) => name in jwk)) return 'privateKey';
  const { kty, crv, x, y, kid, use = 'sig', alg = 'ES256' } = jwk;
  const isPoint = readPublicJwk({ kty, crv, x, y }) !== null;
  if (!isPoint || typeof x !== 'string' || typeof y !== 'string' || use !== 'sig' || alg !== 'ES256') return 'otherKey';
  return typeof kid === 'string' && KEY_NAME.test(kid) ? { kty: 'EC', crv: 'P-256', x, y, kid } : 'unnamed';
};

/** What is to be a key each: those of a set, or the one that was pasted. */
const entriesOf = (pasted: unknown): readonly unknown[] => {
  if (!isRecord(pasted)) return [];
  const { keys } = pasted;
  return Array.isArray(keys) ? keys : [pasted];
};

/**
 * The public keys of a JWK set (RFC 7517), or of a single JWK, as somebody pasted it: of each key what is entered, and nothing else.
 * @returns what is wrong where it cannot be entered; a private part is told before all else, since its key is spoilt
 */
export const readKeyPaste = (text: string): readonly InstitutionJwk[] | PasteFault => {
  const listed = entriesOf(parse(text));
  const keys = listed.map((one) => (isRecord(one) ? readKey(one) : 'otherKey'));
  const faults = keys.filter((one) => typeof one === 'string');
  const fault = faults.find((one) => one === 'privateKey') ?? faults[0];
  if (fault !== undefined) return fault;
  const read = keys.filter((one) => typeof one !== 'string');
  if (read.length === 0) return 'noKeys';
  if (read.length > INSTITUTION_KEYS_MAX) return 'tooMany';
  const isTwice = read.some((key, at) => read.slice(at + 1).some(({ kid, x }) => kid === key.kid || x === key.x));
  return isTwice ? 'twice' : read;
};
