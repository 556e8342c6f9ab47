import { ALIAS_LIFE_S, instant } from '../../../protocol';
import type { Alias, Freshness, Instant, ParsedCode, PublicKey, VerifySignature } from '../../../protocol';
import type { Identity, OpenShowing, RedeemedShowing, Showing } from '../card/identity';
import type { LoadIdentityByAlias, LoadIdentityByShowing } from '../card/identity-ports';

/** A showing that can have been scanned. */
export type ScannableShowing = OpenShowing | RedeemedShowing;

/** An identity, and which of its showings was scanned. */
export interface Found {
  readonly identity: Identity;
  readonly showing: Showing;
}

/** What a terminal scanned: a code that the phone signed, or a number that stands for a showing. */
export interface Scanned {
  readonly kind: 'code' | 'alias';
  readonly find: () => Promise<Found | null>;
  /** Whether the showing's own phone made it; of no showing, a look that takes as long. */
  readonly isGenuine: (showing: ScannableShowing | null) => boolean;
  readonly freshnessAt: (showing: ScannableShowing, now: Instant) => Freshness;
  readonly madeAt: (showing: ScannableShowing) => Instant;
}

/** The present showing of an identity, or the redeemed one before it, where it has that handle. */
const showingWith = (identity: Identity, handle: Showing['handle']): Showing | null =>
  [identity.showing, identity.lastShowing].find((showing) => showing?.handle === handle) ?? null;

/** A code: its showing is found by the handle, and vouched for by a signature with the showing's fresh key. */
export const scannedCode = (
  ports: {
    readonly loadIdentityByShowing: LoadIdentityByShowing;
    readonly verifySignature: VerifySignature;
    /** A key that signs nothing: an unknown showing costs as much time as a known one. */
    readonly decoyKey: PublicKey;
  },
  code: ParsedCode,
): Scanned => ({
  kind: 'code',
  find: async () => {
    const identity = await ports.loadIdentityByShowing(code.handle);
    const showing = identity && showingWith(identity, code.handle);
    return identity && showing && { identity, showing };
  },
  isGenuine: (showing) => code.isSignedBy(showing?.key ?? ports.decoyKey, ports.verifySignature),
  freshnessAt: (_, now) => code.freshnessAt(now),
  madeAt: () => instant(code.issuedAt * 1000),
});

/** A number: whoever holds it, holds it by having seen the phone, and for a minute alone. */
export const scannedAlias = (ports: { readonly loadIdentityByAlias: LoadIdentityByAlias }, alias: Alias): Scanned => ({
  kind: 'alias',
  find: async () => {
    const identity = await ports.loadIdentityByAlias(alias);
    const showing = identity?.showing ?? null;
    return identity && showing && { identity, showing };
  },
  isGenuine: (showing) => showing?.alias?.text === alias,
  freshnessAt: ({ alias: found }, now) => (found && now - found.madeAt < ALIAS_LIFE_S * 1000 ? 'fresh' : 'stale'),
  madeAt: ({ alias: found, openedAt }) => found?.madeAt ?? openedAt,
});
