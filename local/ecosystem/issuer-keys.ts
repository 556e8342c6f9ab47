import { createHash, createPrivateKey, generateKeyPairSync } from 'node:crypto';

/** A key of the issuer as its configuration names it: a private P-256 JWK with its state, and its time in seconds since 1970. */
export interface LocalIssuerKey {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly y: string;
  readonly d: string;
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: 'ES256';
  readonly state: 'active' | 'retiring' | 'compromised';
  readonly nbf: number;
  readonly exp: number;
}

/** Longer than the longest card: what a key signs on its last day as the active one ends before it does. */
const LIFE_SECONDS = 6 * 366 * 24 * 60 * 60;

/** Makes a key that signs from now on. */
export const makeIssuerKey = (): LocalIssuerKey => {
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  const key = createPrivateKey({ key: privateKey, type: 'pkcs8', format: 'der' });
  const { kty = '', crv = '', x = '', y = '', d = '' } = key.export({ format: 'jwk' });
  // RFC 7638: the members of an EC key in this order.
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  const nbf = Math.floor(Date.now() / 1000);
  return { kty, crv, x, y, d, kid, use: 'sig', alg: 'ES256', state: 'active', nbf, exp: nbf + LIFE_SECONDS };
};

/** Has a new key sign from now on; the one before it still verifies. */
export const rotated = (keys: readonly LocalIssuerKey[]): readonly LocalIssuerKey[] => [
  ...keys.map((key): LocalIssuerKey => (key.state === 'active' ? { ...key, state: 'retiring' } : key)),
  makeIssuerKey(),
];

/** Calls a key compromised. */
export const compromised = (keys: readonly LocalIssuerKey[], kid: string): readonly LocalIssuerKey[] =>
  keys.map((key): LocalIssuerKey => (key.kid === kid ? { ...key, state: 'compromised' } : key));
