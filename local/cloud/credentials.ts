import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, parseJson } from './database/ejson';

/** The key pair that signs the SDK's requests; the secret key also signs file URLs. */
export interface Credentials {
  readonly secretId: string;
  readonly secretKey: string;
}

/** The data folder's own credentials, made at the first start and readable by their owner alone. */
export function loadCredentials(dataDir: string): Credentials {
  const file = join(dataDir, 'credentials.json');
  if (!existsSync(file)) {
    const fresh = {
      secretId: `AKIDlocal${randomBytes(12).toString('hex')}`,
      secretKey: randomBytes(24).toString('hex'),
    };
    // Whole or not at all: who dies between must be able to start again. The data folder is this process's alone.
    writeFileSync(`${file}.part`, JSON.stringify(fresh), { mode: 0o600 });
    renameSync(`${file}.part`, file);
    return fresh;
  }
  const stored = parseJson(readFileSync(file, 'utf8'), file);
  const { secretId, secretKey } = isJsonObject(stored) ? stored : {};
  if (typeof secretId !== 'string' || typeof secretKey !== 'string')
    throw new Error(`${file} holds no credentials; remove it, and new ones are made`);
  return { secretId, secretKey };
}
