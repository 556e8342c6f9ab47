import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import {
  base64urlDecode,
  base64urlEncode,
  createStatusListToken,
  publicKeyFromJwk,
  statusType,
  utf8Encode,
  type Sign,
} from '../../../protocol';
import { deflate } from '../../../cloudfunctions/_adapters/crypto/zlib';
import { content, holder, issuer, salt } from './credential-support';
import { sha256, twinOf, verifySignature } from './support';

const lowS =
  (sign: Sign) =>
  (data: string): string => {
    const signature = sign(utf8Encode(data));
    const isHigh = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`) >> 255n === 1n;
    return base64urlEncode(isHigh ? twinOf(signature) : signature);
  };

/** An independent implementation of SD-JWT VC, with the issuer's and the holder's keys. @param published what the status list says */
export const libraryOf = (published: () => number = () => statusType.valid) =>
  new SDJwtVcInstance({
    signAlg: 'ES256',
    kbSignAlg: 'ES256',
    hashAlg: 'sha-256',
    hasher: (data: string | ArrayBuffer) => sha256(typeof data === 'string' ? utf8Encode(data) : new Uint8Array(data)),
    saltGenerator: (length: number) => base64urlEncode(salt()).slice(0, Math.max(length, 22)),
    verifier: (data: string, signature: string) =>
      verifySignature(issuer.key, utf8Encode(data), base64urlDecode(signature) ?? new Uint8Array()),
    signer: lowS(issuer.sign),
    kbVerifier: (data: string, signature: string, payload: { cnf?: { jwk?: object } }) =>
      verifySignature(
        publicKeyFromJwk(payload.cnf?.jwk),
        utf8Encode(data),
        base64urlDecode(signature) ?? new Uint8Array(),
      ),
    kbSigner: lowS(holder.sign),
    statusListFetcher: (uri: string) => {
      const token = createStatusListToken({
        uri,
        kid: 'key-1',
        issuedAt: content.issuedAt,
        expiresAt: content.issuedAt + 3600,
        ttl: 60,
        size: 2 ** 17,
        entries: [{ index: content.status.index, value: published() }],
        deflate,
        sign: issuer.sign,
      });
      return Promise.resolve(uri === content.status.uri ? token : '');
    },
  });
