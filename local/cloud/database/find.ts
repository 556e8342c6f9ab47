import { CloudError, unsupported } from '../cloud-error';
import type { Json } from './ejson';
import { checkFieldName, decodeValue, isJsonObject } from './ejson';
import type { Order } from './order-by';
import { compareByOrder } from './order-by';
import type { Projection } from './projection';
import type { Document, Fields } from './value';

/** Checks a sort order. */
export function decodeOrder(json: Json): Order {
  return decodeFlags(json, 'order', (flag): flag is 1 | -1 => flag === 1 || flag === -1);
}

/** Sorts, cuts and projects what a query found. */
export function arrange(
  documents: readonly Document[],
  options: { order?: Order | undefined; offset: number; limit: number; projection?: Projection | undefined },
): Fields[] {
  const { order, offset, limit, projection } = options;
  const sorted = order === undefined ? documents : [...documents].sort(compareByOrder(order));
  const cut = sorted.slice(offset, offset + limit);
  return projection === undefined ? cut : cut.map(projection);
}

function decodeFlags<Flag extends number>(
  json: Json,
  what: string,
  is: (flag: number) => flag is Flag,
): Record<string, Flag> {
  if (!isJsonObject(json)) throw new CloudError('INVALID_PARAM', `${what} must be an object`);
  const flags: Record<string, Flag> = {};
  for (const [path, inner] of Object.entries(json)) {
    checkFieldName(path);
    const operator = isJsonObject(inner) ? Object.keys(inner).find(isOperator) : undefined;
    if (operator !== undefined) throw unsupported(`the operator ${operator} in a ${what}`);
    const flag = decodeValue(inner, 0);
    if (typeof flag !== 'number' || !is(flag)) throw new CloudError('INVALID_PARAM', `malformed ${what}`);
    flags[path] = flag;
  }
  return flags;
}

function isOperator(key: string): boolean {
  return key.startsWith('$') && !key.startsWith('$number');
}
