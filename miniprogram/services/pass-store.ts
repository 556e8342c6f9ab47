import { base64urlDecode, spellClaims, validators, type Openings, type PassFacts } from '../protocol';
import { forget, keep, load } from '../platform/storage';

/** One pass as the phone keeps it, with the secret of its own key: base64url each. */
export interface KeptPass {
  readonly pass: string;
  readonly secret: string;
  readonly salts: readonly string[];
  /** When it ends and what it tells: passes of one fetch have this in common. Milliseconds since 1970. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly claims: PassFacts;
}

/** What the phone keeps of its passes. */
export interface KeptPasses {
  /** The key of the card that they belong to, as base64url: those of an earlier card are worth nothing. */
  readonly cardKey: string;
  /** How far the service's clock is ahead of this phone's, in milliseconds, as it was last heard. */
  readonly ahead: number;
  readonly passes: readonly KeptPass[];
}

const STORED_AS = 'passes';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isBytes = (value: unknown, length?: number): value is string => {
  const bytes = typeof value === 'string' ? base64urlDecode(value) : null;
  return bytes !== null && (length === undefined || bytes.length === length);
};

const isKeptPass = (value: unknown): value is KeptPass => {
  if (!isRecord(value)) return false;
  const { pass, secret, salts, issuedAt, expiresAt, claims } = value;
  return (
    isBytes(pass) &&
    isBytes(secret, 32) &&
    Array.isArray(salts) &&
    salts.length === 3 &&
    salts.every((salt) => isBytes(salt, 16)) &&
    typeof issuedAt === 'number' &&
    typeof expiresAt === 'number' &&
    validators.PassFacts(claims)
  );
};

const isKeptPasses = (value: unknown): value is KeptPasses =>
  isRecord(value) &&
  typeof value['cardKey'] === 'string' &&
  typeof value['ahead'] === 'number' &&
  Array.isArray(value['passes']) &&
  value['passes'].every(isKeptPass);

/** The passes of that card. What is damaged, or of another card, counts as none: passes are fetched again. @throws StorageFailure */
export const loadPasses = async (cardKey: string): Promise<KeptPasses> => {
  const kept = await load(STORED_AS);
  return isKeptPasses(kept) && kept.cardKey === cardKey ? kept : { cardKey, ahead: 0, passes: [] };
};

/** @throws StorageFailure */
export const keepPasses = (passes: KeptPasses): Promise<void> => keep(STORED_AS, passes);

/** Forgets all passes, of whatever card. @throws StorageFailure */
export const forgetPasses = (): Promise<void> => forget(STORED_AS);

/** What opens the claims of a kept pass. */
export const openingsOf = ({ salts, claims }: KeptPass): Openings => {
  const [name, number, age] = spellClaims(claims);
  const salt = (at: number): Uint8Array => base64urlDecode(salts[at] ?? '') ?? new Uint8Array();
  return [
    { salt: salt(0), value: name },
    { salt: salt(1), value: number },
    { salt: salt(2), value: age },
  ];
};
