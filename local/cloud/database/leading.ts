import type { Order } from './order-by';
import { orderingOf } from './order-by';
import type { Row } from './value';

/** A row with its place in an order. */
interface Placed {
  readonly row: Row;
  readonly place: readonly string[];
}

/**
 * The first `count` rows in an order, of which no more than twice as many are held at a time. Rows that it does not tell apart are in
 * the order of their insertion.
 *
 * @throws CloudError when fields of the order lie in different arrays, as MongoDB does
 */
export function leading(rows: Iterable<Row>, order: Order, count: number): Row[] {
  const ordering = orderingOf(order);
  const compare = (a: Placed, b: Placed): number => ordering.compare(a.place, b.place) || a.row.seq - b.row.seq;

  let best: Placed[] = [];
  let last: Placed | undefined;
  for (const row of rows) {
    const one = { row, place: ordering.placeOf(row.document) };
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
