import type { ServerResponse } from 'node:http';

/** What the page of the phones is told while it is open. */
export type Told =
  | { readonly kind: 'reload' }
  | { readonly kind: 'faults'; readonly faults: readonly string[] }
  | { readonly kind: 'log'; readonly line: unknown };

/** Server-sent events to every page that listens. */
export const createLive = () => {
  const listening = new Set<ServerResponse>();
  return {
    join: (response: ServerResponse): void => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write('retry: 1000\n\n');
      listening.add(response);
      response.on('close', () => listening.delete(response));
    },
    tell: (told: Told): void => {
      for (const response of listening) response.write(`data: ${JSON.stringify(told)}\n\n`);
    },
    close: (): void => {
      for (const response of listening) response.end();
    },
  };
};
