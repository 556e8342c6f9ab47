/** Who holds something until it ends. */
export interface Holder {
  readonly ended: Promise<void>;
}

/** Who holds what, by the names of `touches`. */
export interface Locks {
  holderOf(touch: string): Holder | undefined;
  /** What somebody else holds is not taken over: ask first. */
  take(touches: readonly string[], holder: Holder): void;
  release(holder: Holder): void;
}

/** Locks that nobody waits for here: a transaction gives up where another one holds, and a write beside them waits for its end. */
export function newLocks(): Locks {
  const holders = new Map<string, Holder>();
  const held = new Map<Holder, string[]>();
  return {
    holderOf: (touch) => holders.get(touch),
    take(touches, holder) {
      const fresh = touches.filter((touch) => !holders.has(touch));
      for (const touch of fresh) holders.set(touch, holder);
      held.set(holder, [...(held.get(holder) ?? []), ...fresh]);
    },
    release(holder) {
      for (const touch of held.get(holder) ?? []) holders.delete(touch);
      held.delete(holder);
    },
  };
}
