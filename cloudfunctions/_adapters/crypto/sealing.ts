import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { SealedKey } from '../../_core/sealed-key';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const SALT_BYTES = 16;
const KEY_BYTES = 32;

const encrypt = (key: Uint8Array, context: string, plain: Uint8Array): Buffer => {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
};

const decrypt = (key: Uint8Array, context: string, sealed: Buffer): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
};

/** Encrypts what is at rest: AES-256-GCM under a data key of its own, which is wrapped by the key-encryption key. */
export interface Sealing {
  /** A fresh data key, wrapped. */
  readonly newDataKey: () => SealedKey;
  /**
   * Seals bytes. @param context where the bytes belong (a record's id and field): what is moved elsewhere does not open
   * @returns iv, tag and ciphertext as base64
   */
  readonly seal: (key: SealedKey, context: string, plain: Uint8Array) => string;
  /** Opens what `seal` made. @throws Error where key or context are others, or a bit was changed */
  readonly open: (key: SealedKey, context: string, sealed: string) => Buffer;
  /**
   * 32 bytes that follow from key and context, and that nobody without the key can tell from random ones or from another context's.
   * The key is first derived for this use alone (HKDF), so that it is never both a cipher's and a MAC's.
   */
  readonly draw: (key: SealedKey, context: string) => Buffer;
}

/**
 * Sealing under a key-encryption key held in memory.
 * Each data key is wrapped under a key derived with a salt of its own (HKDF, RFC 5869), so that random nonces never run out
 * (NIST SP 800-38D, section 8.3: 2^32 for one key).
 * @param keyEncryptionKey 32 bytes
 * @throws RangeError where the key has another length
 */
export const createSealing = (keyEncryptionKey: Uint8Array): Sealing => {
  if (keyEncryptionKey.length !== KEY_BYTES) throw new RangeError('the key-encryption key must have 32 bytes');
  const wrapping = (salt: Uint8Array): Buffer =>
    Buffer.from(hkdfSync('sha256', keyEncryptionKey, salt, 'wechat-id data key', KEY_BYTES));
  const unwrap = (key: SealedKey): Buffer => {
    const wrapped = Buffer.from(key, 'base64');
    return decrypt(wrapping(wrapped.subarray(0, SALT_BYTES)), 'data key', wrapped.subarray(SALT_BYTES));
  };
  return {
    newDataKey: () => {
      const salt = randomBytes(SALT_BYTES);
      const wrapped = encrypt(wrapping(salt), 'data key', randomBytes(KEY_BYTES));
      return Buffer.concat([salt, wrapped]).toString('base64') as SealedKey;
    },
    seal: (key, context, plain) => encrypt(unwrap(key), context, plain).toString('base64'),
    open: (key, context, sealed) => decrypt(unwrap(key), context, Buffer.from(sealed, 'base64')),
    draw: (key, context) =>
      createHmac('sha256', Buffer.from(hkdfSync('sha256', unwrap(key), '', 'wechat-id draw', KEY_BYTES)))
        .update(context)
        .digest(),
  };
};
