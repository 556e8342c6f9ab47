import { createHash, createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import type { Findings } from './report';

interface IssuerMetadata {
  readonly issuer: string;
  readonly jwks: { readonly keys: readonly (JsonWebKey & { readonly kid: string })[] };
}

/**
 * Verifies a credential as a stranger would: keys from the issuer's published metadata, signature and disclosures by a library that
 * is not ours.
 * @throws Error where it does not verify
 */
export const checkCredential = async (credential: string, publicUrl: string): Promise<Findings> => {
  const response = await fetch(`${publicUrl}/.well-known/jwt-vc-issuer`);
  const { issuer, jwks } = (await response.json()) as IssuerMetadata;
  const header = JSON.parse(Buffer.from(credential.split('.')[0] ?? '', 'base64url').toString()) as { kid?: string };
  const jwk = jwks.keys.find(({ kid }) => kid === header.kid);
  if (!jwk) throw new Error('the credential names a key that its issuer does not publish');
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const instance = new SDJwtVcInstance({
    hasher: (data) =>
      createHash('sha256')
        .update(typeof data === 'string' ? data : new Uint8Array(data))
        .digest(),
    hashAlg: 'sha-256',
    verifier: (data, signature) =>
      verify('sha256', Buffer.from(data), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url')),
  });
  const { payload } = await instance.verify(credential);
  if (payload.iss !== issuer) throw new Error('the credential names another issuer');
  const claims = (await instance.getClaims(credential)) as Record<string, unknown>;
  const own = new Set(['iss', 'iat', 'exp', 'vct', 'cnf', 'status']);
  return {
    library: '@sd-jwt/sd-jwt-vc',
    type: payload.vct,
    key: header.kid ?? '',
    claims: Object.keys(claims).filter((name) => !own.has(name)),
  };
};
