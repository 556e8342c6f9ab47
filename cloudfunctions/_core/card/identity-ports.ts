import type {
  AccountKey,
  Alias,
  CardId,
  GuardianKey,
  IdentityKey,
  IdNumber,
  KillCode,
  KillCodeKey,
  ShowingHandle,
} from '../../../protocol';
import type { Identity } from './identity';

/** The keyed hash under which an identity number is found: the number itself is in no query and no index. */
export type IdentityKeyOf = (number: IdNumber) => IdentityKey;

/** The keyed hash under which a guardian's children are found; another one than the identity's. */
export type GuardianKeyOf = (number: IdNumber) => GuardianKey;

/** The identities whose cards that guardian consented to, oldest first. */
export type LoadWards = (guardian: GuardianKey, limit: number) => Promise<readonly Identity[]>;

/** Stores a new identity. A clash is an outcome: of the number, or of the account. */
export type CreateIdentity = (created: Identity) => Promise<'created' | 'identity_taken' | 'account_taken'>;

export type LoadIdentity = (key: IdentityKey) => Promise<Identity | null>;
export type LoadIdentityOfAccount = (account: AccountKey) => Promise<Identity | null>;

/** The identity with that showing, whether it is the present one or the one before. */
export type LoadIdentityByShowing = (handle: ShowingHandle) => Promise<Identity | null>;

/** The keyed hash under which a kill code is found: the code itself is stored nowhere. */
export type KillCodeKeyOf = (code: KillCode) => KillCodeKey;

/** The identity whose present card that is; one that was superseded is no card any more. */
export type LoadIdentityByCard = (card: CardId) => Promise<Identity | null>;

export type LoadIdentityByKillCode = (key: KillCodeKey) => Promise<Identity | null>;

/** The identity whose present showing has that number. */
export type LoadIdentityByAlias = (alias: Alias) => Promise<Identity | null>;

/**
 * Replaces an identity by its next state in one conditional write that names the revision before it; only what differs is written.
 * @returns false where the identity is no longer in that revision: somebody else was first
 */
export type ReplaceIdentity = (prior: Identity, next: Identity) => Promise<boolean>;
