import { make, table, timeOf } from './elements';
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

const SHOWN = 200;

const outcomeOf = (outcome: string): HTMLElement => {
  const made = make('span', outcome);
  if (outcome !== 'OK') made.className = 'bad';
  return made;
};

/** The last calls, the newest first. */
export const callsView = (): View => {
  const list = make('div');
  let calls: readonly Call[] = [];
  let since = 0;
  return {
    title: 'Calls',
    element: make('section', make('h2', 'Calls'), list),
    isLive: true,
    refresh: async () => {
      const heard = await read<{ readonly next: number; readonly calls: readonly Call[] }>('calls', {
        since: String(since),
      });
      if (heard.calls.length === 0 && since > 0) return;
      since = heard.next;
      calls = [...heard.calls].reverse().concat(calls).slice(0, SHOWN);
      const rows = calls.map((call) => [
        String(call.number),
        timeOf(call.at),
        call.kind,
        call.name,
        outcomeOf(call.outcome),
        call.durationMs.toFixed(1),
        { code: call.arguments },
      ]);
      const heads = ['No.', 'Time', 'Kind', 'Name', 'Outcome', 'ms', 'Arguments'];
      list.replaceChildren(table(`The last ${String(calls.length)} calls`, heads, rows));
    },
  };
};
