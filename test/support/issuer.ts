import type { KeyState } from '../../protocol';
import { readIssuerKeys, type IssuerKeys } from '../../cloudfunctions/_adapters/crypto/issuer-keys';
import { newKeyPair, type KeyPair } from './key-pair';

/** The issuer of a test's credentials. */
export const issuer = 'https://issuer.example';

const pairs = new Map<string, KeyPair>();

const pairOf = (kid: string): KeyPair => {
  const pair = pairs.get(kid) ?? newKeyPair(kid);
  pairs.set(kid, pair);
  return pair;
};

/** Keys of the issuer by their names, the older first: of one name there is one key. */
export const keysOf = (states: Readonly<Record<string, KeyState>>): IssuerKeys =>
  readIssuerKeys(
    JSON.stringify({
      keys: Object.entries(states).map(([kid, state], at) => ({
        ...(JSON.parse(pairOf(kid).jwk) as object),
        state,
        nbf: at,
        exp: 4_000_000_000,
      })),
    }),
  );

export const issuerKeys = keysOf({ 'issuer-1': 'active' });

export const issuerPublicKey = pairOf('issuer-1').publicKey;
