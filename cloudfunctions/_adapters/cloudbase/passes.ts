import { instant, type CardId, type IdentityKey, type PassId } from '../../../protocol';
import type { DeletePasses } from '../../_core/jobs/forget-passes';
import type { KeepIssuedPasses, KeepUse, LoadIssuedPass, MarkUseTold, PassUse } from '../../_core/pass/pass-ports';
import type { SealedKey } from '../../_core/sealed-key';
import type { Sealing } from '../crypto/sealing';
import { countOf, database, isDuplicate, only } from './app';

/**
 * A pass as it lies in the collection `passes`: whose it is lies under a key of its own, so that the database alone links no pass to
 * a person, nor two passes to each other.
 */
interface PassDocument {
  readonly _id: PassId;
  readonly dataKey: SealedKey;
  readonly sealed: string;
  readonly expiresAt: number;
}

/** A use as it lies in the collection `pass_uses`: the first of a pass under the pass's own id. */
interface UseDocument extends PassUse {
  readonly _id: string;
  readonly told: boolean;
}

interface Whose {
  readonly identity: IdentityKey;
  readonly card: CardId;
}

export interface Passes {
  readonly keepIssuedPasses: KeepIssuedPasses;
  readonly loadIssuedPass: LoadIssuedPass;
  readonly keepUse: KeepUse;
  readonly markUseTold: MarkUseTold;
  readonly deletePasses: DeletePasses;
}

const contextOf = (id: PassId): string => `pass ${id}`;

/** Offline passes in the collection `passes`, and what was made of them in `pass_uses`. */
export const createPasses = (sealing: Sealing): Passes => {
  const issued = database.collection('passes');
  const uses = database.collection('pass_uses');
  const { command } = database;

  const loadUse = async (id: string): Promise<UseDocument> => {
    // Only `keepUse` and `markUseTold` write to this collection.
    const found = only(await uses.where({ _id: id }).limit(1).get()) as UseDocument | null;
    if (!found) throw new Error('a use was stored and is not there');
    return found;
  };

  return {
    keepIssuedPasses: async (passes) => {
      const documents = passes.map(({ id, identity, card, expiresAt }): PassDocument => {
        const dataKey = sealing.newDataKey();
        const whose: Whose = { identity, card };
        const sealed = sealing.seal(dataKey, contextOf(id), Buffer.from(JSON.stringify(whose)));
        return { _id: id, dataKey, sealed, expiresAt };
      });
      await issued.add(documents);
    },
    loadIssuedPass: async (id) => {
      // Only `keepIssuedPasses` writes to this collection.
      const found = only(await issued.where({ _id: id }).limit(1).get()) as PassDocument | null;
      return found && (JSON.parse(sealing.open(found.dataKey, contextOf(id), found.sealed).toString()) as Whose);
    },
    keepUse: async (id, use) => {
      try {
        await uses.add({ _id: id, ...use, told: false } satisfies UseDocument);
        return { use, told: false, isNew: true };
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
      const { _id, told, acceptedAt, expiresAt, ...found } = await loadUse(id);
      return {
        use: { ...found, acceptedAt: instant(acceptedAt), expiresAt: instant(expiresAt) },
        told,
        isNew: false,
      };
    },
    markUseTold: async (id) => {
      await uses.where({ _id: id, told: false }).update({ told: true });
    },
    deletePasses: async (before) => {
      const query = { expiresAt: command.lt(before) };
      const answers = await Promise.all([issued.where(query).remove(), uses.where(query).remove()]);
      return answers
        .map((answer) => countOf((answer as { deleted?: unknown }).deleted))
        .reduce((sum, count) => sum + count, 0);
    },
  };
};
