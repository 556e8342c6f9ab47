import type { Resources } from '../../../cloudfunctions/resources';
import type { DocumentDatabase } from '../database/actions';
import type { Json, JsonObject } from '../database/ejson';
import { isJsonObject, parseJson } from '../database/ejson';
import { numberOf } from './request';

const PAGE = 20;
const MAX_PAGE = 100;

/** The declared collections with their indexes, and what they hold. */
export function collectionList({ collections }: Resources, database: DocumentDatabase) {
  const [counts, scans] = [database.counts(), database.scans()];
  return collections.map(({ name, indexes, clientAccess }) => ({
    name,
    clientAccess,
    count: counts[name] ?? 0,
    scans: scans[name] ?? 0,
    indexes,
  }));
}

/**
 * A page of a collection, as Extended JSON: by `_id` where there is no query, else as they were inserted. It asks as the SDK asks, so a
 * query that no index serves counts as a scan here, too.
 *
 * @throws CloudError for a collection or a query that the SDK would be refused
 */
export async function documentPage(url: URL, { actions }: DocumentDatabase): Promise<Json> {
  const collectionName = url.searchParams.get('collection') ?? '';
  const query = url.searchParams.get('query') ?? '';
  const offset = numberOf(url, 'offset');
  const limit = Math.max(1, numberOf(url, 'limit', PAGE, MAX_PAGE));
  const asked = parseJson(query === '' ? '{}' : query, 'query');
  const isAll = isJsonObject(asked) && Object.keys(asked).length === 0;
  const body = { collectionName, query: JSON.stringify(asked) };
  const found = await actions['database.getDocument']?.({
    ...body,
    offset,
    limit,
    ...(isAll && { order: '{"_id":1}' }),
  });
  const counted = await actions['database.calculateDocument']?.(body);
  const list = dataOf(found)['list'];
  const documents = Array.isArray(list)
    ? list.flatMap((item) => (typeof item === 'string' ? [parseJson(item, 'a document')] : []))
    : [];
  return { total: dataOf(counted)['total'] ?? 0, offset, limit, documents };
}

function dataOf(answer: JsonObject | undefined): JsonObject {
  const data = answer?.['data'];
  return isJsonObject(data) ? data : {};
}
