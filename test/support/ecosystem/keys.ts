import { generateKeyPairSync, sign } from 'node:crypto';
import { publicKeyFromJwk, type PublicKey, type Sign } from '../../../protocol';

/** A P-256 key of a program that is not our phone. */
export interface KeyPair {
  readonly publicKey: PublicKey;
  readonly sign: Sign;
}

const dsaEncoding = 'ieee-p1363';

export const createKeyPair = (): KeyPair => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    publicKey: publicKeyFromJwk(publicKey.export({ format: 'jwk' })),
    sign: (message) => sign('sha256', message, { key: privateKey, dsaEncoding }),
  };
};
