import { instant, type Instant, type Sha256 } from '../../../protocol';
import type { Now } from '../ambient-ports';
import { derivedId } from '../derived-id';

/** What an idempotency key is bound to: which server used it, and for what. */
export interface UsedKey {
  /** Follows from server and key. */
  readonly id: string;
  /** Follows from the order that the key was first sent with. */
  readonly order: string;
  readonly expiresAt: Instant;
}

/** Keeps a key with its first order. @returns the order that is kept: the given one, or an earlier one's */
export type KeepUsedKey = (used: UsedKey) => Promise<UsedKey['order']>;
/** Forgets keys that ended before then. @returns how many there were */
export type ForgetUsedKeys = (before: Instant) => Promise<number>;

export interface IdempotencyPorts {
  readonly now: Now;
  readonly sha256: Sha256;
  readonly keepUsedKey: KeepUsedKey;
}

/** How long a key stays bound to its order, in milliseconds: no server repeats an order on the next day. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/**
 * Binds an idempotency key of a server to an order.
 * @param order what makes it another order; the same order is spelled the same each time
 * @returns the id under which the order is carried out, the same for each repetition; null where the key belongs to another order
 */
export const bindKey = async (
  { now, sha256, keepUsedKey }: IdempotencyPorts,
  { clientId, key }: { readonly clientId: string; readonly key: string },
  order: readonly unknown[],
): Promise<string | null> => {
  const idOf = (kind: string, about: readonly unknown[]): string =>
    derivedId(sha256, `${kind} ${JSON.stringify(about)}`);
  const ordered = idOf('order', order);
  const id = idOf('idempotency key', [clientId, key]);
  const kept = await keepUsedKey({ id, order: ordered, expiresAt: instant(now() + KEPT_MS) });
  return kept === ordered ? idOf('request', [clientId, key]) : null;
};
