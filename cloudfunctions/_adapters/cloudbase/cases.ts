import { caseId, fileId, instant, type AccountKey, type ReviewCause } from '../../../protocol';
import type { ForgetCases } from '../../_core/card/erasure';
import type {
  AppealableCase,
  Case,
  Evidence,
  FirstAcceptance,
  FirstRefusal,
  ProofedDocument,
} from '../../_core/enrolment/case';
import type {
  CreateCase,
  ListCases,
  ListEndedAppeals,
  ListUnsettledCases,
  LoadAnyCase,
  LoadCase,
  ReplaceCase,
} from '../../_core/enrolment/case-ports';
import { isUnsettled } from '../../_core/enrolment/settle-case';
import type { GuardianConsent } from '../../_core/guardian/guardian';
import type { BoundFingerprint } from '../../_core/step-up/step-up-state';
import type { LoadTimedOutCases } from '../../_core/jobs/expire-cases';
import type { OperatorAct } from '../../_core/operators/operator-act';
import type { SealedKey } from '../../_core/sealed-key';
import type { Sealing } from '../crypto/sealing';
import { now } from '../runtime/ambient';
import { packDocument, unpackDocument, type PackedDocument } from './packed-document';
import { packTemplate, unpackTemplate, type PackedTemplate } from './packed-step-up';
import { countOf, database, only } from './app';

/** What a state adds to a case; sealed as a whole. */
interface PrivatePart {
  readonly consents: Case['consents'];
  readonly evidence: readonly Evidence[];
  readonly outbox?: readonly OperatorAct[];
  readonly document?: PackedDocument;
  readonly guardian?: GuardianConsent | null;
  readonly nonce?: string;
  readonly readAt?: number;
  readonly template?: PackedTemplate | null;
  readonly fingerprint?: BoundFingerprint;
  readonly destroyed?: { readonly files: number; readonly at: number };
  readonly cardId?: string;
  readonly identity?: string;
  readonly reason?: string;
  readonly causes?: readonly ReviewCause[];
  readonly firstAcceptance?: FirstAcceptance | null;
  readonly firstRefusal?: FirstRefusal | null;
}

/** A case as it lies in the collection `cases`. */
interface CaseDocument {
  readonly _id: string;
  readonly account: AccountKey;
  readonly state: Case['state'];
  readonly revision: number;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly tries: Case['tries'];
  readonly dataKey: SealedKey;
  readonly sealed: string;
  /** When it was last written, as long as a call has left something of it to be done; absent else, so that its index is short. */
  readonly unsettled?: number;
}

export interface Cases {
  readonly createCase: CreateCase;
  readonly loadCase: LoadCase;
  readonly replaceCase: ReplaceCase;
  readonly loadAnyCase: LoadAnyCase;
  readonly listCases: ListCases;
  readonly listEndedAppeals: ListEndedAppeals;
  readonly listUnsettledCases: ListUnsettledCases;
  readonly loadTimedOutCases: LoadTimedOutCases;
  readonly forgetCases: ForgetCases;
}

const privatePart = (of: Case): PrivatePart => {
  const { consents, evidence, outbox } = of;
  const document: ProofedDocument | undefined = 'document' in of ? of.document : undefined;
  return {
    consents,
    evidence,
    ...(outbox.length > 0 && { outbox }),
    ...(document && { document: packDocument(document) }),
    ...('guardian' in of && { guardian: of.guardian }),
    ...('nonce' in of && { nonce: of.nonce }),
    ...('readAt' in of && { readAt: of.readAt }),
    ...('template' in of && { template: packTemplate(of.template) }),
    ...('fingerprint' in of && { fingerprint: of.fingerprint }),
    ...('destroyed' in of && { destroyed: of.destroyed }),
    ...('cardId' in of && { cardId: of.cardId, identity: of.identity }),
    ...('reason' in of && { reason: of.reason }),
    ...('firstRefusal' in of && {
      causes: of.causes,
      firstAcceptance: of.firstAcceptance,
      firstRefusal: of.firstRefusal,
    }),
  };
};

/** Cases in the collection `cases`; what they hold of a person is sealed. */
export const createCases = (sealing: Sealing): Cases => {
  const collection = database.collection('cases');
  const { command } = database;

  const toDocument = (of: Case): CaseDocument => {
    const dataKey = sealing.newDataKey();
    const { id, account, state, revision, createdAt, expiresAt, tries } = of;
    const sealed = sealing.seal(dataKey, `case ${id}`, Buffer.from(JSON.stringify(privatePart(of))));
    return {
      _id: id,
      account,
      state,
      revision,
      createdAt,
      expiresAt,
      tries,
      dataKey,
      sealed,
      ...(isUnsettled(of) && { unsettled: now() }),
    };
  };

  const fromDocument = (found: CaseDocument): Case => {
    const opened = sealing.open(found.dataKey, `case ${found._id}`, found.sealed);
    const { document, template, evidence, outbox, ...rest } = JSON.parse(opened.toString()) as PrivatePart;
    return {
      id: caseId(found._id),
      account: found.account,
      state: found.state,
      revision: found.revision,
      createdAt: instant(found.createdAt),
      expiresAt: instant(found.expiresAt),
      tries: found.tries,
      evidence: evidence.map(({ file, shows }) => ({ file: fileId(file), shows })),
      outbox: outbox ?? [],
      ...rest,
      // One that was written before there were guardians has none.
      ...(document && { document: unpackDocument(document), guardian: rest.guardian ?? null }),
      ...(template !== undefined && { template: unpackTemplate(template) }),
    } as Case; // what was sealed was a Case, and the seal proves that it still is
  };

  return {
    createCase: async (created) => {
      await collection.add(toDocument(created));
    },
    loadCase: async (id, account) => {
      // Only `toDocument` writes to this collection.
      const found = only(await collection.where({ _id: id, account }).limit(1).get()) as CaseDocument | null;
      return found && fromDocument(found);
    },
    loadAnyCase: async (id) => {
      const found = only(await collection.where({ _id: id }).limit(1).get()) as CaseDocument | null;
      return found && fromDocument(found);
    },
    listCases: async (state, limit) => {
      const ordered = collection.where({ state }).orderBy('createdAt', 'asc').limit(limit);
      const { data } = (await ordered.get()) as { data: readonly CaseDocument[] };
      return data.map(fromDocument);
    },
    listEndedAppeals: async (by, limit) => {
      const query = { state: 'appealable', expiresAt: command.lte(by) };
      const { data } = (await collection.where(query).orderBy('expiresAt', 'asc').limit(limit).get()) as {
        data: readonly CaseDocument[];
      };
      return data.map(fromDocument).filter((found): found is AppealableCase => found.state === 'appealable');
    },
    listUnsettledCases: async (since, limit) => {
      const query = { unsettled: command.lte(since) };
      const { data } = (await collection.where(query).orderBy('unsettled', 'asc').limit(limit).get()) as {
        data: readonly CaseDocument[];
      };
      return data.map(fromDocument);
    },
    replaceCase: async (prior, next) => {
      const { _id, account, createdAt, unsettled, ...fields } = toDocument(next);
      const change = { ...fields, unsettled: unsettled === undefined ? command.remove() : command.set(unsettled) };
      const before = { _id, account, createdAt, state: prior.state, revision: prior.revision };
      const answer = (await collection.where(before).update(change)) as { updated?: unknown };
      return countOf(answer.updated) === 1;
    },
    loadTimedOutCases: async (before, limit, skipped) => {
      const undecided = command.in(['started', 'documentRead', 'faceMatched', 'fingerprintBound']);
      const query = { state: undecided, expiresAt: command.lte(before) };
      const answer = (await collection.where(query).orderBy('expiresAt', 'asc').skip(skipped).limit(limit).get()) as {
        data: readonly CaseDocument[];
      };
      return answer.data.map(fromDocument);
    },
    forgetCases: async (account) => {
      const over = { account, state: command.in(['minted', 'refused', 'expired']) };
      await collection.where({ ...over, unsettled: command.exists(false) }).remove();
      return only(await collection.where(over).limit(1).get()) === null;
    },
  };
};
