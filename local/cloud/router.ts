import type { Resources } from '../../cloudfunctions/resources';
import type { AdminOptions } from './admin/handler';
import { handleAdmin } from './admin/handler';
import type { CallKind, CallLog } from './calls/call-log';
import type { Functions } from './functions/invoker';
import type { DocumentDatabase } from './database/actions';
import { CLIENT_DATA_PREFIX, handleClientData } from './gateway/client-data';
import { handleRoute, routeOf } from './gateway/http-route';
import { handleCall, handleMessages, handleSoterKey, handleSubscription, handleUpload } from './gateway/wechat';
import type { Handler } from './server/http-server';
import { outcomeOf } from './server/outcome';
import { replyJson, replyJsonText } from './server/reply';
import type { StorageOptions } from './storage/actions';
import { pathOfUrl, STORAGE_PREFIX } from './storage/actions';
import { handleStorage } from './storage/endpoint';
import { TOOLS_PREFIX } from './tools/handler';
import type { Messages } from './wechat/messages';
import type { SoterKeys } from './wechat/soter-keys';

/** All that requests are answered from. */
export interface Services {
  readonly envId: string;
  readonly resources: Resources;
  readonly admin: AdminOptions;
  readonly database: Pick<DocumentDatabase, 'actions'>;
  readonly storage: StorageOptions;
  readonly functions: Functions;
  readonly soterKeys: SoterKeys;
  readonly messages: Messages;
  readonly calls: CallLog;
  /** Answers below `/_local/`. */
  readonly tools: Handler;
}

const CALL_PREFIX = '/wx/call/';

/** Leads each request to the part that answers it. The server's own paths stand before the manifest's routes. */
export function router(services: Services): Handler {
  return async (request, response, url) => {
    const { pathname } = url;
    const { method = '' } = request;
    /** Notes a request whose arguments are in its address; functions and actions note themselves what they are called with. */
    const watched = async (kind: CallKind, name: string, work: () => Promise<void>): Promise<void> => {
      const query = () => (kind === 'storage' ? {} : Object.fromEntries(url.searchParams));
      const call = { kind, name: `${method} ${name}`, arguments: query };
      await services.calls.watch(call, work, () => outcomeOf(response));
    };
    if (pathname === '/admin') {
      replyJsonText(response, 200, await handleAdmin(request, url, services.admin));
    } else if (pathname.startsWith(STORAGE_PREFIX)) {
      await watched('storage', pathOfUrl(url), () => handleStorage(request, response, url, services.storage));
    } else if (pathname.startsWith(CALL_PREFIX)) {
      await handleCall(request, response, pathname.slice(CALL_PREFIX.length), services.functions);
    } else if (pathname === '/wx/upload') {
      await watched('wechat', pathname, () => handleUpload(request, response, url, services.storage));
    } else if (pathname.startsWith(CLIENT_DATA_PREFIX)) {
      const name = pathname.slice(CLIENT_DATA_PREFIX.length);
      await watched('wechat', pathname, () => handleClientData(request, response, name, services));
    } else if (pathname === '/wx/soter/register') {
      await watched('wechat', pathname, () => handleSoterKey(request, response, services.soterKeys));
    } else if (pathname === '/wx/subscribe') {
      await watched('wechat', pathname, () => handleSubscription(request, response, services.messages));
    } else if (pathname === '/wx/messages') {
      // Not noted: phones ask every few seconds.
      await handleMessages(request, response, url, services.messages);
    } else if (pathname.startsWith(TOOLS_PREFIX)) {
      await services.tools(request, response, url);
    } else {
      const route = routeOf(pathname, services.resources);
      if (route === undefined) replyJson(response, 404, { code: 'INVALID_PATH', message: 'no route has this path' });
      else {
        const { envId, functions } = services;
        await watched('route', pathname, () => handleRoute(request, response, url, { route, envId, functions }));
      }
    }
  };
}
