import type { Order } from './order-by';
import { orderingOf } from './order-by';
import type { Row } from './value';

/** A row with its place in an order. */
interface Placed {
  readonly row: Row;
  readonly place: readonly string[];
}

/** Rows that are looked at one after the other, of which some are kept. */
export interface Gathered {
  /** Looks at a row, and tells whether it needs to see more. */
  readonly take: (row: Row) => boolean;
  /** What is kept of all that were looked at. */
  readonly rows: () => Row[];
}

/** The first `count` rows in an order; see `gatherLeading`. */
export function leading(rows: Iterable<Row>, order: Order, count: number): Row[] {
  const gathered = gatherLeading(order, count);
  for (const row of rows) gathered.take(row);
  return gathered.rows();
}

/**
 * Keeps the first `count` rows in an order, of which no more than twice as many are held at a time. Rows that it does not tell apart are
 * in the order of their insertion.
 *
 * @throws CloudError when fields of the order lie in different arrays, as MongoDB does
 */
export function gatherLeading(order: Order, count: number): Gathered {
  const ordering = orderingOf(order);
  const compare = (a: Placed, b: Placed): number => ordering.compare(a.place, b.place) || a.row.seq - b.row.seq;

  let best: Placed[] = [];
  let last: Placed | undefined;
  return {
    take(row) {
      const one = { row, place: ordering.placeOf(row.document) };
      if (last !== undefined && compare(one, last) > 0) return true;
      best.push(one);
      if (best.length < 2 * count) return true;
      best = best.sort(compare).slice(0, count);
      last = best.at(-1);
      return true;
    },
    rows: () =>
      best
        .sort(compare)
        .slice(0, count)
        .map(({ row }) => row),
  };
}

/** Keeps the first `count` rows, which come in the order that is wanted. */
export function gatherFirst(count: number): Gathered {
  const found: Row[] = [];
  return {
    take(row) {
      found.push(row);
      return found.length < count;
    },
    rows: () => found,
  };
}
