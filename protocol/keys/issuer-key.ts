import type { Instant } from '../ids';
import type { PublicKey } from '../key/public-key';

/** `active` signs and verifies, `retiring` only verifies, `compromised` does neither, from the moment that it is called so. */
export type KeyState = 'active' | 'retiring' | 'compromised';

/** A key with which an issuer signs cards. */
export interface IssuerKey {
  readonly kid: string;
  readonly publicKey: PublicKey;
  readonly state: KeyState;
  /** From when on it signs. */
  readonly notBefore: Instant;
  /** The first instant at which nothing that it signed holds any more. */
  readonly notAfter: Instant;
}

const isInTime = ({ notBefore, notAfter }: IssuerKey, now: Instant): boolean => notBefore <= now && now < notAfter;

/** Whether what a key signed is believed at an instant. */
export const isTrusted = (key: IssuerKey, now: Instant): boolean => key.state !== 'compromised' && isInTime(key, now);

/** The keys of one issuer that are believed at an instant, by their names: what `verifyCredential` and `statusOf` take. */
export const trustedKeys = (keys: readonly IssuerKey[], now: Instant): ReadonlyMap<string, PublicKey> =>
  new Map(keys.filter((key) => isTrusted(key, now)).map(({ kid, publicKey }) => [kid, publicKey]));

/** The key that signs at an instant: of the active ones the newest. @returns null where there is none */
export const signingKeyAt = <Key extends IssuerKey>(keys: readonly Key[], now: Instant): Key | null =>
  keys
    .filter((key) => key.state === 'active' && isInTime(key, now))
    .reduce<Key | null>((newest, key) => (newest === null || key.notBefore > newest.notBefore ? key : newest), null);

/** How a key stands at an instant. */
export const keyStandings = [
  /** It signs. */
  'signing',
  /** What it signed is believed; it signs no more, or not yet. */
  'overlap',
  /** Its time has not begun. */
  'coming',
  /** Its time is over. */
  'over',
  /** It was called compromised: nothing that it signed is believed. */
  'refused',
] as const;
export type KeyStanding = (typeof keyStandings)[number];

/** Whether a key that stands so has had its turn, so that another one signs its cards anew. */
export const isPastSigning = (standing: KeyStanding): boolean => standing !== 'signing' && standing !== 'coming';

/** How one of an issuer's keys stands among the others at an instant. */
export const keyStandingOf = (keys: readonly IssuerKey[], key: IssuerKey, now: Instant): KeyStanding => {
  if (key.state === 'compromised') return 'refused';
  if (now < key.notBefore) return 'coming';
  if (key.notAfter <= now) return 'over';
  return signingKeyAt(keys, now)?.kid === key.kid ? 'signing' : 'overlap';
};
