import { publicKeyFromBase64url, publicKeyToBase64url, type IdentityKey } from '../../../protocol';
import type { Identity, Person, RedeemedShowing, Showing } from '../../_core/card/identity';
import type {
  CreateIdentity,
  LoadIdentity,
  LoadIdentityByAlias,
  LoadIdentityByCard,
  LoadIdentityByKillCode,
  LoadIdentityByShowing,
  LoadIdentityOfAccount,
  LoadWards,
  ReplaceIdentity,
} from '../../_core/card/identity-ports';
import { standingOf } from '../../_core/card/stops';
import type { LastingConsent } from '../../_core/consents/consent';
import type { SealedEvent } from '../../_core/event';
import type { StepUpState } from '../../_core/step-up/step-up-state';
import type { Sealing } from '../crypto/sealing';
import { countOf, database, isDuplicate, only } from './app';
import type { ErasedDocument, IdentityDocument, Stored } from './identity-document';
import { packStepUp, unpackStepUp } from './packed-step-up';

/** What is sealed: the person, the card's last day, which may be the document's own, and why it was stopped. */
type SealedPart = Omit<Person, 'portrait'> & {
  readonly portrait: string;
  readonly cardValidTo: Identity['card']['validTo'];
  readonly cardStops: Identity['card']['stops'];
};

export interface Identities {
  readonly createIdentity: CreateIdentity;
  readonly loadIdentity: LoadIdentity;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly loadIdentityByCard: LoadIdentityByCard;
  readonly loadIdentityByShowing: LoadIdentityByShowing;
  readonly loadIdentityByAlias: LoadIdentityByAlias;
  readonly loadIdentityByKillCode: LoadIdentityByKillCode;
  readonly loadWards: LoadWards;
  readonly replaceIdentity: ReplaceIdentity;
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
      cardStops: identity.card.stops,
    };
    return sealing.seal(identity.dataKey, `person ${identity.key}`, Buffer.from(JSON.stringify(part)));
  };

  const outboxContext = (key: IdentityKey, revision: number): string => `outbox ${key} at ${String(revision)}`;
  const sealOutbox = ({ key, revision, dataKey, outbox }: Identity): string =>
    sealing.seal(dataKey, outboxContext(key, revision), Buffer.from(JSON.stringify(outbox)));
  const openOutbox = ({ _id, revision, dataKey, outbox }: IdentityDocument): readonly SealedEvent[] =>
    outbox === undefined
      ? []
      : (JSON.parse(sealing.open(dataKey, outboxContext(_id, revision), outbox).toString()) as SealedEvent[]);

  const sealStepUp = ({ key, dataKey, stepUp }: Identity): IdentityDocument['stepUp'] => ({
    hasTemplate: stepUp.template !== null,
    sealed: sealing.seal(dataKey, `step-up ${key}`, Buffer.from(JSON.stringify(packStepUp(stepUp)))),
  });
  const openStepUp = ({ _id, dataKey, stepUp }: IdentityDocument): StepUpState =>
    unpackStepUp(JSON.parse(sealing.open(dataKey, `step-up ${_id}`, stepUp.sealed).toString()));

  const sealConsents = ({ key, dataKey, consents }: Identity): string =>
    sealing.seal(dataKey, `consents ${key}`, Buffer.from(JSON.stringify(consents)));
  const openConsents = ({ _id, dataKey }: IdentityDocument, sealed: string): readonly LastingConsent[] =>
    JSON.parse(sealing.open(dataKey, `consents ${_id}`, sealed).toString()) as LastingConsent[];

  const toDocument = (identity: Identity): IdentityDocument => {
    const { validTo: _sealed, stops, holderKey, ...card } = identity.card;
    return {
      _id: identity.key,
      account: identity.account,
      revision: identity.revision,
      eventCount: identity.eventCount,
      ...(identity.outbox.length > 0 && { outbox: sealOutbox(identity) }),
      caseId: identity.caseId,
      card: { ...card, status: standingOf(stops), holderKey: publicKeyToBase64url(holderKey) },
      office: identity.office,
      ...(identity.untold && { untold: identity.untold }),
      ...(identity.unannounced && { unannounced: identity.unannounced }),
      dataKey: identity.dataKey,
      sealed: sealPerson(identity),
      stepUp: sealStepUp(identity),
      ...(identity.showing && { showing: storeShowing(identity.showing) }),
      ...(identity.lastShowing && { lastShowing: storeShowing(identity.lastShowing) }),
      ...(identity.passes && { passes: identity.passes }),
      ...(identity.acts && { acts: identity.acts }),
      ...((identity.consents ?? []).length > 0 && { consents: sealConsents(identity) }),
      ...(identity.killCodes.length > 0 && { killCodes: identity.killCodes }),
      ...(identity.deletion && { deletion: identity.deletion }),
      ...(identity.dataExport && { dataExport: identity.dataExport }),
      ...(identity.guardian && { guardian: identity.guardian }),
    };
  };

  const fromDocument = (found: IdentityDocument): Identity => {
    const opened = sealing.open(found.dataKey, `person ${found._id}`, found.sealed);
    const { cardValidTo, cardStops, ...person } = JSON.parse(opened.toString()) as SealedPart;
    const { status: _told, ...card } = found.card;
    return {
      key: found._id,
      account: found.account,
      revision: found.revision,
      eventCount: found.eventCount,
      outbox: openOutbox(found),
      caseId: found.caseId,
      card: {
        ...card,
        validTo: cardValidTo,
        stops: cardStops,
        holderKey: publicKeyFromBase64url(card.holderKey),
      },
      office: found.office,
      untold: found.untold ?? null,
      unannounced: found.unannounced ?? null,
      dataKey: found.dataKey,
      person: { ...person, portrait: Buffer.from(person.portrait, 'base64') },
      stepUp: openStepUp(found),
      showing: found.showing ? loadShowing<Showing>(found.showing) : null,
      lastShowing: found.lastShowing ? loadShowing<RedeemedShowing>(found.lastShowing) : null,
      ...(found.passes && { passes: found.passes }),
      ...(found.acts && { acts: found.acts }),
      ...(found.consents !== undefined && { consents: openConsents(found, found.consents) }),
      killCodes: found.killCodes ?? [],
      deletion: found.deletion ?? null,
      dataExport: found.dataExport ?? null,
      guardian: found.guardian ?? null,
    };
  };

  const find = async (query: Readonly<Record<string, string>>): Promise<Identity | null> => {
    // Only `toDocument` and the updates below write to this collection.
    const found = only(await collection.where(query).limit(1).get()) as IdentityDocument | ErasedDocument | null;
    return found && !('erased' in found) ? fromDocument(found) : null;
  };

  /** What differs, field by field: the person and the portrait are not written again with every showing. */
  const changeBetween = (prior: Identity, next: Identity): Readonly<Record<string, unknown>> => {
    const isSame = (field: keyof Identity): boolean => prior[field] === next[field];
    const { account, caseId, card, office, dataKey, sealed, ...document } = toDocument(next);
    const isPersonSame =
      isSame('person') &&
      isSame('dataKey') &&
      prior.card.validTo === next.card.validTo &&
      prior.card.stops === next.card.stops;
    const put = (value: unknown): unknown => (value === undefined ? command.remove() : command.set(value));
    return {
      revision: next.revision,
      ...(!isSame('eventCount') && { eventCount: next.eventCount }),
      // Always anew: it is sealed to the revision.
      outbox: put(document.outbox),
      ...(!isSame('account') && { account }),
      ...(!isSame('caseId') && { caseId }),
      ...(!isSame('card') && { card: put(card) }),
      ...(!isSame('office') && { office }),
      ...(!isSame('untold') && { untold: put(document.untold) }),
      ...(!isSame('unannounced') && { unannounced: put(document.unannounced) }),
      ...(!isSame('dataKey') && { dataKey }),
      ...(!isPersonSame && { sealed }),
      ...(!(isSame('stepUp') && isSame('dataKey')) && { stepUp: put(document.stepUp) }),
      ...(!isSame('showing') && { showing: put(document.showing) }),
      ...(!isSame('lastShowing') && { lastShowing: put(document.lastShowing) }),
      ...(!isSame('passes') && { passes: put(document.passes) }),
      ...(!isSame('acts') && { acts: put(document.acts) }),
      ...(!(isSame('consents') && isSame('dataKey')) && { consents: put(document.consents) }),
      ...(!isSame('killCodes') && { killCodes: put(document.killCodes) }),
      ...(!isSame('deletion') && { deletion: put(document.deletion) }),
      ...(!isSame('dataExport') && { dataExport: put(document.dataExport) }),
      ...(!isSame('guardian') && { guardian: put(document.guardian) }),
    };
  };

  return {
    createIdentity: async (created) => {
      try {
        await collection.add(toDocument(created));
        return 'created';
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        // Also where an identity is just being deleted: its place is taken a moment longer.
        const taken = (await collection.where({ _id: created.key }).count()) as { total?: unknown };
        return countOf(taken.total) > 0 ? 'identity_taken' : 'account_taken';
      }
    },
    loadIdentity: (key) => find({ _id: key }),
    loadIdentityOfAccount: (account) => find({ account }),
    loadIdentityByCard: (card) => find({ 'card.id': card }),
    loadIdentityByShowing: async (handle) =>
      (await find({ 'showing.handle': handle })) ?? (await find({ 'lastShowing.handle': handle })),
    loadIdentityByAlias: (alias) => find({ 'showing.alias.text': alias }),
    loadIdentityByKillCode: (key) => find({ 'killCodes.key': key }),
    loadWards: async (guardian, limit) => {
      const ordered = collection.where({ 'guardian.key': guardian }).orderBy('guardian.at', 'asc').limit(limit);
      const { data } = (await ordered.get()) as { data: readonly IdentityDocument[] };
      return data.map(fromDocument);
    },
    replaceIdentity: async (prior, next) => {
      const query = { _id: prior.key, revision: prior.revision };
      const answer = (await collection.where(query).update(changeBetween(prior, next))) as { updated?: unknown };
      return countOf(answer.updated) === 1;
    },
  };
};
