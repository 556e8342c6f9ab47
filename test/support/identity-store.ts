import type { AccountKey, IdentityKey } from '../../protocol';
import type { Identity } from '../../cloudfunctions/_core/card/identity';
import type {
  CreateIdentity,
  LoadIdentity,
  LoadIdentityByAlias,
  LoadIdentityByKillCode,
  LoadIdentityByShowing,
  LoadIdentityOfAccount,
  ReplaceIdentity,
} from '../../cloudfunctions/_core/card/identity-ports';
import { deepFreeze } from './freeze';

export interface IdentityPorts {
  readonly createIdentity: CreateIdentity;
  readonly loadIdentity: LoadIdentity;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly loadIdentityByShowing: LoadIdentityByShowing;
  readonly loadIdentityByKillCode: LoadIdentityByKillCode;
  readonly loadIdentityByAlias: LoadIdentityByAlias;
  readonly replaceIdentity: ReplaceIdentity;
}

/** Identities in memory, one for a number and one for an account: each call is one atomic step. */
export interface IdentityStore {
  readonly ports: IdentityPorts;
  readonly all: () => readonly Identity[];
  /** Every state that was written, in the order of writing. */
  readonly written: readonly Identity[];
  /** Puts an identity as it is, whatever was there: what an operator or time has done. */
  readonly put: (identity: Identity) => void;
  /** Takes an identity out, if it is in that revision still. */
  readonly remove: (prior: Identity) => boolean;
}

export const createIdentityStore = (): IdentityStore => {
  const identities = new Map<IdentityKey, Identity>();
  const written: Identity[] = [];
  const put = (identity: Identity): void => {
    identities.set(identity.key, deepFreeze(identity));
    written.push(identity);
  };
  const find = (wanted: (identity: Identity) => boolean): Identity | null =>
    [...identities.values()].find(wanted) ?? null;
  const ofAccount = (account: AccountKey): Identity | null => find((one) => one.account === account);

  return {
    ports: {
      createIdentity: (created) => {
        if (identities.has(created.key)) return Promise.resolve('identity_taken');
        if (ofAccount(created.account)) return Promise.resolve('account_taken');
        put(created);
        return Promise.resolve('created');
      },
      loadIdentity: (key) => Promise.resolve(identities.get(key) ?? null),
      loadIdentityOfAccount: (account) => Promise.resolve(ofAccount(account)),
      loadIdentityByShowing: (handle) =>
        Promise.resolve(
          find((one) => one.showing?.handle === handle) ?? find((one) => one.lastShowing?.handle === handle),
        ),
      loadIdentityByKillCode: (key) => Promise.resolve(find((one) => one.killCodes.some((code) => code.key === key))),
      loadIdentityByAlias: (alias) =>
        Promise.resolve(
          find((one) => one.showing !== null && 'alias' in one.showing && one.showing.alias?.text === alias),
        ),
      replaceIdentity: (prior, next) => {
        const matches = identities.get(prior.key)?.revision === prior.revision;
        if (matches) put(next);
        return Promise.resolve(matches);
      },
    },
    all: () => [...identities.values()],
    written,
    put,
    remove: (prior) => identities.get(prior.key)?.revision === prior.revision && identities.delete(prior.key),
  };
};
