import { isJsonObject, type JsonObject, type JsonValue } from '../credential/json';
import { tokenStatusList } from '../spec/status-list';

/** Where the status of a credential is told: an entry of a published list. */
export interface StatusReference {
  /** The address of the list, and its name. */
  readonly uri: string;
  readonly index: number;
}

const { statusList } = tokenStatusList;

const isIndex = (value: JsonValue | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** The claim `status` of a credential (draft-ietf-oauth-status-list, section 6.2). @throws RangeError where the index is none */
export const statusClaim = ({ uri, index }: StatusReference): JsonObject => {
  if (!isIndex(index) || uri === '') throw new RangeError('no entry of a status list');
  return { [statusList]: { idx: index, uri } };
};

/**
 * Reads the claim `status`.
 * @returns null where it is not exactly a reference to one entry of one list: a second mechanism beside it could say otherwise
 */
export const readStatusClaim = (claim: JsonValue | undefined): StatusReference | null => {
  if (!isJsonObject(claim) || Object.keys(claim).length !== 1) return null;
  const reference = claim[statusList];
  if (!isJsonObject(reference) || Object.keys(reference).length !== 2) return null;
  const { idx, uri } = reference;
  return isIndex(idx) && typeof uri === 'string' && uri !== '' ? { uri, index: idx } : null;
};
