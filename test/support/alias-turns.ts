import type { AccountKey } from '../../protocol';
import type { AliasTurnPorts } from '../../cloudfunctions/_core/showing/alias-turn';

/** Terminals' turns at looking numbers up, in memory. */
export const createAliasTurns = (): Pick<AliasTurnPorts, 'takeAliasTurn' | 'returnAliasTurn'> => {
  const turns = new Map<AccountKey, { readonly minute: number; readonly count: number }>();
  return {
    takeAliasTurn: (key, minute, most) => {
      const before = turns.get(key);
      const begun = before && before.minute >= minute ? before : { minute, count: 0 };
      const isFree = begun.count < most;
      if (isFree) turns.set(key, { ...begun, count: begun.count + 1 });
      return Promise.resolve(isFree);
    },
    returnAliasTurn: (key, minute) => {
      const found = turns.get(key);
      if (found?.minute === minute && found.count > 0) turns.set(key, { minute, count: found.count - 1 });
      return Promise.resolve();
    },
  };
};
