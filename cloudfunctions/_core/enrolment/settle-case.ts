import type { RecordOperatorAct } from '../operators/operator-act';
import { isDecided, isWaiting, type Case } from './case';
import type { ReplaceCase } from './case-ports';
import { destroyEvidenceOf, type DestroyPorts } from './end-case';
import { originalsOf, unnamedCopiesOf } from './review-copies';

export interface SettleCasePorts extends DestroyPorts {
  readonly replaceCase: ReplaceCase;
  readonly recordOperatorAct: RecordOperatorAct;
}

/**
 * Whether a call has left something of the case to be done: words of reviewers that are not in the log, pictures that outlived the
 * decision, or uploaded ones that are not sealed copies yet while it waits for reviewers.
 */
export const isUnsettled = (found: Case): boolean =>
  found.outbox.length > 0 ||
  (isDecided(found) && found.evidence.length > 0) ||
  (isWaiting(found) && originalsOf(found).length > 0);

/**
 * Writes what reviewers have said into the log, then destroys the pictures of a case that is decided. Whatever is interrupted is gone on
 * with by the next look at the case, or by the job that looks for it; a word stands in the log once, however often it is written.
 */
export const settleCase = async (ports: SettleCasePorts, found: Case): Promise<void> => {
  for (const word of found.outbox) await ports.recordOperatorAct(word);
  const isOver = isDecided(found) && found.evidence.length > 0;
  if (isOver) await destroyEvidenceOf(ports, found, unnamedCopiesOf(found));
  if (!isOver && found.outbox.length === 0) return;
  const evidence = isOver ? [] : found.evidence;
  await ports.replaceCase(found, { ...found, revision: found.revision + 1, evidence, outbox: [] });
};
