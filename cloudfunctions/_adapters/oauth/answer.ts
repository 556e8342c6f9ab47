import type { OutgoingHttpHeaders } from 'node:http';
import { inject } from 'light-my-request';
import type { HttpReply, HttpRequest } from '../runtime/http-event';
import type { Provider } from './library';

/** What the provider reads of a request. Host, scheme and length are not the caller's to say. */
const takenHeaders = ['accept', 'authorization', 'content-type', 'dpop'];

/** A cookie would be a browser's, and no browser comes here; length and connection are the gateway's. */
const untold = ['set-cookie', 'content-length', 'connection'];

const headersOf = (given: OutgoingHttpHeaders): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value === undefined || untold.includes(name) ? [] : [[name, [value].flat().join(', ')] as const],
    ),
  );

/**
 * Has the provider answer a request as a server at the public address would, whatever host the event names: by it the provider tells
 * whether a proof was made for it.
 */
export const answerBy = async (provider: Provider, request: HttpRequest): Promise<HttpReply> => {
  const { host, protocol } = new URL(provider.issuer);
  const taken = takenHeaders.flatMap((name) => {
    const value = request.headers.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const handle = provider.callback();
  const response = await inject((incoming, outgoing) => void handle(incoming, outgoing), {
    method: request.method,
    url: { pathname: request.path, query: Object.fromEntries(request.query) },
    headers: { ...Object.fromEntries(taken), host, 'x-forwarded-proto': protocol.slice(0, -1) },
    ...(request.body === '' ? {} : { payload: request.body }),
  });
  return { statusCode: response.statusCode, headers: headersOf(response.headers), body: response.body };
};
