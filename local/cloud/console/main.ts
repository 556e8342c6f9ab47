import { callsView } from './calls';
import { documentsView } from './documents';
import { button } from './elements';
import { environmentView } from './environment';
import { faultsView } from './faults';
import { filesView } from './files';
import { logsView } from './logs';
import { read } from './server';
import type { Run, View } from './view';

const LIVE_MS = 2000;

const place = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
};

const [status, nav, main] = [place('status'), place('views'), place('view')];
const say = (text: string): void => {
  status.textContent = text;
};
const run: Run = (work) => {
  say('');
  work().catch((error: unknown) => say(error instanceof Error ? error.message : String(error)));
};

const views: readonly View[] = [
  documentsView(run),
  callsView(),
  logsView(),
  filesView(run),
  faultsView(run),
  environmentView(run, say),
];
let current: View | undefined;

const tabs = views.map((view) => ({ view, tab: button(view.title, () => show(view)) }));
const show = (view: View): void => {
  current = view;
  for (const one of tabs) {
    if (one.view === view) one.tab.setAttribute('aria-current', 'page');
    else one.tab.removeAttribute('aria-current');
  }
  main.replaceChildren(view.element);
  run(view.refresh);
};

nav.append(
  ...tabs.map(({ tab }) => tab),
  button('Refresh', () => {
    if (current) run(current.refresh);
  }),
);
setInterval(() => {
  // What goes wrong here goes wrong again at the next refresh by hand, where it is said.
  if (current?.isLive && document.visibilityState === 'visible') current.refresh().catch(() => undefined);
}, LIVE_MS);

run(async () => {
  const { envId } = await read<{ readonly envId: string }>('state');
  place('environment').textContent = envId;
});
if (views[0]) show(views[0]);
