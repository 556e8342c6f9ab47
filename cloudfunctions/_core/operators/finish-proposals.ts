import { instant } from '../../../protocol';
import { oneByOne } from '../one-by-one';
import { settleProposal, type ProposalPorts } from './propose';

/** For how long a call may be at work on its own proposal, in milliseconds. */
const AT_WORK_MS = 30_000;
const BATCH = 100;

/** Finishes proposals whose call was interrupted: what two operators confirmed is carried out. @returns how many */
export const finishProposals = async (ports: ProposalPorts): Promise<number> => {
  const left = await ports.listUnsettledProposals(instant(ports.now() - AT_WORK_MS), BATCH);
  await oneByOne(left, (found) => settleProposal(ports, found));
  return left.length;
};
