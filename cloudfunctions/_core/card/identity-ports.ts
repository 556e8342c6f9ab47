import type { AccountKey, IdentityKey, IdNumber, ShowingHandle } from '../../../protocol';
import type { SealedKey } from '../sealed-key';
import type { Identity, OpenShowing, PreparedShowing, RedeemedShowing, StatusChange } from './identity';

/** The keyed hash under which an identity number is found: the number itself is in no query and no index. */
export type IdentityKeyOf = (number: IdNumber) => IdentityKey;

/** Stores a new identity. A clash is an outcome: of the number, or of the account. */
export type CreateIdentity = (created: Identity) => Promise<'created' | 'identity_taken' | 'account_taken'>;

export type LoadIdentity = (key: IdentityKey) => Promise<Identity | null>;
export type LoadIdentityOfAccount = (account: AccountKey) => Promise<Identity | null>;

/** The identity with that showing, whether it is the present one or the one before. */
export type LoadIdentityByShowing = (handle: ShowingHandle) => Promise<Identity | null>;

/** What opens an identity's events, and nothing else of the identity. */
export type LoadDataKey = (key: IdentityKey) => Promise<SealedKey | null>;

/**
 * Puts a newly proofed identity in place of the one that the same account and person had, in one conditional write naming the old
 * card, its status with its last change, and its showing. @returns false where one of them is no longer that
 */
export type SupersedeIdentity = (prior: Identity, next: Identity) => Promise<boolean>;

/**
 * Changes the status in one conditional write naming the prior status and the prior change.
 * @returns false where they are no longer those
 */
export type ChangeStatus = (prior: Identity, change: StatusChange) => Promise<boolean>;

/**
 * Puts a prepared showing in place of the present one (`prior`), in one conditional write on a valid card.
 * @returns false where the card is not valid or the showing is no longer that one
 */
export type PrepareShowing = (prior: Identity, prepared: PreparedShowing) => Promise<boolean>;

/** Opens the prepared showing of that handle, in one conditional write on a valid card. @returns false where it is not prepared */
export type OpenPreparedShowing = (key: IdentityKey, opened: OpenShowing) => Promise<boolean>;

/** Redeems the open showing of that handle, in one conditional write on a valid card. @returns false where it is not open */
export type RedeemOpenShowing = (key: IdentityKey, redeemed: RedeemedShowing) => Promise<boolean>;
