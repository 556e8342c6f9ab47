import type { IdentityKey } from '../../../protocol';
import type { Identity } from '../card/identity';

/**
 * The name by which a partner, and no other, may ask about a card later: the same for as long as the identity is there, and another
 * one for whoever enrols again after a deletion. It is stored nowhere.
 */
export type ReferenceTo = (identity: Pick<Identity, 'key' | 'dataKey'>, partner: string) => string;

/**
 * The identity that a partner's reference may lead to. Of what is no reference of that partner's it makes a key that nobody has, so that
 * one takes as much work as the other; whether the identity is still the one that was meant, `ReferenceTo` says.
 */
export type IdentityBehind = (reference: string, partner: string) => IdentityKey;
