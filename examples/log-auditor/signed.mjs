// What the issuer signs: JWS in compact form (RFC 7515), by ES256, with a header of exactly `alg`, `typ` and `kid`.
import { createPublicKey, verify } from 'node:crypto';
import { fromBase64url, readHash } from './tree.mjs';

const object = (text) => {
  try {
    const value = JSON.parse(fromBase64url(text)?.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
};

/** The parts of such a JWS, read and not verified; null where the text is none of that type. */
export const readSigned = (text, type) => {
  const parts = text.split('.');
  if (parts.length !== 3) return null;
  const [header, payload] = parts.slice(0, 2).map(object);
  const signature = fromBase64url(parts[2], 64);
  if (!header || !payload || !signature || Object.keys(header).length !== 3) return null;
  const { alg, typ, kid } = header;
  if (alg !== 'ES256' || typ !== type || typeof kid !== 'string') return null;
  return { kid, payload, signature, input: Buffer.from(`${parts[0]}.${parts[1]}`) };
};

/** Whether a key (a JWK, RFC 7517) signed it. */
export const isSignedBy = ({ signature, input }, jwk) => {
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    return verify('sha256', input, { key, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    return false;
  }
};

const isWhole = (value) => Number.isSafeInteger(value) && value >= 0;

/** A checkpoint, read and not verified; null where the text is none. */
export const readCheckpoint = (text) => {
  const signed = readSigned(text, 'wechat-id-checkpoint+jwt');
  if (!signed || Object.keys(signed.payload).length !== 4) return null;
  const { iss, iat, size, root: spelt } = signed.payload;
  const root = readHash(spelt);
  return typeof iss === 'string' && isWhole(iat) && isWhole(size) && root
    ? { text, signed, iss, iat, size, root }
    : null;
};
