import { unsupported } from '../cloud-error';
import { checkFieldName, isJsonObject, typeKey, type JsonObject } from './ejson';
import { decodeExpression } from './expression';

/** What may gather the values of a group. */
const ACCUMULATORS: ReadonlySet<string> = new Set(
  'addToSet avg first last max mergeObjects min push stdDevPop stdDevSamp sum'.split(' ').map((name) => `$${name}`),
);

/**
 * Fields of a group, each gathered by one accumulator. The library underneath takes other expressions, too, and gives a list of their
 * values, which MongoDB never does.
 *
 * @param now what a server date stands for, in milliseconds since 1970
 * @throws CloudError that names what is not supported
 */
export function decodeAccumulators(json: JsonObject, now: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(json).map(([name, inner]) => {
      checkFieldName(name);
      if (name.includes('.')) throw unsupported('a dot inside the name of a group’s field');
      const key = isJsonObject(inner) ? typeKey(inner) : undefined;
      // A plain value has a key of this look, too: {"$numberInt":"1"}.
      if (key === undefined || key.startsWith('$number') || key === '$date') {
        throw unsupported('a group’s field without one accumulator');
      }
      if (!ACCUMULATORS.has(key)) throw unsupported(`the accumulator ${key.slice(0, 40)}`);
      return [name, decodeExpression(inner, now)];
    }),
  );
}
