import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { LocalCloud } from '../../../local/cloud';

/** The channel on which Node tells of every request that a server of this process takes. */
const CHANNEL = 'http.server.request.start';

/** Counts what the functions ask of database, storage and one another. */
export interface AdminCalls {
  /** How many calls there have been. */
  readonly count: () => number;
  readonly close: () => void;
}

/** Watches the one address of the cloud over which the SDK asks for anything. */
export const watchAdminCalls = ({ url }: LocalCloud): AdminCalls => {
  const { host } = new URL(url);
  let calls = 0;
  const onRequest = (message: unknown): void => {
    const { request } = message as { readonly request: IncomingMessage };
    const isAdmin = request.url?.startsWith('/admin') === true || request.url?.startsWith('/storage') === true;
    if (isAdmin && request.headers.host === host) calls += 1;
  };
  subscribe(CHANNEL, onRequest);
  return {
    count: () => calls,
    close: () => {
      unsubscribe(CHANNEL, onRequest);
    },
  };
};
