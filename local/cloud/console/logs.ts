import { timeOf } from './elements';
import { feedView } from './feed';
import { read } from './server';
import type { View } from './view';

interface Line {
  readonly at: number;
  readonly function: string;
  readonly requestId: string;
  readonly stream: string;
  readonly line: string;
}

/** What functions wrote. */
export const logsView = (): View =>
  feedView<Line>({
    title: 'Logs',
    heading: 'Function logs',
    items: 'lines',
    shown: 500,
    heads: ['Time', 'Function', 'Request', 'Stream', 'Line'],
    cells: (one) => [timeOf(one.at), one.function, one.requestId.slice(0, 8), one.stream, { code: one.line }],
    ask: async (since) => {
      const { next, lines } = await read<{ readonly next: number; readonly lines: readonly Line[] }>('logs', { since });
      return { next, fresh: lines };
    },
  });
