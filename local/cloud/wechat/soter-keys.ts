import { constants, createPublicKey, verify } from 'node:crypto';
import { CloudError } from '../cloud-error';
import type { GroupCommit } from '../database/group-commit';
import type { Sqlite } from '../database/sqlite';
import { select } from '../database/sqlite';

/** A phone, as its secure hardware names it: the machine and the app on it. */
export interface SoterDevice {
  readonly cpuId: string;
  readonly uid: string;
}

/**
 * The public keys of phones' sensors: a stand-in for what WeChat keeps of them. WeChat takes a key that the device maker vouches for;
 * this machine takes the first that it hears of for a user and a phone (trust on first use), and checks signatures as WeChat does.
 */
export interface SoterKeys {
  /** @param publicKey SubjectPublicKeyInfo as PEM @returns false where another key is known @throws CloudError where it is no RSA key */
  register(openId: string, device: SoterDevice, publicKey: string): Promise<boolean>;
  /** Whether the user's phone that the JSON names signed this very JSON. @param signature base64 */
  isSigned(openId: string, json: string, signature: string): Promise<boolean>;
}

const MIN_KEY_BITS = 2048;

const deviceKey = ({ cpuId, uid }: SoterDevice): string => JSON.stringify([cpuId, uid]);

/** SHA-256 with RSASSA-PSS and a salt of 20 bytes. */
const verifyPss = (publicKey: string, json: string, signature: string): boolean =>
  verify(
    'sha256',
    Buffer.from(json),
    { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 20 },
    Buffer.from(signature, 'base64'),
  );

const normalised = (publicKey: string): string => {
  try {
    const key = createPublicKey(publicKey);
    const isStrong = key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= MIN_KEY_BITS;
    if (isStrong) return key.export({ type: 'spki', format: 'pem' }).toString();
  } catch {
    // Said below.
  }
  throw new CloudError('INVALID_PARAM', 'pub_key must be an RSA key of at least 2048 bits as PEM');
};

const deviceOf = (json: string): SoterDevice | null => {
  try {
    const { cpu_id: cpuId, uid } = JSON.parse(json) as { cpu_id?: unknown; uid?: unknown };
    return typeof cpuId === 'string' && typeof uid === 'string' ? { cpuId, uid } : null;
  } catch {
    return null;
  }
};

/** Opens the keys of this server's data folder. */
export function openSoterKeys(sqlite: Sqlite, commits: GroupCommit): SoterKeys {
  const find = select<{ public_key: string }>(
    sqlite,
    'SELECT public_key FROM soter_key WHERE open_id = ? AND device = ?',
  );
  const add = sqlite.prepare('INSERT OR IGNORE INTO soter_key (open_id, device, public_key) VALUES (?, ?, ?)');
  return {
    async register(openId, device, publicKey) {
      const key = normalised(publicKey);
      return commits.write(() => {
        add.run(openId, deviceKey(device), key);
        return find.first(openId, deviceKey(device))?.public_key === key;
      });
    },
    async isSigned(openId, json, signature) {
      const device = deviceOf(json);
      const known = device && (await commits.read(() => find.first(openId, deviceKey(device))));
      return known ? verifyPss(known.public_key, json, signature) : false;
    },
  };
}
