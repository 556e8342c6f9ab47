import type { Instant } from '../../../protocol';
import type { Case } from '../enrolment/case';
import type { ReplaceCase } from '../enrolment/case-ports';
import { destroyLate, type DestroyPorts } from '../enrolment/end-case';

/** Undecided cases whose time was up before then, oldest first. */
export type LoadTimedOutCases = (before: Instant, limit: number) => Promise<readonly Case[]>;

export interface ExpireCasesPorts extends DestroyPorts {
  readonly replaceCase: ReplaceCase;
  readonly loadTimedOutCases: LoadTimedOutCases;
}

/** How many cases one run ends; what is left is the next run's. */
const CASES_AT_ONCE = 100;

/**
 * Ends the cases that nobody went on with: their pictures are destroyed, an event says so, and what was read is dropped.
 * @returns how many there were
 */
export const expireCases = async (ports: ExpireCasesPorts): Promise<number> => {
  const over = await ports.loadTimedOutCases(ports.now(), CASES_AT_ONCE);
  for (const found of over) await destroyLate(ports, found, []);
  return over.length;
};
