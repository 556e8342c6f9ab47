import { base64urlEncode } from '../bytes/base64';
import { utf8Encode } from '../bytes/utf8';
import type { Sha256, Sign } from '../crypto';
import { isHeader, readParts, signParts, type JwsParts } from '../jws/compact-jws';
import { jwa } from '../spec/rfc7518';
import { sdJwt } from '../spec/rfc9901';

/** What the holder signs when presenting a credential. */
export interface KeyBinding {
  /** Whole seconds since 1970. */
  readonly issuedAt: number;
  /** For whom the presentation is made. */
  readonly audience: string;
  /** The verifier's, fresh for each presentation. */
  readonly nonce: string;
  /** Of the credential and of its disclosures as they are presented (`hashOf`). */
  readonly presentedHash: string;
}

export type ParsedKeyBinding = KeyBinding & Pick<JwsParts, 'signingInput' | 'signature'>;

const header = { alg: jwa.es256, typ: sdJwt.keyBindingTyp } as const;

/** The digest over a credential and its disclosures, the last separator with them (RFC 9901, section 4.3.1). */
export const hashOf = (presented: string, sha256: Sha256): string => base64urlEncode(sha256(utf8Encode(presented)));

/** The key binding JWT (RFC 9901, section 4.3), by the holder's key. */
export const signKeyBinding = (binding: KeyBinding, sign: Sign): string => {
  const { issuedAt, audience, nonce, presentedHash } = binding;
  return signParts(
    { header, payload: { iat: issuedAt, aud: audience, nonce, [sdJwt.presentedHash]: presentedHash } },
    sign,
  );
};

/** Reads what `signKeyBinding` writes, and nothing with more or other members. Never throws. @returns null for anything else */
export const parseKeyBinding = (text: string): ParsedKeyBinding | null => {
  const parts = readParts(text);
  if (!parts || !isHeader(parts.header, header) || Object.keys(parts.payload).length !== 4) return null;
  const { iat, aud, nonce, [sdJwt.presentedHash]: presentedHash } = parts.payload;
  if (typeof iat !== 'number' || !Number.isSafeInteger(iat) || typeof aud !== 'string') return null;
  if (typeof nonce !== 'string' || typeof presentedHash !== 'string') return null;
  const { signingInput, signature } = parts;
  return { issuedAt: iat, audience: aud, nonce, presentedHash, signingInput, signature };
};
