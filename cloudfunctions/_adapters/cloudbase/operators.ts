import { instant, type AccountKey } from '../../../protocol';
import type {
  ClearProposalOutbox,
  CreateProposal,
  ListProposals,
  ListUnsettledProposals,
  LoadProposal,
  Proposal,
  ReplaceProposal,
} from '../../_core/operators/critical-act';
import type { LoadOperator, LoadOperatorById, Operator } from '../../_core/operators/operator';
import { countOf, database, isDuplicate, only } from './app';

/** An operator as it lies in the collection `operators`, under the keyed hash of the account. */
interface OperatorDocument extends Operator {
  readonly _id: AccountKey;
  readonly state: 'active' | 'suspended';
}

type ProposalDocument = Proposal & { readonly _id: string };

export interface Operators {
  readonly loadOperator: LoadOperator;
  readonly loadOperatorById: LoadOperatorById;
  readonly createProposal: CreateProposal;
  readonly loadProposal: LoadProposal;
  readonly replaceProposal: ReplaceProposal;
  readonly listProposals: ListProposals;
  readonly listUnsettledProposals: ListUnsettledProposals;
  readonly clearProposalOutbox: ClearProposalOutbox;
}

const proposalOf = ({ _id, ...fields }: ProposalDocument): Proposal => ({
  ...fields,
  id: _id,
  proposedAt: instant(fields.proposedAt),
});

/** The issuer's operators, and what two of them are to decide together. */
export const createOperators = (): Operators => {
  const operators = database.collection('operators');
  const proposals = database.collection('proposals');
  const { command } = database;
  const list = async (query: object, limit: number): Promise<readonly Proposal[]> => {
    const answer = await proposals.where(query).orderBy('proposedAt', 'asc').limit(limit).get();
    return (answer.data as readonly ProposalDocument[]).map(proposalOf);
  };
  const load = async (which: Partial<Pick<OperatorDocument, '_id' | 'id'>>): Promise<Operator | null> => {
    const query = { ...which, state: 'active' };
    // Written by whoever runs the service, when an operator is appointed.
    const found = only(await operators.where(query).limit(1).get()) as OperatorDocument | null;
    return found && { id: found.id, role: found.role };
  };
  return {
    loadOperator: (account) => load({ _id: account }),
    loadOperatorById: (id) => load({ id }),
    createProposal: async ({ id, ...fields }) => {
      try {
        await proposals.add({ _id: id, ...fields });
        return true;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return false;
      }
    },
    loadProposal: async (id) => {
      const found = only(await proposals.where({ _id: id }).limit(1).get()) as ProposalDocument | null;
      return found && proposalOf(found);
    },
    replaceProposal: async ({ id, state }, next) => {
      const change = {
        state: next.state,
        outbox: command.set(next.outbox),
        ...('confirmedBy' in next && { confirmedBy: next.confirmedBy }),
        ...('outcome' in next && { outcome: next.outcome }),
      };
      const answer = (await proposals.where({ _id: id, state }).update(change)) as { updated?: unknown };
      return countOf(answer.updated) === 1;
    },
    listProposals: (after, limit) => list({ state: 'proposed', proposedAt: command.gt(after) }, limit),
    listUnsettledProposals: (before, limit) =>
      list(
        command.and(
          { proposedAt: command.lt(before) },
          command.or({ state: 'confirmed' }, { 'outbox.id': command.exists(true) }),
        ),
        limit,
      ),
    clearProposalOutbox: async (id, entries) => {
      await proposals.where({ _id: id }).update({ outbox: command.pull({ id: command.in([...entries]) }) });
    },
  };
};
