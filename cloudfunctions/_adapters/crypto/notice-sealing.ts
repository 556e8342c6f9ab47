import type { OpenNotice, SealNotice, Told } from '../../_core/notices/notice';
import type { Sealing } from './sealing';

const contextOf = (id: string): string => `notice ${id}`;

/** Seals notices, each under a key of its own: with the notice, its key is gone. */
export const createNoticeSealing = (
  sealing: Sealing,
): { readonly sealNotice: SealNotice; readonly openNotice: OpenNotice } => ({
  sealNotice: (id, told) => {
    const dataKey = sealing.newDataKey();
    return { dataKey, sealed: sealing.seal(dataKey, contextOf(id), Buffer.from(JSON.stringify(told))) };
  },
  // Only `sealNotice` makes what opens.
  openNotice: ({ id, dataKey, sealed }) => JSON.parse(sealing.open(dataKey, contextOf(id), sealed).toString()) as Told,
});
