import type { IdentityKey, Instant } from '../../../protocol';
import type { Identity } from '../card/identity';

/**
 * The name by which a partner, and no other, may ask about a card later: the same for as long as the identity is there, and another
 * one for whoever enrols again after a deletion. It is stored nowhere.
 * @param until when it ends, to the second: the end of what the holder consented to; null where that has none
 */
export type ReferenceTo = (
  identity: Pick<Identity, 'key' | 'dataKey'>,
  partner: string,
  until: Instant | null,
) => string;

/** What a reference says: which identity it may lead to, and until when. */
export interface Referred {
  readonly identity: IdentityKey;
  readonly until: Instant | null;
}

/**
 * The identity that a partner's reference may lead to. Of what is no reference of that partner's it makes a key that nobody has, so that
 * one takes as much work as the other; whether the identity is still the one that was meant, `ReferenceTo` says.
 */
export type IdentityBehind = (reference: string, partner: string) => Referred;
