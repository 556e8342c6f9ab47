import { make, table, timeOf } from './elements';
import { read } from './server';
import type { View } from './view';

interface Line {
  readonly at: number;
  readonly function: string;
  readonly requestId: string;
  readonly stream: string;
  readonly line: string;
}

const SHOWN = 500;

/** What functions wrote, the newest first. */
export const logsView = (): View => {
  const list = make('div');
  let lines: readonly Line[] = [];
  let since = 0;
  return {
    title: 'Logs',
    element: make('section', make('h2', 'Function logs'), list),
    isLive: true,
    refresh: async () => {
      const heard = await read<{ readonly next: number; readonly lines: readonly Line[] }>('logs', {
        since: String(since),
      });
      if (heard.lines.length === 0 && since > 0) return;
      since = heard.next;
      lines = [...heard.lines].reverse().concat(lines).slice(0, SHOWN);
      const rows = lines.map((one) => [
        timeOf(one.at),
        one.function,
        one.requestId.slice(0, 8),
        one.stream,
        { code: one.line },
      ]);
      const heads = ['Time', 'Function', 'Request', 'Stream', 'Line'];
      list.replaceChildren(table(`The last ${String(lines.length)} lines`, heads, rows));
    },
  };
};
