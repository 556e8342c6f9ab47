import type { Log } from '../../_core/ambient-ports';

/** One JSON line an entry, for the platform's log service. */
// eslint-disable-next-line no-console -- the platform collects what a function prints
export const log: Log = (entry) => console.log(JSON.stringify(entry));
