import type { OauthRecord, OauthRecords } from '../../../cloudfunctions/_adapters/cloudbase/oauth-records';

type Kept = OauthRecord & { consumedAt: number | null };

/** What the provider keeps, in memory: each call is one atomic step. */
export const createRecordStore = (): OauthRecords & { readonly kept: ReadonlyMap<string, Kept> } => {
  const kept = new Map<string, Kept>();
  const nameOf = ({ model, id }: Pick<OauthRecord, 'model' | 'id'>): string => JSON.stringify([model, id]);
  const asStored = (record: OauthRecord): Kept => ({
    ...record,
    payload: JSON.parse(JSON.stringify(record.payload)) as OauthRecord['payload'],
    consumedAt: null,
  });
  const foundOf = (found: Kept | undefined) =>
    found ? { payload: structuredClone(found.payload), consumedAt: found.consumedAt } : null;
  const removeIf = (isGone: (record: Kept) => boolean): number => {
    const gone = [...kept].filter(([, record]) => isGone(record));
    for (const [name] of gone) kept.delete(name);
    return gone.length;
  };
  return {
    kept,
    addRecord: (record) => {
      if (kept.has(nameOf(record))) return Promise.resolve(false);
      kept.set(nameOf(record), asStored(record));
      return Promise.resolve(true);
    },
    putRecord: (record) => {
      kept.set(nameOf(record), asStored(record));
      return Promise.resolve();
    },
    replaceUnusedRecord: (record) => {
      const isUnused = kept.get(nameOf(record))?.consumedAt === null;
      if (isUnused) kept.set(nameOf(record), asStored(record));
      return Promise.resolve(isUnused);
    },
    loadRecord: (model, id) => Promise.resolve(foundOf(kept.get(nameOf({ model, id })))),
    loadRecordByUid: (model, uid) =>
      Promise.resolve(foundOf([...kept.values()].find((one) => one.model === model && one.uid === uid))),
    consumeRecord: (model, id, at) => {
      const found = kept.get(nameOf({ model, id }));
      if (found?.consumedAt !== null) return Promise.resolve(false);
      found.consumedAt = at;
      return Promise.resolve(true);
    },
    removeRecord: (model, id) => Promise.resolve(kept.delete(nameOf({ model, id }))),
    removeGrant: (grantId) => {
      removeIf((record) => record.grantId === grantId);
      return Promise.resolve();
    },
    forgetOauthRecords: (before) => Promise.resolve(removeIf(({ expiresAt }) => expiresAt < before)),
  };
};
