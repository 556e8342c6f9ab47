import { sign } from 'node:crypto';
import { publicKeyFromJwk, type PublicKey, type Sign } from '../../../protocol';
import { freshKeys } from '../fresh-key';

/** A P-256 key of a program that is not our phone. */
export interface KeyPair {
  readonly publicKey: PublicKey;
  readonly sign: Sign;
}

const dsaEncoding = 'ieee-p1363';

export const createKeyPair = (): KeyPair => {
  const { privateKey, publicKey } = freshKeys();
  return {
    publicKey: publicKeyFromJwk(publicKey.export({ format: 'jwk' })),
    sign: (message) => sign('sha256', message, { key: privateKey, dsaEncoding }),
  };
};
