import { make, timeOf } from './elements';
import { feedView } from './feed';
import { read } from './server';
import type { View } from './view';

interface Call {
  readonly number: number;
  readonly at: number;
  readonly kind: string;
  readonly name: string;
  readonly arguments: string;
  readonly durationMs: number;
  readonly outcome: string;
}

const outcomeOf = (outcome: string): HTMLElement => {
  const made = make('span', outcome);
  if (outcome !== 'OK') made.className = 'bad';
  return made;
};

/** The last calls. */
export const callsView = (): View =>
  feedView<Call>({
    title: 'Calls',
    heading: 'Calls',
    items: 'calls',
    shown: 200,
    heads: ['No.', 'Time', 'Kind', 'Name', 'Outcome', 'ms', 'Arguments'],
    cells: (call) => [
      String(call.number),
      timeOf(call.at),
      call.kind,
      { name: call.name },
      outcomeOf(call.outcome),
      call.durationMs.toFixed(1),
      { code: call.arguments },
    ],
    ask: async (since) => {
      const { next, calls } = await read<{ readonly next: number; readonly calls: readonly Call[] }>('calls', {
        since,
      });
      return { next, fresh: calls };
    },
  });
