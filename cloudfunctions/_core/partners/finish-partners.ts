import { instant, type Instant } from '../../../protocol';
import { oneByOne } from '../one-by-one';
import type { Partner } from './partner';
import type { PartnerPorts } from './partner-ports';
import { settlePartner } from './settle';

/** Partners whose act has been pending since before an instant: the call that made it was interrupted. */
export type ListUnsettled = (before: Instant, limit: number) => Promise<readonly Partner[]>;

/** For how long a call may be at work on its own act, in milliseconds. */
const AT_WORK_MS = 30_000;
const BATCH = 100;

/** Finishes acts on partners that were interrupted: a suspension reaches the staff though nobody calls again. @returns how many */
export const finishPartners = async (
  ports: PartnerPorts & { readonly listUnsettled: ListUnsettled },
): Promise<number> => {
  const left = await ports.listUnsettled(instant(ports.now() - AT_WORK_MS), BATCH);
  await oneByOne(left, (partner) => settlePartner(ports, partner));
  return left.length;
};
