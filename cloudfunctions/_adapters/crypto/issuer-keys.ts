import {
  instant,
  isTrusted,
  keyStandingOf,
  publicKeyFromJwk,
  publicKeyToJwk,
  signingKeyAt,
  trustedKeys,
  type Instant,
  type IssuerKey,
  type KeyState,
  type PublicJwk,
  type PublicKey,
} from '../../../protocol';
import type { DescribedKey } from '../../_core/operators/list-keys';
import { readSigningKey, type SigningKey } from './es256';

/** A key as the configuration names it: a JWK (RFC 7517) with its state, and its time in whole seconds since 1970. */
interface KeyEntry {
  readonly kid: string;
  readonly state: KeyState;
  readonly nbf: number;
  readonly exp: number;
  readonly d?: string;
}

/** A key as it is published: everybody sees from when and until when it holds. */
export interface PublishedKey extends PublicJwk {
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: 'ES256';
  readonly nbf: number;
  readonly exp: number;
}

/** What is known of the issuer's keys without their private parts. */
export interface PublicIssuerKeys {
  /** The keys that are believed at an instant. */
  readonly trusted: (now: Instant) => ReadonlyMap<string, PublicKey>;
  /** The keys to publish at an instant: those that are believed, and those that will be, so that nobody meets an unknown one. */
  readonly published: (now: Instant) => readonly PublishedKey[];
  /** All keys, also those that are believed no more, by what may be told of them. */
  readonly described: (now: Instant) => readonly DescribedKey[];
}

/** The issuer's keys, as the functions that sign hold them. */
export interface IssuerKeys extends PublicIssuerKeys {
  /** The key that signs at an instant, and the end of its time. @throws Error where none is active */
  readonly signing: (now: Instant) => SigningKey & { readonly notAfter: Instant };
  /** What the core asks of keys, which knows them by their names alone. */
  readonly names: {
    /** The key that signs at an instant. @throws Error where none is active */
    readonly signingKid: (at: Instant) => string;
    /** Whether what that key signed is believed at an instant. */
    readonly isKidTrusted: (kid: string, at: Instant) => boolean;
  };
}

const states: readonly unknown[] = ['active', 'retiring', 'compromised'] satisfies KeyState[];

const isEntry = (value: unknown): value is KeyEntry => {
  if (typeof value !== 'object' || value === null) return false;
  const { kid, state, nbf, exp }: Readonly<Partial<Record<keyof KeyEntry, unknown>>> = value;
  const isTime = (time: unknown): time is number => typeof time === 'number' && Number.isSafeInteger(time) && time >= 0;
  return typeof kid === 'string' && kid !== '' && states.includes(state) && isTime(nbf) && isTime(exp) && nbf < exp;
};

/** The entries of a configuration. No error quotes it: it may hold private parts. */
const readEntries = (json: string): readonly KeyEntry[] => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    throw new Error('the issuer’s keys are no JSON');
  }
  const keys: unknown = typeof parsed === 'object' && parsed !== null && 'keys' in parsed ? parsed.keys : null;
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every(isEntry)) {
    throw new Error('the issuer’s keys are no JWK set with kid, state, nbf and exp');
  }
  if (new Set(keys.map(({ kid }) => kid)).size !== keys.length) throw new Error('two of the issuer’s keys share a kid');
  return keys;
};

const keyOf = (entry: KeyEntry): IssuerKey => ({
  kid: entry.kid,
  publicKey: publicKeyFromJwk(entry),
  state: entry.state,
  notBefore: instant(entry.nbf * 1000),
  notAfter: instant(entry.exp * 1000),
});

const publishedOf = ({ kid, publicKey, notBefore, notAfter }: IssuerKey): PublishedKey => ({
  ...publicKeyToJwk(publicKey),
  kid,
  use: 'sig',
  alg: 'ES256',
  nbf: notBefore / 1000,
  exp: notAfter / 1000,
});

const publicPart = (keys: readonly IssuerKey[]): PublicIssuerKeys => ({
  trusted: (now) => trustedKeys(keys, now),
  published: (now) => keys.filter((key) => isTrusted(key, key.notBefore > now ? key.notBefore : now)).map(publishedOf),
  described: (now) =>
    keys.map((key) => {
      const { kid, notBefore: from, notAfter: to } = key;
      return { kid, from, to, standing: keyStandingOf(keys, key, now) };
    }),
});

/**
 * The issuer's keys without their private parts.
 * @param json a JWK set, each key with `kid`, `state`, `nbf` and `exp`
 * @throws Error where it is none, two keys share a name, or one holds its private part
 */
export const readPublicIssuerKeys = (json: string): PublicIssuerKeys => {
  const entries = readEntries(json);
  if (entries.some((entry) => 'd' in entry)) throw new Error('the published keys hold a private one');
  return publicPart(entries.map(keyOf));
};

/**
 * The issuer's keys with the private parts of those that sign; of the others it may be gone already.
 * @param json as of `readPublicIssuerKeys`
 * @throws Error where it is none, two keys share a name, or an active key lacks its private part; the message quotes none
 */
export const readIssuerKeys = (json: string): IssuerKeys => {
  const entries = readEntries(json);
  const signers = new Map(
    entries
      .filter(({ state }) => state === 'active')
      .map((entry) => [entry.kid, readSigningKey(JSON.stringify(entry))]),
  );
  const keys = entries.map(keyOf);
  const signing: IssuerKeys['signing'] = (now) => {
    const key = signingKeyAt(keys, now);
    const signer = key && signers.get(key.kid);
    if (!key || !signer) throw new Error('no key of the issuer is active');
    return { ...signer, notAfter: key.notAfter };
  };
  return {
    ...publicPart(keys),
    signing,
    names: {
      signingKid: (at) => signing(at).kid,
      isKidTrusted: (kid, at) => keys.some((key) => key.kid === kid && isTrusted(key, at)),
    },
  };
};
