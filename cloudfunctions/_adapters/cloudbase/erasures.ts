import { deletionId, identityKey, instant } from '../../../protocol';
import type {
  Deletion,
  Erasure,
  EraseIdentity,
  ForgetDeletions,
  ForgetErasure,
  KeepDeletion,
  LoadDeletion,
  LoadErasure,
  LoadErasures,
} from '../../_core/card/erasure';
import { countOf, database, isDuplicate, only } from './app';
import type { ErasedDocument, IdentityDocument } from './identity-document';

/** The proof of a deletion as it lies in the collection `deletions`. */
interface DeletionDocument extends Omit<Deletion, 'id'> {
  readonly _id: string;
}

export interface Erasures {
  readonly eraseIdentity: EraseIdentity;
  readonly loadErasure: LoadErasure;
  readonly loadErasures: LoadErasures;
  readonly forgetErasure: ForgetErasure;
  readonly keepDeletion: KeepDeletion;
  readonly loadDeletion: LoadDeletion;
  readonly forgetDeletions: ForgetDeletions;
}

/** All fields but where it lies and the revision that the erasure follows. */
type ErasedField = Exclude<keyof IdentityDocument, '_id' | 'revision'>;
/** All else that it can hold, and none of which is left; the compiler asks for every new field. */
const erasedFields: Readonly<Record<ErasedField, true>> = {
  account: true,
  eventCount: true,
  outbox: true,
  caseId: true,
  card: true,
  dataKey: true,
  sealed: true,
  stepUp: true,
  office: true,
  untold: true,
  unannounced: true,
  showing: true,
  lastShowing: true,
  passes: true,
  acts: true,
  consents: true,
  killCodes: true,
  deletion: true,
  dataExport: true,
  guardian: true,
};

/** Deletions: their last steps in the collection `identities`, their proofs in `deletions`. */
export const createErasures = (): Erasures => {
  const identities = database.collection('identities');
  const deletions = database.collection('deletions');
  const { command } = database;

  const fromDocument = ({ _id, erased }: ErasedDocument): Erasure => ({ key: identityKey(_id), ...erased });

  return {
    eraseIdentity: async (prior, { key, ...erased }) => {
      const query = { _id: key, revision: prior.revision };
      const gone = Object.fromEntries(Object.keys(erasedFields).map((field) => [field, command.remove()]));
      const change = { ...gone, revision: prior.revision + 1, erased: command.set(erased) };
      const answer = (await identities.where(query).update(change)) as { updated?: unknown };
      return countOf(answer.updated) === 1;
    },
    loadErasure: async (id) => {
      // Only `eraseIdentity` writes what this finds.
      const found = only(await identities.where({ 'erased.id': id }).limit(1).get()) as ErasedDocument | null;
      return found && fromDocument(found);
    },
    loadErasures: async (limit) => {
      const query = { 'erased.id': command.gt('') };
      const answer = (await identities.where(query).limit(limit).get()) as { data: readonly ErasedDocument[] };
      return answer.data.map(fromDocument);
    },
    forgetErasure: async ({ key, id }) => {
      await identities.where({ _id: key, 'erased.id': id }).remove();
    },
    keepDeletion: async ({ id, deletedAt, unreadableEvents, proof }) => {
      try {
        await deletions.add({ _id: id, deletedAt, unreadableEvents, proof } satisfies DeletionDocument);
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    },
    loadDeletion: async (id) => {
      const found = only(await deletions.where({ _id: id }).limit(1).get()) as DeletionDocument | null;
      if (!found) return null;
      const { _id, deletedAt, ...rest } = found;
      return { ...rest, id: deletionId(_id), deletedAt: instant(deletedAt) };
    },
    forgetDeletions: async (before) => {
      const answer = (await deletions.where({ deletedAt: command.lt(before) }).remove()) as { deleted?: unknown };
      return countOf(answer.deleted);
    },
  };
};
