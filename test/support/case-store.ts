import type { AccountKey, CaseId } from '../../protocol';
import type { ForgetCases } from '../../cloudfunctions/_core/card/erasure';
import type { Case } from '../../cloudfunctions/_core/enrolment/case';
import type { CountCases, CreateCase, LoadCase, ReplaceCase } from '../../cloudfunctions/_core/enrolment/case-ports';
import { deepFreeze } from './freeze';

/** Cases in memory: each call is one atomic step, and every state that was ever written stays readable. */
export interface CaseStore {
  readonly ports: {
    readonly createCase: CreateCase;
    readonly loadCase: LoadCase;
    readonly replaceCase: ReplaceCase;
    readonly countCases: CountCases;
    readonly forgetCases: ForgetCases;
  };
  /** Every state that was written, in the order of writing. */
  readonly written: readonly Case[];
  /** The present states. */
  readonly all: () => readonly Case[];
  readonly present: (id: string) => Case;
}

export const createCaseStore = (): CaseStore => {
  const cases = new Map<CaseId, Case>();
  const written: Case[] = [];
  const write = (next: Case): void => {
    cases.set(next.id, deepFreeze(next));
    written.push(next);
  };
  const ofAccount = (account: AccountKey): Case[] => [...cases.values()].filter((found) => found.account === account);
  return {
    ports: {
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
        for (const { id, state } of ofAccount(account)) {
          if (state === 'minted' || state === 'refused' || state === 'expired') cases.delete(id);
        }
        return Promise.resolve();
      },
      countCases: (account, since) =>
        Promise.resolve(ofAccount(account).filter((found) => found.createdAt >= since).length),
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
