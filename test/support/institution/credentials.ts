import { randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, importJWK, SignJWT, type CryptoKey, type JWK } from 'jose';
import { freshKeys } from '../fresh-key';

/** A P-256 key as a partner's server holds it. */
export interface ServerKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** The key of a private JWK. */
export const serverKeyOf = async ({ kid, d, ...publicJwk }: JWK & { readonly kid: string }): Promise<ServerKey> => {
  const [privateKey, publicKey] = await Promise.all([
    importJWK({ ...publicJwk, d } as JWK, 'ES256'),
    importJWK(publicJwk as JWK, 'ES256'),
  ]);
  if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array) throw new Error('it is no key pair');
  return { kid, privateKey, publicKey, publicJwk };
};

/** A key of nobody's yet. */
export const freshServerKey = async (): Promise<ServerKey> => {
  const jwk = freshKeys().privateKey.export({ format: 'jwk' }) as JWK;
  return serverKeyOf({ ...jwk, kid: await calculateJwkThumbprint(jwk) });
};

export const seconds = (): number => Math.floor(Date.now() / 1000);

type Claims = Readonly<Record<string, unknown>>;

/** A client's assertion (RFC 7523) as it should be, but for what is given otherwise. */
export const assertionOf = (
  clientId: string,
  issuer: string,
  key: ServerKey,
  otherwise: Claims = {},
): Promise<string> => {
  const claims = {
    ...{ iss: clientId, sub: clientId, aud: issuer, jti: randomUUID(), iat: seconds(), exp: seconds() + 60 },
    ...otherwise,
  };
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: key.kid }).sign(key.privateKey);
};

/** A proof of possession (RFC 9449) as it should be, but for what is given otherwise. */
export const proofOf = (htm: string, htu: string, key: ServerKey, otherwise: Claims = {}): Promise<string> =>
  new SignJWT({ htm, htu, jti: randomUUID(), iat: seconds(), ...otherwise })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: key.publicJwk })
    .sign(key.privateKey);
