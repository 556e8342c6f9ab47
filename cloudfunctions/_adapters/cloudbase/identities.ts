import { publicKeyFromBase64url, publicKeyToBase64url, type AccountKey, type IdentityKey } from '../../../protocol';
import type { Identity, Person, RedeemedShowing, Showing } from '../../_core/card/identity';
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
} from '../../_core/card/identity-ports';
import type { SealedKey } from '../../_core/sealed-key';
import type { ChangeStepUp } from '../../_core/step-up/step-up-ports';
import type { StepUpState } from '../../_core/step-up/step-up-state';
import type { Sealing } from '../crypto/sealing';
import { countOf, database, isDuplicate, only } from './app';
import { packStepUp, unpackStepUp } from './packed-step-up';

type Stored<Value> = Value extends { key: unknown } ? Omit<Value, 'key'> & { readonly key: string } : Value;

/** What is sealed: the person, and the card's last day, which may be the document's own. */
type SealedPart = Omit<Person, 'portrait'> & {
  readonly portrait: string;
  readonly cardValidTo: Identity['card']['validTo'];
};

/** An identity as it lies in the collection `identities`: the person sealed, keys as base64url. */
interface IdentityDocument {
  readonly _id: IdentityKey;
  readonly account: AccountKey;
  readonly caseId: Identity['caseId'];
  readonly card: Omit<Identity['card'], 'holderKey' | 'validTo'> & { readonly holderKey: string };
  readonly dataKey: SealedKey;
  readonly sealed: string;
  readonly stepUp: {
    readonly revision: number;
    /** In clear, so that templates can be counted. */
    readonly hasTemplate: boolean;
    readonly sealed: string;
  };
  /** Absent rather than null: a sparse index leaves out what is absent. */
  readonly showing?: Stored<Showing>;
  readonly lastShowing?: Stored<RedeemedShowing>;
}

export interface Identities {
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

// The compiler cannot follow that a showing with a key is stored with its spelling and comes back with the key itself.
const storeShowing = <Value extends Showing>(showing: Value): Stored<Value> =>
  ('key' in showing ? { ...showing, key: publicKeyToBase64url(showing.key) } : showing) as Stored<Value>;

const loadShowing = <Value extends Showing>(stored: Stored<Value>): Value =>
  ('key' in stored ? { ...stored, key: publicKeyFromBase64url(stored.key) } : stored) as unknown as Value;

/** Identities in the collection `identities`: one document holds the person, the account and the card. */
export const createIdentities = (sealing: Sealing): Identities => {
  const collection = database.collection('identities');
  const { command } = database;

  const sealPerson = (identity: Identity): string => {
    const part: SealedPart = {
      ...identity.person,
      portrait: Buffer.from(identity.person.portrait).toString('base64'),
      cardValidTo: identity.card.validTo,
    };
    return sealing.seal(identity.dataKey, `person ${identity.key}`, Buffer.from(JSON.stringify(part)));
  };

  const stepUpContext = (key: IdentityKey, revision: number): string => `step-up ${key} revision ${String(revision)}`;
  const sealStepUp = ({ key, dataKey }: Identity, stepUp: StepUpState): IdentityDocument['stepUp'] => {
    const { revision, template } = stepUp;
    const packed = Buffer.from(JSON.stringify(packStepUp(stepUp)));
    return {
      revision,
      hasTemplate: template !== null,
      sealed: sealing.seal(dataKey, stepUpContext(key, revision), packed),
    };
  };
  const openStepUp = ({ _id, dataKey, stepUp: { revision, sealed } }: IdentityDocument): StepUpState =>
    unpackStepUp(JSON.parse(sealing.open(dataKey, stepUpContext(_id, revision), sealed).toString()), revision);

  const toDocument = (identity: Identity): IdentityDocument => {
    const { validTo: _sealed, holderKey, ...card } = identity.card;
    return {
      _id: identity.key,
      account: identity.account,
      caseId: identity.caseId,
      card: { ...card, holderKey: publicKeyToBase64url(holderKey) },
      dataKey: identity.dataKey,
      sealed: sealPerson(identity),
      stepUp: sealStepUp(identity, identity.stepUp),
      ...(identity.showing && { showing: storeShowing(identity.showing) }),
      ...(identity.lastShowing && { lastShowing: storeShowing(identity.lastShowing) }),
    };
  };

  const fromDocument = (found: IdentityDocument): Identity => {
    const opened = sealing.open(found.dataKey, `person ${found._id}`, found.sealed);
    const { cardValidTo, ...person } = JSON.parse(opened.toString()) as SealedPart;
    return {
      key: found._id,
      account: found.account,
      caseId: found.caseId,
      card: { ...found.card, validTo: cardValidTo, holderKey: publicKeyFromBase64url(found.card.holderKey) },
      dataKey: found.dataKey,
      person: { ...person, portrait: Buffer.from(person.portrait, 'base64') },
      stepUp: openStepUp(found),
      showing: found.showing ? loadShowing<Showing>(found.showing) : null,
      lastShowing: found.lastShowing ? loadShowing<RedeemedShowing>(found.lastShowing) : null,
    };
  };

  const find = async (query: Readonly<Record<string, string>>): Promise<Identity | null> => {
    // Only `toDocument` and the updates below write to this collection.
    const found = only(await collection.where(query).limit(1).get()) as IdentityDocument | null;
    return found && fromDocument(found);
  };

  const update = async (query: Readonly<Record<string, unknown>>, change: object): Promise<boolean> => {
    const answer = (await collection.where(query).update(change)) as { updated?: unknown };
    return countOf(answer.updated) === 1;
  };

  /** The showing that a change is to find, or its absence. */
  const presentShowing = ({ showing }: Identity): Readonly<Record<string, unknown>> =>
    showing ? { 'showing.handle': showing.handle, 'showing.state': showing.state } : { showing: command.exists(false) };

  /** The card's status and its last change that a change is to find. */
  const presentStatus = ({ card }: Identity): Readonly<Record<string, unknown>> => ({
    'card.status': card.status,
    ...(card.lastChange
      ? { 'card.lastChange.eventId': card.lastChange.eventId }
      : { 'card.lastChange': command.eq(null) }),
  });

  return {
    createIdentity: async (created) => {
      try {
        await collection.add(toDocument(created));
        return 'created';
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return (await find({ _id: created.key })) ? 'identity_taken' : 'account_taken';
      }
    },
    loadIdentity: (key) => find({ _id: key }),
    loadDataKey: async (key) => {
      const answer = await collection.where({ _id: key }).field({ dataKey: true }).limit(1).get();
      const found = only(answer) as Pick<IdentityDocument, 'dataKey'> | null;
      return found?.dataKey ?? null;
    },
    loadIdentityOfAccount: (account) => find({ account }),
    loadIdentityByShowing: async (handle) =>
      (await find({ 'showing.handle': handle })) ?? (await find({ 'lastShowing.handle': handle })),
    supersedeIdentity: (prior, next) => {
      const { caseId, card, dataKey, sealed, stepUp } = toDocument(next);
      return update(
        {
          _id: prior.key,
          account: prior.account,
          'card.id': prior.card.id,
          ...presentStatus(prior),
          ...presentShowing(prior),
        },
        {
          caseId,
          card: command.set(card),
          dataKey,
          sealed,
          stepUp: command.set(stepUp),
          showing: command.remove(),
          lastShowing: command.remove(),
        },
      );
    },
    changeStatus: (prior, change) =>
      update(
        { _id: prior.key, 'card.id': prior.card.id, ...presentStatus(prior) },
        { 'card.status': change.to, 'card.lastChange': command.set(change) },
      ),
    changeStepUp: async (prior, next) => {
      const { revision } = prior.stepUp;
      const stepUp = { ...next, revision: revision + 1 };
      const changed = await update(
        { _id: prior.key, 'card.id': prior.card.id, 'stepUp.revision': revision },
        { stepUp: command.set(sealStepUp(prior, stepUp)) },
      );
      return changed ? { ...prior, stepUp } : null;
    },
    prepareShowing: (prior, prepared) => {
      const { showing } = prior;
      const last = showing?.state === 'redeemed' ? { lastShowing: command.set(storeShowing(showing)) } : {};
      return update(
        { _id: prior.key, 'card.status': 'valid', ...presentShowing(prior) },
        { showing: command.set(storeShowing(prepared)), ...last },
      );
    },
    openPreparedShowing: (key, opened) =>
      update(
        { _id: key, 'card.status': 'valid', 'showing.handle': opened.handle, 'showing.state': 'prepared' },
        { showing: command.set(storeShowing(opened)) },
      ),
    redeemOpenShowing: (key, redeemed) =>
      update(
        { _id: key, 'card.status': 'valid', 'showing.handle': redeemed.handle, 'showing.state': 'open' },
        { showing: command.set(storeShowing(redeemed)) },
      ),
  };
};
