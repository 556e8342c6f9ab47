import { randomBytes } from 'node:crypto';
import { sha256, verifySignature } from '../../cloudfunctions/_adapters/crypto/es256';
import {
  createPass,
  createShownPass,
  instant,
  passKeyName,
  spellClaims,
  type Openings,
  type PassExpectation,
  type PassFacts,
  type PurposeId,
} from '../../protocol';
import { newKeyPair, type KeyPair } from './key-pair';

/** What the passes of a test say, where it does not matter. */
export const passFacts: PassFacts = { masked_name: '林**', masked_number: '3****************0', age_over_18: true };

/** Claims under fresh salts. */
export const openingsOf = (facts: PassFacts): Openings => {
  const [name, number, age] = spellClaims(facts);
  const salt = (): Uint8Array => new Uint8Array(randomBytes(16));
  return [
    { salt: salt(), value: name },
    { salt: salt(), value: number },
    { salt: salt(), value: age },
  ];
};

/** When a test's passes are issued: seconds since 1970. */
export const PASS_ISSUED_AT = 1_795_000_200;

/** A pass as a phone has it. */
export interface HeldPass {
  readonly bytes: Uint8Array;
  readonly key: KeyPair;
  readonly openings: Openings;
}

export interface PassMaker {
  readonly issuer: KeyPair;
  readonly make: (change?: {
    facts?: PassFacts;
    issuedAt?: number;
    life?: number;
    tier?: 'light' | 'full';
  }) => HeldPass;
  /** What a merchant's phone expects, `seconds` after the passes were issued. */
  readonly expecting: (seconds: number, purpose?: PurposeId) => PassExpectation;
}

/** An issuer of passes, and a verifier that knows its key. */
export const createPassMaker = (): PassMaker => {
  const issuer = newKeyPair();
  return {
    issuer,
    make: ({ facts = passFacts, issuedAt = PASS_ISSUED_AT, life = 86_400, tier = 'light' } = {}) => {
      const key = newKeyPair();
      const openings = openingsOf(facts);
      const bytes = createPass(
        {
          id: new Uint8Array(randomBytes(16)),
          issuedAt,
          expiresAt: issuedAt + life,
          tier,
          key: key.publicKey,
          openings,
        },
        { issuerKey: issuer.publicKey, sign: issuer.sign, sha256 },
      );
      return { bytes, key, openings };
    },
    expecting: (seconds, purpose = 'parcel-pickup') => ({
      keys: new Map([
        [passKeyName(issuer.publicKey, sha256), { key: issuer.publicKey, notBefore: null, notAfter: null }],
      ]),
      now: instant(Math.round((PASS_ISSUED_AT + seconds) * 1000)),
      purpose,
      verify: verifySignature,
      sha256,
    }),
  };
};

/** The text of a showing, `seconds` after the passes were issued. */
export const shownText = (
  { bytes, key, openings }: HeldPass,
  seconds: number,
  purpose: PurposeId = 'parcel-pickup',
): string =>
  createShownPass({ pass: bytes, openings, purpose, shownAt: PASS_ISSUED_AT + seconds, sign: key.sign, sha256 });
