import { sign } from 'node:crypto';
import { publicKeyFromJwk, type PublicKey, type Sign } from '../../protocol';
import { freshKeys } from './fresh-key';

/** A P-256 key pair, as a phone has one. */
export interface KeyPair {
  readonly publicKey: PublicKey;
  readonly sign: Sign;
  /** The private key as JSON of a JWK. */
  readonly jwk: string;
}

export const newKeyPair = (kid = 'test-key'): KeyPair => {
  const pair = freshKeys();
  return {
    publicKey: publicKeyFromJwk(pair.publicKey.export({ format: 'jwk' })),
    sign: (message) => sign('sha256', message, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' }),
    jwk: JSON.stringify({ ...pair.privateKey.export({ format: 'jwk' }), kid }),
  };
};
