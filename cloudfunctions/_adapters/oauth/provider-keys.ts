import type { JWK } from 'oidc-provider';
import type { Instant } from '../../../protocol';
import { readIssuerKeys, type PublishedKey } from '../crypto/issuer-keys';

/** The keys that sign for the provider of OAuth: no card's, no receipt's. */
export interface ProviderKeys {
  /** The private key that signs at an instant. @throws Error where none is active */
  readonly signing: (now: Instant) => JWK & { readonly kid: string };
  /** What is published at an instant: what is believed, and what will be. */
  readonly published: (now: Instant) => readonly PublishedKey[];
}

/**
 * The provider's keys.
 * @param json a JWK set as of `readIssuerKeys`, with the private part of each key that is active
 * @throws Error where it is none; the message quotes no key
 */
export const readProviderKeys = (json: string): ProviderKeys => {
  const keys = readIssuerKeys(json);
  // `readIssuerKeys` has just found that it is a set of such keys.
  const entries = (JSON.parse(json) as { readonly keys: readonly (JWK & { readonly kid: string })[] }).keys;
  return {
    published: keys.published,
    signing: (now) => {
      const wanted = keys.names.signingKid(now);
      const entry = entries.find(({ kid }) => kid === wanted);
      if (!entry) throw new Error('no key of the provider is active');
      const { kty, crv, x, y, d } = entry;
      return { kty, crv, x, y, d, kid: wanted, use: 'sig', alg: 'ES256' };
    },
  };
};
