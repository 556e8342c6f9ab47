import { constants, generateKeyPair, sign } from 'node:crypto';
import { promisify } from 'node:util';

/** A finger on the sensor of a phone without a screen. */
export interface Finger {
  /** Which finger, by the phone's own count. */
  readonly fid: string;
}

/** The secure hardware of a phone without a screen: one key, whose every signature has a higher count. */
export interface SoterHardware {
  /** What the phone's key is known by. */
  readonly registration: () => Promise<{ readonly cpu_id: string; readonly uid: string; readonly pub_key: string }>;
  /** Signs a challenge as SOTER does, once the finger is on the sensor. */
  readonly sign: (
    challenge: string,
    finger: Finger,
  ) => Promise<{ readonly resultJSON: string; readonly resultJSONSignature: string }>;
}

const SALT_LENGTH = 20;

/** @param cpuId which phone this is */
export const createSoterHardware = (cpuId: string): SoterHardware => {
  const device = { cpu_id: cpuId, uid: '10101' };
  let counter = 0;
  let pair: Promise<{ readonly publicKey: string; readonly privateKey: string }> | null = null;
  // Made at the first use: most phones never need it.
  const keys = () =>
    (pair ??= promisify(generateKeyPair)('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    }));
  return {
    registration: async () => ({ ...device, pub_key: (await keys()).publicKey }),
    sign: async (challenge, { fid }) => {
      const { privateKey: key } = await keys();
      counter += 1;
      const hardware = { tee_n: 'headless phone', tee_v: '1', fp_n: 'headless sensor', fp_v: '1' };
      const resultJSON = JSON.stringify({ raw: challenge, fid, counter, ...hardware, ...device });
      const padding = constants.RSA_PKCS1_PSS_PADDING;
      const signature = sign('sha256', Buffer.from(resultJSON), { key, padding, saltLength: SALT_LENGTH });
      return { resultJSON, resultJSONSignature: signature.toString('base64') };
    },
  };
};
