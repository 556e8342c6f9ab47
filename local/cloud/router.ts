import type { Resources } from '../../cloudfunctions/resources';
import type { AdminOptions } from './admin/handler';
import { handleAdmin } from './admin/handler';
import { CloudError } from './cloud-error';
import type { DocumentDatabase } from './database/actions';
import type { Functions } from './functions/invoker';
import type { LogBuffer } from './functions/log-lines';
import { handleRoute, routeOf } from './gateway/http-route';
import { handleCall, handleMessages, handleSoterKey, handleSubscription, handleUpload } from './gateway/wechat';
import type { Handler } from './server/http-server';
import { replyJson } from './server/reply';
import type { StorageOptions } from './storage/actions';
import { STORAGE_PREFIX } from './storage/actions';
import { handleStorage } from './storage/endpoint';
import type { Messages } from './wechat/messages';
import type { SoterKeys } from './wechat/soter-keys';

/** All that requests are answered from. */
export interface Services {
  readonly envId: string;
  readonly resources: Resources;
  readonly admin: AdminOptions;
  readonly database: DocumentDatabase;
  readonly storage: StorageOptions;
  readonly functions: Functions;
  readonly logs: LogBuffer;
  readonly soterKeys: SoterKeys;
  readonly messages: Messages;
}

const CALL_PREFIX = '/wx/call/';

/** Leads each request to the part that answers it. The server's own paths stand before the manifest's routes. */
export function router(services: Services): Handler {
  return async (request, response, url) => {
    const { pathname } = url;
    if (pathname === '/admin') {
      replyJson(response, 200, await handleAdmin(request, `http://${url.host}`, services.admin));
    } else if (pathname.startsWith(STORAGE_PREFIX)) {
      await handleStorage(request, response, url, services.storage);
    } else if (pathname.startsWith(CALL_PREFIX)) {
      await handleCall(request, response, pathname.slice(CALL_PREFIX.length), services.functions);
    } else if (pathname === '/wx/upload') {
      await handleUpload(request, response, url, services.storage);
    } else if (pathname === '/wx/soter/register') {
      await handleSoterKey(request, response, services.soterKeys);
    } else if (pathname === '/wx/subscribe') {
      await handleSubscription(request, response, services.messages);
    } else if (pathname === '/wx/messages') {
      await handleMessages(request, response, url, services.messages);
    } else if (pathname === '/_local/logs') {
      replyJson(response, 200, services.logs.since(sinceOf(url)));
    } else if (pathname === '/_local/state') {
      replyJson(response, 200, {
        envId: services.envId,
        collections: services.database.counts(),
        scans: services.database.scans(),
        functions: services.functions.state(),
      });
    } else {
      const route = routeOf(pathname, services.resources);
      if (route === undefined) replyJson(response, 404, { code: 'INVALID_PATH', message: 'no route has this path' });
      else await handleRoute(request, response, url, { route, envId: services.envId, functions: services.functions });
    }
  };
}

function sinceOf(url: URL): number {
  const since = Number(url.searchParams.get('since') ?? 0);
  if (!Number.isSafeInteger(since) || since < 0) throw new CloudError('INVALID_PARAM', 'since must be a whole number');
  return since;
}
