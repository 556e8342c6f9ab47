import type { PublicKey, Sha256, Sign, VerifySignature } from '../protocol';
import { publicKey } from '../protocol';
import { p256, sha256 as nobleSha256 } from '../vendor/noble-curves';
import { randomBytes } from './random';

/** A P-256 key pair of this phone. */
export interface PhoneKey {
  readonly publicKey: PublicKey;
  readonly sign: Sign;
  /** 32 bytes; for the phone's encrypted storage alone. */
  readonly secret: Uint8Array;
}

/** The key pair of a secret that this phone kept. @throws Error where the bytes are no P-256 secret */
export const keyOf = (secret: Uint8Array): PhoneKey => ({
  secret,
  publicKey: publicKey(p256.getPublicKey(secret, false)),
  // RFC 6979, with the phone's randomness absent: the nonce comes from key and message.
  sign: (message) => p256.sign(nobleSha256(message), secret, { prehash: false, lowS: true }),
});

/** A fresh key pair. 48 random bytes keep the secret's bias below 2^-128 (FIPS 186-5, appendix A.2.1). */
export const createKey = async (): Promise<PhoneKey> => keyOf(p256.utils.randomSecretKey(await randomBytes(48)));

export const sha256: Sha256 = (data) => nobleSha256(data);

/** ES256 on the phone: false for anything that is no signature of that key over that message. */
export const verifySignature: VerifySignature = (key, message, signature) => {
  try {
    return p256.verify(signature, nobleSha256(message), key, { prehash: false, lowS: true });
  } catch {
    return false;
  }
};
