import { purposeIds, type PurposeId } from '../../../protocol';
import type { LoadUsedQuotas } from '../../_core/institutions/counter';
import { now } from '../runtime/ambient';
import { database, only } from './app';

/** Until when the day's quota of a purpose is used, as it lies in a partner's document in `partners`. */
interface ThrottledDocument {
  readonly throttled?: Readonly<Partial<Record<PurposeId, number>>>;
}

/** The purposes whose quota a partner has used up, by the partner's own document: what its servers check has no staff's record. */
export const loadUsedQuotas: LoadUsedQuotas = async (partner) => {
  const found = database.collection('partners').where({ _id: partner }).field({ throttled: true }).limit(1);
  // Written by `throttle` alone.
  const { throttled = {} } = (only(await found.get()) ?? {}) as ThrottledDocument;
  const at = now();
  return purposeIds.filter((purpose) => (throttled[purpose] ?? 0) > at);
};
