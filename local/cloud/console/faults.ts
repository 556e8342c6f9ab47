import { button, choice, form, input, labelled, make, row, table } from './elements';
import { change, read } from './server';
import type { Run, View } from './view';

interface Faults {
  readonly faults: readonly {
    readonly action: string;
    readonly fault: string;
    readonly times: number;
    readonly latencyMs?: number;
  }[];
  readonly kinds: readonly string[];
  readonly actions: readonly string[];
}

/** The faults that wait for their actions, and a form for one more. */
export const faultsView = (run: Run): View => {
  const [action, fault] = [choice([]), choice([])];
  const times = input('number', '1');
  const latency = input('number', '1000');
  const list = make('div');
  const show = ({ faults, kinds, actions }: Faults): void => {
    for (const [select, values] of [
      [action, actions],
      [fault, kinds],
    ] as const) {
      if (select.options.length === 0) select.append(...values.map((value) => make('option', value)));
    }
    const rows = faults.map((one) => [
      one.action,
      one.fault,
      String(one.times),
      one.latencyMs === undefined ? '' : String(one.latencyMs),
    ]);
    list.replaceChildren(table('Faults that wait', ['Action', 'Fault', 'Times', 'ms'], rows));
  };
  const add = (): void =>
    run(async () => {
      const latencyMs = fault.value === 'latency' ? { latencyMs: Number(latency.value) } : {};
      const asked = { action: action.value, fault: fault.value, times: Number(times.value), ...latencyMs };
      show(await change<Faults>('POST', 'faults', asked));
    });
  const clear = (): void => run(async () => show(await change<Faults>('DELETE', 'faults')));
  return {
    title: 'Faults',
    element: make(
      'section',
      make('h2', 'Faults'),
      form(
        'Add',
        add,
        labelled('Action', action),
        labelled('Fault', fault),
        labelled('Times', times),
        labelled('Latency in milliseconds', latency),
      ),
      list,
      row(button('Clear all', clear)),
    ),
    isLive: true,
    refresh: async () => show(await read<Faults>('faults')),
  };
};
