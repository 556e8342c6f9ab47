import type { Instant } from '../../../protocol';
import type { Case } from '../enrolment/case';
import type { ReplaceCase } from '../enrolment/case-ports';
import { destroyLate, type DestroyPorts } from '../enrolment/end-case';

/** Undecided cases whose time was up before then, oldest first. @param skipped how many of the oldest are left out */
export type LoadTimedOutCases = (before: Instant, limit: number, skipped: number) => Promise<readonly Case[]>;

export interface ExpireCasesPorts extends DestroyPorts {
  readonly replaceCase: ReplaceCase;
  readonly loadTimedOutCases: LoadTimedOutCases;
}

/** How many cases one run ends; what is left is the next run's. */
const CASES_AT_ONCE = 100;

/**
 * Ends the cases that nobody went on with: their pictures are destroyed, an event says so, and what was read is dropped. Those that
 * cannot be ended stay the oldest, and are gone past. @returns how many there were
 * @throws the first failure, once all have had their turn
 */
export const expireCases = async (ports: ExpireCasesPorts): Promise<number> => {
  const failures: unknown[] = [];
  let ended = 0;
  let over: readonly Case[];
  do {
    over = await ports.loadTimedOutCases(ports.now(), CASES_AT_ONCE, failures.length);
    for (const found of over) {
      try {
        await destroyLate(ports, found, []);
        ended += 1;
      } catch (error) {
        failures.push(error);
      }
    }
  } while (over.length === CASES_AT_ONCE && ended < CASES_AT_ONCE);
  if (failures.length > 0) throw failures[0];
  return ended;
};
