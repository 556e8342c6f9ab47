import { publicKeyFromJwk, type PublicKey, type PublishedKey } from '../protocol';
import { keep, load } from '../platform/storage';
import { readIssuerMetadata, readReceiptKeys, type Read } from './published';
import { createQueue } from './one-at-a-time';

/** What a key signs. */
type Use = 'log' | 'receipts';

/** The issuer and its keys as this phone first saw them. */
interface Seen {
  readonly issuer: string;
  /** Coordinates of each key by use and name: `log <kid>`, `receipts <kid>`. */
  readonly keys: Readonly<Record<string, string>>;
}

/** The keys of the issuer that are believed. */
export interface TrustedKeys {
  readonly issuer: string;
  readonly keys: ReadonlyMap<string, PublicKey>;
  /** The keys as they are published, for whoever is to check a signature elsewhere. */
  readonly published: readonly PublishedKey[];
  /** Names of those that this phone had not seen before, though it had seen others. */
  readonly unseen: readonly string[];
}

/** Keys, or why there are none: `changed` where issuer or key is another than this phone first saw under that name. */
export type HeardKeys =
  | { readonly ok: true; readonly trusted: TrustedKeys }
  | { readonly ok: false; readonly because: 'unreachable' | 'changed' };

const STORED_AS = 'issuer-keys';

const isSeen = (value: unknown): value is Seen =>
  typeof value === 'object' &&
  value !== null &&
  'issuer' in value &&
  typeof value.issuer === 'string' &&
  'keys' in value &&
  typeof value.keys === 'object' &&
  value.keys !== null;

const pointOf = ({ x, y }: PublishedKey): string => `${x}.${y}`;

/**
 * Those keys by their names; null where one is no point of the curve. Only what holds now is published: this phone's own clock, which
 * may be wrong, is not asked.
 */
const byName = (published: readonly PublishedKey[]): ReadonlyMap<string, PublicKey> | null => {
  try {
    return new Map(published.map((key) => [key.kid, publicKeyFromJwk(key)]));
  } catch {
    return null;
  }
};

interface KeySet {
  readonly issuer: string;
  readonly keys: readonly PublishedKey[];
}

const readKeys = async (use: Use): Promise<Read<KeySet>> => {
  if (use === 'receipts') return readReceiptKeys();
  const read = await readIssuerMetadata();
  return read.ok ? { ok: true, document: { issuer: read.document.issuer, keys: read.document.jwks.keys } } : read;
};

const queued = createQueue();

/**
 * The issuer's keys as they are published now, held against what this phone has seen before: the first issuer stays the issuer, and a
 * name stays with its key. A new name is believed, since keys are rotated, and told.
 * @throws StorageFailure
 */
export const hearKeys = (use: Use): Promise<HeardKeys> =>
  queued(async () => {
    const read = await readKeys(use);
    if (!read.ok) return { ok: false, because: 'unreachable' };
    const { issuer, keys: published } = read.document;
    const keys = byName(published);
    if (!keys) return { ok: false, because: 'unreachable' };
    const kept = await load(STORED_AS);
    const seen: Seen = isSeen(kept) ? kept : { issuer, keys: {} };
    const known = new Map(Object.entries(seen.keys));
    const nameOf = ({ kid }: PublishedKey): string => `${use} ${kid}`;
    const isOther = (key: PublishedKey): boolean => (known.get(nameOf(key)) ?? pointOf(key)) !== pointOf(key);
    if (seen.issuer !== issuer || published.some(isOther)) return { ok: false, because: 'changed' };
    const fresh = published.filter((key) => !known.has(nameOf(key)));
    const hadSome = [...known.keys()].some((name) => name.startsWith(`${use} `));
    if (fresh.length > 0) {
      const added = Object.fromEntries(fresh.map((key) => [nameOf(key), pointOf(key)]));
      await keep(STORED_AS, { issuer, keys: { ...seen.keys, ...added } } satisfies Seen);
    }
    return {
      ok: true,
      trusted: { issuer, keys, published, unseen: hadSome ? fresh.map(({ kid }) => kid) : [] },
    };
  });
