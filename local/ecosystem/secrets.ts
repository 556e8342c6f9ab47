import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeIssuerKey, type LocalIssuerKey } from './issuer-keys';

/** The service's secrets on this machine: made at the first start, kept in the data folder, readable by this user alone. */
export interface Secrets {
  /** 32 bytes as base64url: wraps every data key. */
  readonly dataKey: string;
  /** 32 bytes as base64url: keys the blind indexes. */
  readonly indexKey: string;
  /** 32 bytes as base64url: authenticates calls between functions. */
  readonly proofingKey: string;
  /** The issuer's keys, oldest first. */
  readonly issuerKeys: readonly LocalIssuerKey[];
  /** The keys that sign receipts, oldest first. */
  readonly receiptKeys: readonly LocalIssuerKey[];
  /** The keys that sign for the provider of OAuth, oldest first. */
  readonly institutionKeys: readonly LocalIssuerKey[];
  /** 32 bytes as base64url: makes a holder's name for each partner. */
  readonly pairwiseKey: string;
  /** 32 bytes as base64url: makes the references by which partners ask about cards. */
  readonly referenceKey: string;
  /** The keys that sign for the sandbox's provider, and those that sign its receipts; oldest first. */
  readonly sandboxKeys: readonly LocalIssuerKey[];
  readonly sandboxReceiptKeys: readonly LocalIssuerKey[];
  /** 32 bytes as base64url: all other keys of the sandbox come of them. */
  readonly sandboxSecret: string;
}

const key = (): string => randomBytes(32).toString('base64url');

const fileIn = (dataDir: string): string => join(dataDir, 'secrets.json');

const write = (dataDir: string, secrets: Secrets, flag: 'w' | 'wx'): void => {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(fileIn(dataDir), JSON.stringify(secrets, null, 2), { mode: 0o600, flag });
};

const make = (): Secrets => ({
  dataKey: key(),
  indexKey: key(),
  proofingKey: key(),
  issuerKeys: [makeIssuerKey()],
  receiptKeys: [makeIssuerKey()],
  institutionKeys: [makeIssuerKey()],
  pairwiseKey: key(),
  referenceKey: key(),
  sandboxKeys: [makeIssuerKey()],
  sandboxReceiptKeys: [makeIssuerKey()],
  sandboxSecret: key(),
});

/** The secrets of a data folder; made where it has none, or lacks one that the service did not need before. @param dataDir the folder */
export const loadSecrets = (dataDir: string): Secrets => {
  const file = fileIn(dataDir);
  if (!existsSync(file)) {
    const made = make();
    write(dataDir, made, 'wx');
    return made;
  }
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>;
  const whole = { ...make(), ...kept };
  if (Object.keys(whole).length > Object.keys(kept).length) write(dataDir, whole, 'w');
  return whole;
};

/** Changes the issuer's keys of a data folder: the functions take them at the next start. */
export const changeIssuerKeys = (
  dataDir: string,
  change: (keys: readonly LocalIssuerKey[]) => readonly LocalIssuerKey[],
): readonly LocalIssuerKey[] => {
  const secrets = loadSecrets(dataDir);
  const issuerKeys = change(secrets.issuerKeys);
  write(dataDir, { ...secrets, issuerKeys }, 'w');
  return issuerKeys;
};

/** Keys as the functions that sign take them: JSON of a JWK set (RFC 7517). */
export const keySetOf = (keys: readonly LocalIssuerKey[]): string => JSON.stringify({ keys });

/** The same without the private parts. */
export const publicKeySetOf = (keys: readonly LocalIssuerKey[]): string =>
  JSON.stringify({ keys: keys.map(({ d: _private, ...published }) => published) });
