import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The service's secrets on this machine: made at the first start, kept in the data folder, readable by this user alone. */
export interface Secrets {
  /** 32 bytes as base64url: wraps every data key. */
  readonly dataKey: string;
  /** 32 bytes as base64url: keys the blind indexes. */
  readonly indexKey: string;
  /** 32 bytes as base64url: authenticates calls between functions. */
  readonly proofingKey: string;
  /** The issuer's private key: JSON of a P-256 JWK with `kid`. */
  readonly issuerKey: string;
}

const makeIssuerKey = (): string => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty, crv, x, y, d } = privateKey.export({ format: 'jwk' });
  // RFC 7638: the members of an EC key in this order.
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  return JSON.stringify({ kty, crv, x, y, d, kid, use: 'sig', alg: 'ES256' });
};

const key = (): string => randomBytes(32).toString('base64url');

/** The secrets of a data folder; made where it has none. @param dataDir the folder */
export const loadSecrets = (dataDir: string): Secrets => {
  const file = join(dataDir, 'secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  const made: Secrets = { dataKey: key(), indexKey: key(), proofingKey: key(), issuerKey: makeIssuerKey() };
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, JSON.stringify(made, null, 2), { mode: 0o600, flag: 'wx' });
  return made;
};

/** What is published of the issuer's key: JSON of a JWK set (RFC 7517) without the private part. */
export const publicKeysOf = ({ issuerKey }: Secrets): string => {
  const { d: _private, ...published } = JSON.parse(issuerKey) as Record<string, string>;
  return JSON.stringify({ keys: [published] });
};
