import type { PassId } from '../../protocol';
import type {
  IssuedPass,
  KeepIssuedPasses,
  KeepUse,
  LoadIssuedPass,
  MarkUseTold,
  StoredUse,
} from '../../cloudfunctions/_core/pass/pass-ports';
import { deepFreeze } from './freeze';

export interface PassPorts {
  readonly keepIssuedPasses: KeepIssuedPasses;
  readonly loadIssuedPass: LoadIssuedPass;
  readonly keepUse: KeepUse;
  readonly markUseTold: MarkUseTold;
}

/** Passes and their uses in memory: each call is one atomic step. */
export const createPassStore = (): {
  readonly ports: PassPorts;
  readonly issued: () => readonly IssuedPass[];
  readonly uses: () => ReadonlyMap<string, StoredUse>;
  readonly forget: () => void;
} => {
  const issued = new Map<PassId, IssuedPass>();
  const uses = new Map<string, StoredUse>();
  return {
    issued: () => [...issued.values()],
    uses: () => uses,
    forget: () => issued.clear(),
    ports: {
      keepIssuedPasses: (passes) => {
        for (const pass of passes) issued.set(pass.id, deepFreeze(pass));
        return Promise.resolve();
      },
      loadIssuedPass: (id) => Promise.resolve(issued.get(id) ?? null),
      keepUse: (id, use) => {
        const found = uses.get(id);
        if (!found) uses.set(id, deepFreeze({ use, told: false }));
        return Promise.resolve({ ...(found ?? { use, told: false }), isNew: !found });
      },
      markUseTold: (id) => {
        const found = uses.get(id);
        if (found) uses.set(id, { ...found, told: true });
        return Promise.resolve();
      },
    },
  };
};
