// A process of its own that calls a function many times at one moment, as one of many phones would.
import { createClient } from './client';
import type { CallsAtOnce } from './processes';

process.on('message', (order: CallsAtOnce | 'go') => {
  if (order === 'go') return;
  const { url, openId, name, events } = order;
  const client = createClient(url, openId);
  process.once('message', () => {
    void Promise.all(events.map((event) => client.ask(name, event))).then((replies) => process.send?.({ replies }));
  });
  // One call ahead, refused for its action, so that connections and instances are awake.
  void client.ask(name, { action: 'none' }).then(() => process.send?.('ready'));
});
