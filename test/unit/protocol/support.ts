import { createHash, createPublicKey, sign, verify } from 'node:crypto';
import {
  publicKeyFromJwk,
  publicKeyToJwk,
  type PublicKey,
  type Sha256,
  type Sign,
  type VerifySignature,
} from '../../../protocol';
import { freshKeys } from '../../support/fresh-key';

const dsaEncoding = 'ieee-p1363';

/** A P-256 key pair of OpenSSL's making. */
export const keyPair = (): { key: PublicKey; sign: Sign } => {
  const { privateKey, publicKey } = freshKeys();
  return {
    key: publicKeyFromJwk(publicKey.export({ format: 'jwk' })),
    sign: (message) => sign('sha256', message, { key: privateKey, dsaEncoding }),
  };
};

/** ES256 by OpenSSL. */
export const verifySignature: VerifySignature = (key, message, signature) =>
  verify(
    'sha256',
    message,
    { key: createPublicKey({ key: { ...publicKeyToJwk(key) }, format: 'jwk' }), dsaEncoding },
    signature,
  );

export const sha256: Sha256 = (data) => createHash('sha256').update(data).digest();

const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The other spelling of a signature: s becomes n − s. */
export const twinOf = (signature: Uint8Array): Uint8Array => {
  const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`);
  return Uint8Array.from([...signature.subarray(0, 32), ...fromHex((order - s).toString(16).padStart(64, '0'))]);
};

/** Signs with the high s only. */
export const highS =
  (sign: Sign): Sign =>
  (message) => {
    const signature = sign(message);
    const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`);
    return s > order / 2n ? signature : twinOf(signature);
  };

/** Plain bytes, since a Buffer is not always taken for what it is. */
export const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const ascii = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'ascii'));

/** The bytes with one bit turned. */
export const flipBit = (bytes: Uint8Array, bit: number): Uint8Array =>
  bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
