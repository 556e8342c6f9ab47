import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { inject } from 'light-my-request';
import type { HttpReply, HttpRequest } from '../runtime/http-event';
import { RETRY_SECONDS } from '../runtime/problem';
import { returnOf } from './authorizations';
import type { BrowserTickets } from './browser-tickets';
import type { Provider } from './library';
import { ASK_PATH, AUTHORIZE_PATH, basePathOf, uidBelow } from './paths';

/** What the provider reads of a request. Host, scheme and length are not the caller's to say. */
const takenHeaders = ['accept', 'authorization', 'content-type', 'dpop'];

/** The library's cookies are replaced by tickets; length and connection are the gateway's. */
const untold = ['set-cookie', 'content-length', 'connection'];

const headersOf = (given: OutgoingHttpHeaders): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value === undefined || untold.includes(name) ? [] : [[name, [value].flat().join(', ')] as const],
    ),
  );

/** The ticket that a browser is given with an answer, or gives back with it. */
const ticketOf = (
  tickets: BrowserTickets,
  { begun, ended }: { readonly begun: string | null; readonly ended: string | null },
): Readonly<Record<string, string>> => {
  if (begun !== null) return { 'set-cookie': tickets.giveTo(begun) };
  return ended === null ? {} : { 'set-cookie': tickets.takeBack(ended) };
};

/**
 * What answers a browser that has come back, in the place of the provider: that would end an authorization which nobody has answered yet, and
 * look at no address a second time.
 */
const answerReturn = async (provider: Provider, tickets: BrowserTickets, uid: string): Promise<HttpReply | null> => {
  const common = { 'cache-control': 'no-store' };
  switch (await returnOf(provider, uid)) {
    case 'due':
      return null;
    case 'early':
      return {
        statusCode: 303,
        headers: { ...common, location: `${basePathOf(provider.issuer)}${ASK_PATH}/${uid}` },
        body: '',
      };
    case 'over':
      return {
        statusCode: 404,
        headers: { ...common, 'content-type': 'application/json; charset=utf-8', 'set-cookie': tickets.takeBack(uid) },
        body: JSON.stringify({ error: 'invalid_request', error_description: 'the authorization is over' }),
      };
  }
};

/**
 * Has the provider answer a request as a server at the public address would, whatever host the event names: by it the provider tells
 * whether a proof was made for it. Of a browser's cookies it sees one, made of the ticket to the authorization that the address names.
 * @param request with its path below the issuer's own
 */
export const answerBy = async (
  provider: Provider,
  tickets: BrowserTickets,
  request: HttpRequest,
): Promise<HttpReply> => {
  const { host, protocol } = new URL(provider.issuer);
  const taken = takenHeaders.flatMap((name) => {
    const value = request.headers.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const named = uidBelow(AUTHORIZE_PATH, request.path);
  const ended = named !== null && tickets.isHeldBy(request, named) ? named : null;
  const instead = ended === null ? null : await answerReturn(provider, tickets, ended);
  if (instead) return instead;
  const cookie = ended === null ? {} : { cookie: `${provider.cookieName('resume')}=${ended}` };
  const handle = provider.callback();
  const base = basePathOf(provider.issuer);
  const mounted = (incoming: IncomingMessage): IncomingMessage =>
    // By that name the library finds where it is mounted, as behind a router.
    Object.assign(incoming, base !== '' && { originalUrl: `${base}${incoming.url ?? ''}` });
  const response = await inject((incoming, outgoing) => void handle(mounted(incoming), outgoing), {
    method: request.method,
    url: { pathname: request.path, query: Object.fromEntries(request.query) },
    headers: { ...Object.fromEntries(taken), ...cookie, host, 'x-forwarded-proto': protocol.slice(0, -1) },
    ...(request.body === '' ? {} : { payload: request.body }),
  });
  const headers = headersOf(response.headers);
  const begun = uidBelow(`${base}${ASK_PATH}`, headers['location'] ?? '');
  const { statusCode } = response;
  return {
    statusCode,
    headers: {
      ...headers,
      ...(statusCode === 429 && { 'retry-after': RETRY_SECONDS }),
      ...ticketOf(tickets, { begun, ended }),
    },
    body: response.body,
  };
};
