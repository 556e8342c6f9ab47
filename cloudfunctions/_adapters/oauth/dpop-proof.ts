import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, decodeJwt, EmbeddedJWK, jwtVerify } from 'jose';

/** How old a proof may be, and how far in the future, in seconds. */
export const PROOF_WINDOW_SECONDS = 60;

/** What a proof must have been made for. */
export interface ProofTarget {
  readonly method: string;
  /** The public address, without query. */
  readonly url: string;
  readonly accessToken: string;
  readonly now: number;
}

/** A proof that holds: the key that made it, by its thumbprint (RFC 7638), and its name. */
export interface HeldProof {
  readonly jkt: string;
  readonly jti: string;
}

/** The address without what RFC 9449, section 4.3 has ignored; empty where it is none. */
const targetOf = (htu: unknown): string => {
  if (typeof htu !== 'string' || !URL.canParse(htu)) return '';
  const url = new URL(htu);
  url.hash = '';
  url.search = '';
  return url.href;
};

const isOfNow = (iat: unknown, now: number): boolean =>
  typeof iat === 'number' && Math.abs(now / 1000 - iat) <= PROOF_WINDOW_SECONDS;

/** Whether what a proof says of its time is of now; whatever is no proof is for whoever verifies it to refuse. */
export const isRecentProof = (proof: string, now: number): boolean => {
  try {
    return isOfNow(decodeJwt(proof).iat, now);
  } catch {
    return true;
  }
};

/**
 * A proof of possession at a resource server (RFC 9449, section 4.3): null where it does not hold. Whether it was used before is
 * for whoever keeps `jti` to say.
 */
export const checkProof = async (
  proof: string,
  { method, url, accessToken, now }: ProofTarget,
): Promise<HeldProof | null> => {
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      algorithms: ['ES256'],
      typ: 'dpop+jwt',
    });
    const { htm, htu, ath, iat, jti } = payload;
    const isOfToken = ath === createHash('sha256').update(accessToken).digest('base64url');
    const isHere = htm === method && targetOf(htu) === new URL(url).href;
    if (!isOfNow(iat, now) || !isOfToken || !isHere || typeof jti !== 'string' || jti === '' || jti.length > 200)
      return null;
    return protectedHeader.jwk ? { jkt: await calculateJwkThumbprint(protectedHeader.jwk), jti } : null;
  } catch {
    return null;
  }
};
