import type { Order } from './find';
import { keyTuples, MISSING } from './index-keys';
import type { Row } from './value';

/** A row with the keys that its place in an order depends on. */
interface Placed {
  readonly row: Row;
  readonly keys: readonly string[];
}

/**
 * The first `count` rows in an order, of which no more than twice as many are held at a time. An array stands by its least element where
 * the order ascends and by its greatest where it descends; rows that it does not tell apart are in the order of their insertion.
 *
 * @throws CloudError when fields of the order lie in different arrays, as MongoDB does
 */
export function leading(rows: Iterable<Row>, order: Order, count: number): Row[] {
  const [paths, directions] = [Object.keys(order), Object.values(order)];

  const compareKeys = (a: readonly string[], b: readonly string[]): number => {
    for (const [at, direction] of directions.entries()) {
      const [left, right] = [a[at] ?? '', b[at] ?? ''];
      if (left !== right) return left < right ? -direction : direction;
    }
    return 0;
  };
  const compare = (a: Placed, b: Placed): number => compareKeys(a.keys, b.keys) || a.row.seq - b.row.seq;

  const placed = (row: Row): Placed => {
    const tuples = keyTuples(paths, row.document, 'cannot sort with keys that are parallel arrays');
    const [first = [], ...others] = tuples.map((tuple) => tuple.map((key) => key ?? MISSING));
    return { row, keys: others.reduce((best, keys) => (compareKeys(keys, best) < 0 ? keys : best), first) };
  };

  let best: Placed[] = [];
  let last: Placed | undefined;
  for (const row of rows) {
    const one = placed(row);
    if (last !== undefined && compare(one, last) > 0) continue;
    best.push(one);
    if (best.length < 2 * count) continue;
    best = best.sort(compare).slice(0, count);
    last = best.at(-1);
  }
  return best
    .sort(compare)
    .slice(0, count)
    .map(({ row }) => row);
}
