import type { AccountKey, CaseId, Instant } from '../../protocol';
import type { Now } from '../../cloudfunctions/_core/ambient-ports';
import type { ForgetCases } from '../../cloudfunctions/_core/card/erasure';
import { isUndecided, type Case } from '../../cloudfunctions/_core/enrolment/case';
import type {
  CreateCase,
  ListEndedAppeals,
  ListUnsettledCases,
  LoadCase,
  ReplaceCase,
} from '../../cloudfunctions/_core/enrolment/case-ports';
import { isUnsettled } from '../../cloudfunctions/_core/enrolment/settle-case';
import type { LoadTimedOutCases } from '../../cloudfunctions/_core/jobs/expire-cases';
import { deepFreeze } from './freeze';

/** Cases in memory: each call is one atomic step, and every state that was ever written stays readable. */
export interface CaseStore {
  readonly ports: {
    readonly createCase: CreateCase;
    readonly loadCase: LoadCase;
    readonly replaceCase: ReplaceCase;
    readonly listEndedAppeals: ListEndedAppeals;
    readonly listUnsettledCases: ListUnsettledCases;
    readonly loadTimedOutCases: LoadTimedOutCases;
    readonly forgetCases: ForgetCases;
  };
  /** Every state that was written, in the order of writing. */
  readonly written: readonly Case[];
  /** The present states. */
  readonly all: () => readonly Case[];
  readonly present: (id: string) => Case;
}

export const createCaseStore = (now: Now): CaseStore => {
  const cases = new Map<CaseId, Case>();
  const writtenAt = new Map<CaseId, Instant>();
  const written: Case[] = [];
  const write = (next: Case): void => {
    cases.set(next.id, deepFreeze(next));
    writtenAt.set(next.id, now());
    written.push(next);
  };
  const ofAccount = (account: AccountKey): Case[] => [...cases.values()].filter((found) => found.account === account);
  const lastWritten = ({ id }: Case): number => writtenAt.get(id) ?? 0;
  return {
    ports: {
      listEndedAppeals: (by, limit) =>
        Promise.resolve(
          [...cases.values()]
            .flatMap((found) => (found.state === 'appealable' && found.expiresAt <= by ? [found] : []))
            .sort((one, other) => one.expiresAt - other.expiresAt)
            .slice(0, limit),
        ),
      listUnsettledCases: (since, limit) =>
        Promise.resolve(
          [...cases.values()]
            .filter((found) => isUnsettled(found) && lastWritten(found) <= since)
            .sort((one, other) => lastWritten(one) - lastWritten(other))
            .slice(0, limit),
        ),
      loadTimedOutCases: (before, limit, skipped) =>
        Promise.resolve(
          [...cases.values()]
            .filter((found) => isUndecided(found) && found.expiresAt <= before)
            .sort((one, other) => one.expiresAt - other.expiresAt)
            .slice(skipped, skipped + limit),
        ),
      createCase: (created) => {
        if (cases.has(created.id)) return Promise.reject(new Error('that case exists'));
        write(created);
        return Promise.resolve();
      },
      loadCase: (id, account) => {
        const found = cases.get(id);
        return Promise.resolve(found?.account === account ? found : null);
      },
      replaceCase: (prior, next) => {
        const found = cases.get(prior.id);
        const isPrior = found?.state === prior.state && found.revision === prior.revision;
        if (isPrior) write(next);
        return Promise.resolve(isPrior);
      },
      forgetCases: (account) => {
        const over = ofAccount(account).filter(({ state }) => ['minted', 'refused', 'expired'].includes(state));
        const left = over.filter(isUnsettled);
        for (const { id } of over.filter((found) => !left.includes(found))) cases.delete(id);
        return Promise.resolve(left.length === 0);
      },
    },
    written,
    all: () => [...cases.values()],
    present: (id) => {
      const found = [...cases.values()].find((one) => one.id === id);
      if (!found) throw new Error('no such case');
      return found;
    },
  };
};
