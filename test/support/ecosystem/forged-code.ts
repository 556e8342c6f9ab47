import { encode } from 'cbor2';
import type { Sign } from '../../../protocol';
import { encodeBase45 } from './base45';

/** CBOR as hexadecimal, so that every spelling can be written. */
export type Hex = string;

export const hexOf = (value: unknown): Hex => Buffer.from(encode(value)).toString('hex');
export const bytesOf = (hex: Hex): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const utf8 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

/** The parts of a COSE_Sign1 (RFC 9052, section 4.2), each of which may be spelled wrongly. */
export interface CodeParts {
  readonly payload: Hex;
  readonly protectedHeader?: Hex;
  readonly unprotected?: Hex;
  readonly audience?: string;
  /** Rewrites the signature. */
  readonly signature?: (signature: Uint8Array) => Uint8Array;
  /** Puts the parts together; the array of four is given. */
  readonly envelope?: (array: Hex) => Hex;
}

/** ES256 and nothing else: {1: -7}. */
const ES256 = 'a10126';

/** The payload of a code: {6: iat, 7: cti}. */
export const claims = (handle: string, issuedAt = Math.floor(Date.now() / 1000)): Hex =>
  hexOf(
    new Map<number, unknown>([
      [6, issuedAt],
      [7, Uint8Array.from(Buffer.from(handle, 'base64url'))],
    ]),
  );

/** A code put together with a CBOR library that is not the product's, and signed. */
export const forgeCode = (sign: Sign, parts: CodeParts): string => {
  const { payload, protectedHeader = ES256, unprotected = 'a0', audience = 'wechat-id/code' } = parts;
  const { signature = (given: Uint8Array) => given, envelope = (array) => `d2${array}` } = parts;
  const signed = encode(['Signature1', bytesOf(protectedHeader), utf8(audience), bytesOf(payload)]);
  const made = hexOf(signature(Uint8Array.from(lowS(sign(Uint8Array.from(signed))))));
  return encodeBase45(
    bytesOf(envelope(`84${hexOf(bytesOf(protectedHeader))}${unprotected}${hexOf(bytesOf(payload))}${made}`)),
  );
};

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The other spelling of an ES256 signature: s becomes n − s. */
export const twinOf = (signature: Uint8Array): Uint8Array => {
  const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`);
  return Uint8Array.from([...signature.subarray(0, 32), ...bytesOf((ORDER - s).toString(16).padStart(64, '0'))]);
};

const lowS = (signature: Uint8Array): Uint8Array =>
  BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`) > ORDER / 2n ? twinOf(signature) : signature;
