import { Query } from 'mingo';
import { CloudError, unsupported } from '../cloud-error';
import type { Json } from './ejson';
import { checkFieldName, decodeValue, isJsonObject } from './ejson';
import type { Document, Fields } from './value';

/** Which fields to answer with: 1 or 0 by path. */
export type Projection = Readonly<Record<string, 0 | 1>>;

/** Sort keys in order, each 1 (ascending) or -1. */
export type Order = Readonly<Record<string, 1 | -1>>;

/** Checks a projection: field flags only, all of one kind save for `_id`. */
export function decodeProjection(json: Json): Projection {
  const flags = decodeFlags(json, 'projection', (flag): flag is 0 | 1 => flag === 0 || flag === 1);
  const kinds = new Set(Object.entries(flags).flatMap(([path, flag]) => (path === '_id' ? [] : [flag])));
  if (kinds.size > 1) throw new CloudError('INVALID_PARAM', 'a projection cannot both include and exclude fields');
  return flags;
}

/** Checks a sort order. */
export function decodeOrder(json: Json): Order {
  return decodeFlags(json, 'order', (flag): flag is 1 | -1 => flag === 1 || flag === -1);
}

/** Cuts and projects what a query found. */
export function arrange(
  documents: readonly Document[],
  options: { offset: number; limit: number; projection?: Projection | undefined },
): Fields[] {
  const everything = new Query({});
  const cursor = everything.find<Fields>([...documents], options.projection ?? {});
  return cursor.skip(options.offset).limit(options.limit).all();
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
