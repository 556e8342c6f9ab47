import { createHash, generateKeyPairSync, sign as nodeSign, verify as nodeVerify, createPublicKey } from 'node:crypto';
import {
  publicKeyFromJwk,
  publicKeyToJwk,
  type PublicKey,
  type Sha256,
  type Sign,
  type VerifySignature,
} from '../../../protocol';

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
    sign: (message) => nodeSign('sha256', message, { key: privateKey, dsaEncoding }),
  };
};

export const sha256: Sha256 = (data) => createHash('sha256').update(data).digest();

/** ES256 by OpenSSL. */
export const verifySignature: VerifySignature = (key, message, signature) =>
  nodeVerify(
    'sha256',
    message,
    { key: createPublicKey({ key: { ...publicKeyToJwk(key) }, format: 'jwk' }), dsaEncoding },
    signature,
  );
