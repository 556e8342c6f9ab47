import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The key pair with which requests are signed. */
export interface Credentials {
  readonly secretId: string;
  readonly secretKey: string;
}

const isCredentials = (value: unknown): value is Credentials =>
  typeof value === 'object' &&
  value !== null &&
  'secretId' in value &&
  typeof value.secretId === 'string' &&
  'secretKey' in value &&
  typeof value.secretKey === 'string';

/**
 * The key pair of a data folder, made at the first start and readable by its owner alone.
 * @throws Error where the file is there but is no key pair
 */
export const keepCredentials = (dataDir: string): Credentials => {
  const file = join(dataDir, 'credentials.json');
  if (!existsSync(file)) {
    const fresh = {
      secretId: `LOCAL${randomBytes(16).toString('hex')}`,
      secretKey: randomBytes(24).toString('base64url'),
    };
    writeFileSync(file, JSON.stringify(fresh), { mode: 0o600, flag: 'wx' });
    return fresh;
  }
  const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isCredentials(kept)) throw new Error(`${file} is no key pair; delete it to have a new one made`);
  return kept;
};
