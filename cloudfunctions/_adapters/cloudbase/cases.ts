import { caseId, fileId, instant, type AccountKey } from '../../../protocol';
import type { ForgetCases } from '../../_core/card/erasure';
import type { Case, FirstRefusal, ProofedDocument } from '../../_core/enrolment/case';
import type {
  CountCases,
  CreateCase,
  ListCases,
  LoadAnyCase,
  LoadCase,
  ReplaceCase,
} from '../../_core/enrolment/case-ports';
import type { BoundFingerprint } from '../../_core/step-up/step-up-state';
import type { LoadTimedOutCases } from '../../_core/jobs/expire-cases';
import type { SealedKey } from '../../_core/sealed-key';
import type { Sealing } from '../crypto/sealing';
import { packDocument, unpackDocument, type PackedDocument } from './packed-document';
import { packTemplate, unpackTemplate, type PackedTemplate } from './packed-step-up';
import { countOf, database, only } from './app';

/** What a state adds to a case; sealed as a whole. */
interface PrivatePart {
  readonly consents: Case['consents'];
  readonly evidence: readonly string[];
  readonly document?: PackedDocument;
  readonly nonce?: string;
  readonly template?: PackedTemplate | null;
  readonly fingerprint?: BoundFingerprint;
  readonly destroyed?: { readonly files: number; readonly at: number };
  readonly cardId?: string;
  readonly identity?: string;
  readonly reason?: string;
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
}

export interface Cases {
  readonly createCase: CreateCase;
  readonly loadCase: LoadCase;
  readonly replaceCase: ReplaceCase;
  readonly countCases: CountCases;
  readonly loadAnyCase: LoadAnyCase;
  readonly listCases: ListCases;
  readonly loadTimedOutCases: LoadTimedOutCases;
  readonly forgetCases: ForgetCases;
}

const privatePart = (of: Case): PrivatePart => {
  const { consents, evidence } = of;
  const document: ProofedDocument | undefined = 'document' in of ? of.document : undefined;
  return {
    consents,
    evidence,
    ...(document && { document: packDocument(document) }),
    ...('nonce' in of && { nonce: of.nonce }),
    ...('template' in of && { template: packTemplate(of.template) }),
    ...('fingerprint' in of && { fingerprint: of.fingerprint }),
    ...('destroyed' in of && { destroyed: of.destroyed }),
    ...('cardId' in of && { cardId: of.cardId, identity: of.identity }),
    ...('reason' in of && { reason: of.reason }),
    ...('firstRefusal' in of && { firstRefusal: of.firstRefusal }),
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
    return { _id: id, account, state, revision, createdAt, expiresAt, tries, dataKey, sealed };
  };

  const fromDocument = (found: CaseDocument): Case => {
    const opened = sealing.open(found.dataKey, `case ${found._id}`, found.sealed);
    const { document, template, evidence, ...rest } = JSON.parse(opened.toString()) as PrivatePart;
    return {
      id: caseId(found._id),
      account: found.account,
      state: found.state,
      revision: found.revision,
      createdAt: instant(found.createdAt),
      expiresAt: instant(found.expiresAt),
      tries: found.tries,
      evidence: evidence.map(fileId),
      ...rest,
      ...(document && { document: unpackDocument(document) }),
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
    replaceCase: async (prior, next) => {
      const { _id, account, createdAt, ...change } = toDocument(next);
      const before = { _id, account, createdAt, state: prior.state, revision: prior.revision };
      const answer = (await collection.where(before).update(change)) as { updated?: unknown };
      return countOf(answer.updated) === 1;
    },
    loadTimedOutCases: async (before, limit) => {
      const undecided = command.in(['started', 'documentRead', 'faceMatched', 'fingerprintBound']);
      const query = { state: undecided, expiresAt: command.lte(before) };
      const answer = (await collection.where(query).orderBy('expiresAt', 'asc').limit(limit).get()) as {
        data: readonly CaseDocument[];
      };
      return answer.data.map(fromDocument);
    },
    forgetCases: async (account) => {
      await collection.where({ account, state: command.in(['minted', 'refused', 'expired']) }).remove();
    },
    countCases: async (account, since) => {
      const query = { account, createdAt: command.gte(since) };
      const answer = (await collection.where(query).count()) as { total?: unknown };
      return countOf(answer.total);
    },
  };
};
