import { button, form, input, labelled, make, row } from './elements';
import { change, read } from './server';
import type { Run, View } from './view';

interface Clock {
  readonly offsetMs: number;
  readonly now: string;
}

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

const offsetWords = (offsetMs: number): string =>
  offsetMs === 0
    ? 'as on this machine'
    : `${(Math.abs(offsetMs) / HOUR_MS).toFixed(2)} hours ${offsetMs > 0 ? 'ahead of' : 'behind'} this machine`;

/** The environment as a whole: its clock, and its data. */
export const environmentView = (run: Run, say: (text: string) => void): View => {
  const shown = make('p');
  const at = input('text');
  at.placeholder = '2030-01-31T12:00:00Z';
  let offsetMs = 0;
  const show = (clock: Clock): void => {
    ({ offsetMs } = clock);
    shown.textContent = `${clock.now}, ${offsetWords(offsetMs)}`;
  };
  const move = (body: object): void => run(async () => show(await change<Clock>('POST', 'clock', body)));
  const forward = (text: string, by: number): HTMLButtonElement =>
    button(text, () => move({ offsetMs: offsetMs + by }));
  const reset = (): void => {
    if (!confirm('Remove all documents, files and messages of this environment?')) return;
    run(async () => {
      await change('POST', 'reset');
      say('The environment is empty.');
    });
  };
  return {
    title: 'Clock and data',
    element: make(
      'section',
      make('h2', 'Clock'),
      shown,
      row(
        forward('1 hour on', HOUR_MS),
        forward('1 day on', DAY_MS),
        forward('30 days on', 30 * DAY_MS),
        button('As on this machine', () => move({ offsetMs: 0 })),
      ),
      form('Move', () => move({ at: at.value.trim() }), labelled('Time with its zone', at)),
      make('h2', 'Data'),
      row(Object.assign(make('a', 'Download a snapshot'), { href: 'export' }), button('Remove everything', reset)),
    ),
    isLive: true,
    refresh: async () => show(await read<Clock>('clock')),
  };
};
