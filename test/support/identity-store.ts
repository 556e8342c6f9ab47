import type { AccountKey, IdentityKey, ShowingHandle } from '../../protocol';
import type { Identity, Showing } from '../../cloudfunctions/_core/card/identity';
import type {
  ChangeStatus,
  CreateIdentity,
  LoadDataKey,
  LoadIdentity,
  LoadIdentityByShowing,
  LoadIdentityOfAccount,
  OpenPreparedShowing,
  PrepareShowing,
  RedeemOpenShowing,
  SupersedeIdentity,
} from '../../cloudfunctions/_core/card/identity-ports';
import type { ChangeStepUp } from '../../cloudfunctions/_core/step-up/step-up-ports';
import { deepFreeze } from './freeze';

export interface IdentityPorts {
  readonly createIdentity: CreateIdentity;
  readonly loadIdentity: LoadIdentity;
  readonly loadDataKey: LoadDataKey;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly loadIdentityByShowing: LoadIdentityByShowing;
  readonly supersedeIdentity: SupersedeIdentity;
  readonly changeStatus: ChangeStatus;
  readonly prepareShowing: PrepareShowing;
  readonly openPreparedShowing: OpenPreparedShowing;
  readonly redeemOpenShowing: RedeemOpenShowing;
  readonly changeStepUp: ChangeStepUp;
}

/** Identities in memory, one for a number and one for an account: each call is one atomic step. */
export interface IdentityStore {
  readonly ports: IdentityPorts;
  readonly all: () => readonly Identity[];
  /** Every state that was written, in the order of writing. */
  readonly written: readonly Identity[];
  /** Puts an identity as it is, whatever was there: what an operator or time has done. */
  readonly put: (identity: Identity) => void;
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

  /** One conditional write. */
  const change = (key: IdentityKey, holds: (found: Identity) => boolean, next: (found: Identity) => Identity) => {
    const found = identities.get(key);
    const matches = found !== undefined && holds(found);
    if (matches) put(next(found));
    return Promise.resolve(matches);
  };
  const isAt = (found: Identity, handle: ShowingHandle, state: Showing['state']): boolean =>
    found.card.status === 'valid' && found.showing?.handle === handle && found.showing.state === state;

  const hasStatusOf = ({ card }: Identity, prior: Identity): boolean =>
    card.status === prior.card.status && card.lastChange?.eventId === prior.card.lastChange?.eventId;
  const hasShowingOf = ({ showing }: Identity, prior: Identity): boolean =>
    showing?.handle === prior.showing?.handle && showing?.state === prior.showing?.state;

  return {
    ports: {
      createIdentity: (created) => {
        if (identities.has(created.key)) return Promise.resolve('identity_taken');
        if (ofAccount(created.account)) return Promise.resolve('account_taken');
        put(created);
        return Promise.resolve('created');
      },
      loadIdentity: (key) => Promise.resolve(identities.get(key) ?? null),
      loadDataKey: (key) => Promise.resolve(identities.get(key)?.dataKey ?? null),
      loadIdentityOfAccount: (account) => Promise.resolve(ofAccount(account)),
      loadIdentityByShowing: (handle) =>
        Promise.resolve(
          find((one) => one.showing?.handle === handle) ?? find((one) => one.lastShowing?.handle === handle),
        ),
      supersedeIdentity: (prior, next) =>
        change(
          prior.key,
          (found) =>
            found.account === prior.account &&
            found.card.id === prior.card.id &&
            hasStatusOf(found, prior) &&
            hasShowingOf(found, prior),
          () => next,
        ),
      changeStatus: (prior, lastChange) =>
        change(
          prior.key,
          (found) => found.card.id === prior.card.id && hasStatusOf(found, prior),
          (found) => ({ ...found, card: { ...found.card, status: lastChange.to, lastChange } }),
        ),
      changeStepUp: async (prior, next) => {
        const stepUp = { ...next, revision: prior.stepUp.revision + 1 };
        const changed = await change(
          prior.key,
          (found) => found.card.id === prior.card.id && found.stepUp.revision === prior.stepUp.revision,
          (found) => ({ ...found, stepUp }),
        );
        return changed ? { ...prior, stepUp } : null;
      },
      prepareShowing: (prior, prepared) =>
        change(
          prior.key,
          (found) => found.card.status === 'valid' && hasShowingOf(found, prior),
          (found) => ({
            ...found,
            showing: prepared,
            lastShowing: prior.showing?.state === 'redeemed' ? prior.showing : found.lastShowing,
          }),
        ),
      openPreparedShowing: (key, opened) =>
        change(
          key,
          (found) => isAt(found, opened.handle, 'prepared'),
          (found) => ({ ...found, showing: opened }),
        ),
      redeemOpenShowing: (key, redeemed) =>
        change(
          key,
          (found) => isAt(found, redeemed.handle, 'open'),
          (found) => ({ ...found, showing: redeemed }),
        ),
    },
    all: () => [...identities.values()],
    written,
    put,
  };
};
