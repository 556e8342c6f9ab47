import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

const publicKeyEncoding = { type: 'spki', format: 'der' } as const;
const privateKeyEncoding = { type: 'pkcs8', format: 'der' } as const;

const read = (der: Buffer): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } => {
  const privateKey = createPrivateKey({ key: der, type: 'pkcs8', format: 'der' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
};

/** A fresh key pair on a curve. */
export const freshKeys = (namedCurve = 'P-256') =>
  read(generateKeyPairSync('ec', { namedCurve, publicKeyEncoding, privateKeyEncoding }).privateKey);

/** A fresh RSA key pair. */
export const freshRsaKeys = (modulusLength: number) =>
  read(generateKeyPairSync('rsa', { modulusLength, publicKeyEncoding, privateKeyEncoding }).privateKey);
