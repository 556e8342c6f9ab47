import { caseId, identityKey, instant } from '../../../protocol';
import type { OpenCallPorts } from '../../_core/guardian/consent';
import type { GuardianCall, GuardianCallPorts } from '../../_core/guardian/guardian-call';
import { countOf, database, isDuplicate, only } from './app';

/** A call as it lies in the collection `guardian_calls`; the reader is absent until the number was typed. */
type CallDocument = Omit<GuardianCall, 'id' | 'reader'> & {
  readonly _id: string;
  readonly reader?: NonNullable<GuardianCall['reader']>;
};

/** Children's calls for a guardian in the collection `guardian_calls`: keyed hashes and a challenge. */
export const createGuardianCalls = (): Pick<GuardianCallPorts, 'createGuardianCall'> &
  Pick<OpenCallPorts, 'loadGuardianCall' | 'claimGuardianCall'> & {
    readonly forgetGuardianCalls: (before: number) => Promise<number>;
  } => {
  const collection = database.collection('guardian_calls');
  const { command } = database;
  return {
    createGuardianCall: async ({ id, reader: _nobody, ...call }) => {
      try {
        await collection.add({ _id: id, ...call });
        return true;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return false;
      }
    },
    loadGuardianCall: async (id) => {
      const found = only(await collection.where({ _id: id }).limit(1).get()) as CallDocument | null;
      if (!found) return null;
      const { _id, case: ofCase, expiresAt, reader } = found;
      return {
        id: _id,
        case: caseId(ofCase),
        expiresAt: instant(expiresAt),
        reader: reader
          ? { identity: identityKey(reader.identity), ward: identityKey(reader.ward), challenge: reader.challenge }
          : null,
      };
    },
    claimGuardianCall: async (id, reader) => {
      const isFree = command.or({ reader: command.exists(false) }, { 'reader.identity': reader.identity });
      const answer = (await collection
        .where(command.and({ _id: id }, isFree))
        .update({ reader: command.set(reader) })) as { updated?: unknown };
      return countOf(answer.updated) === 1;
    },
    forgetGuardianCalls: async (before) => {
      const answer = (await collection.where({ expiresAt: command.lt(before) }).remove()) as { deleted?: unknown };
      return countOf(answer.deleted);
    },
  };
};
