import type { KeyRange } from './bounds';
import { ABOVE, keyBytes } from './key-encoding';
import type { Sqlite } from './sqlite';
import { select } from './sqlite';

/** A document as it is stored. */
export interface Stored {
  readonly seq: number;
  readonly body: string;
}

/** Reads one kind of index: that of `_id`s by a collection's name, or declared ones by their ids. */
export interface Entries {
  /** The documents of a range in the order of their keys, and by insertion where those are the same; read page by page. */
  documents(scope: string | number, range: KeyRange, direction: 1 | -1, expected: number): Generator<Stored>;
  /** The rows of a range in no particular order, each as often as it has keys there; many at a time. */
  rows(scope: string | number, range: KeyRange): Generator<readonly number[]>;
  /** The documents of one key, by insertion. */
  under(scope: string | number, key: string): Stored[];
  /** Whether another row than `seq` has a key. */
  isTaken(scope: string | number, key: string, seq: number): boolean;
}

interface Keyed extends Stored {
  readonly key: ArrayBuffer;
}

/** How many rows are read at a time. */
export const PAGE = 500;

/** How many row numbers are read at a time. */
export const MANY = 2000;

const TABLES = {
  document: { scope: 'collection', key: 'id' },
  index_entry: { scope: 'index_id', key: 'key' },
} as const;

/** Prepares the reading of keys from a table. */
export function openEntries(sqlite: Sqlite, table: keyof typeof TABLES): Entries {
  const columns = TABLES[table];
  const [scoped, key] = [`${table} WHERE ${columns.scope} = ?`, columns.key];
  // The limit applies before the documents are fetched, so that no more of them are read or sorted than a page holds.
  const page = (condition: string, direction: 'ASC' | 'DESC') =>
    select<Keyed>(
      sqlite,
      `SELECT entry.key, document.seq, document.body FROM
         (SELECT ${key} AS key, seq FROM ${scoped} AND ${condition} ORDER BY ${key} ${direction}, seq LIMIT ?) entry
         CROSS JOIN document ON document.seq = entry.seq ORDER BY entry.key ${direction}, entry.seq`,
    );
  const upwards = page(`(${key}, seq) > (?, ?) AND ${key} < ?`, 'ASC');
  const downwards = page(`${key} >= ? AND ${key} < ?`, 'DESC');
  const same = page(`${key} = ? AND seq > ?`, 'ASC');
  // A page of row numbers is one value: a row of the answer for each of them takes ten times as long.
  const numbers = select<{ seqs: string; key: ArrayBuffer | null }>(
    sqlite,
    `SELECT json_group_array(seq ORDER BY key, seq) AS seqs, max(key) AS key FROM
       (SELECT ${key} AS key, seq FROM ${scoped} AND (${key}, seq) > (?, ?) AND ${key} < ? ORDER BY ${key}, seq LIMIT ?)`,
  );
  const holder = select<{ seq: number }>(sqlite, `SELECT seq FROM ${scoped} AND ${key} = ? AND seq <> ? LIMIT 1`);

  function* ascending(scope: string | number, range: KeyRange, expected: number): Generator<Stored> {
    const to = keyBytes(range.to);
    let [from, seq, size] = [keyBytes(range.from), 0, pageOf(expected)];
    for (;;) {
      const rows = upwards.all(scope, from, seq, to, size);
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < size) return;
      [from, seq, size] = [Buffer.from(last.key), last.seq, PAGE];
    }
  }

  /** SQLite sorts what has the same key, so what is left of a key after a page is read by itself. */
  function* descending(scope: string | number, range: KeyRange, expected: number): Generator<Stored> {
    const from = keyBytes(range.from);
    let [to, size] = [keyBytes(range.to), pageOf(expected)];
    for (;;) {
      const rows = downwards.all(scope, from, to, size);
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < size) return;
      [to, size] = [Buffer.from(last.key), PAGE];
      for (let { seq } = last, more = true; more;) {
        const rest = same.all(scope, to, seq, size);
        yield* rest;
        seq = rest.at(-1)?.seq ?? seq;
        more = rest.length === size;
      }
    }
  }

  return {
    documents: (scope, range, direction, expected) =>
      direction === 1 ? ascending(scope, range, expected) : descending(scope, range, expected),
    *rows(scope, range) {
      const to = keyBytes(range.to);
      let [from, seq] = [keyBytes(range.from), 0];
      for (;;) {
        const page = numbers.first(scope, from, seq, to, MANY);
        // SQLite made it of whole numbers just above.
        const seqs = JSON.parse(page?.seqs ?? '[]') as number[];
        yield seqs;
        const last = seqs.at(-1);
        if (last === undefined || seqs.length < MANY || !page?.key) return;
        [from, seq] = [Buffer.from(page.key), last];
      }
    },
    under: (scope, at) => [...ascending(scope, { from: at, to: at + ABOVE }, 1)],
    isTaken: (scope, at, seq) => holder.first(scope, keyBytes(at), seq) !== undefined,
  };
}

/** The first page holds what is expected and one more, which tells whether that was all. */
function pageOf(expected: number): number {
  return Math.min(expected + 1, PAGE);
}
