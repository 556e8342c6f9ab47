import { instant, type Instant } from '../../../protocol';
import type { Now } from '../ambient-ports';
import { FETCH_MS } from '../asks/read-ask';

/** Destroys what asks released that were over before then. @returns how many there were */
export type EraseReleases = (before: Instant) => Promise<number>;

/** Destroys what holders released and no institution has fetched in time. @returns how many there were */
export const eraseReleases = (ports: { readonly now: Now; readonly eraseReleases: EraseReleases }): Promise<number> =>
  ports.eraseReleases(instant(ports.now() - FETCH_MS));
