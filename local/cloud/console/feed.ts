import { make, table, type Cell } from './elements';
import type { View } from './view';

/** How a view shows what the server keeps coming up with. */
interface Feed<Item> {
  readonly title: string;
  readonly heading: string;
  /** What they are called in the caption. */
  readonly items: string;
  readonly shown: number;
  readonly heads: readonly string[];
  readonly cells: (item: Item) => readonly Cell[];
  /** Asks for what is newer than that number; `next` is the number to ask from then on. */
  readonly ask: (since: string) => Promise<{ readonly next: number; readonly fresh: readonly Item[] }>;
}

/** A view of the newest things, the newest first; only what is new is asked for, and by one at a time. */
export const feedView = <Item>({ title, heading, items, shown, heads, cells, ask }: Feed<Item>): View => {
  const list = make('div');
  let kept: readonly Item[] = [];
  let since = 0;
  let asking: Promise<void> | undefined;
  const show = async (): Promise<void> => {
    let { next, fresh } = await ask(String(since));
    if (next < since) {
      // The server was started anew, and counts anew.
      [kept, since] = [[], 0];
      ({ next, fresh } = await ask('0'));
    }
    if (fresh.length === 0 && since > 0) return;
    since = next;
    kept = [...fresh].reverse().concat(kept).slice(0, shown);
    list.replaceChildren(table(`The last ${String(kept.length)} ${items}`, heads, kept.map(cells)));
  };
  return {
    title,
    element: make('section', make('h2', heading), list),
    isLive: true,
    refresh: () => {
      asking ??= show().finally(() => {
        asking = undefined;
      });
      return asking;
    },
  };
};
