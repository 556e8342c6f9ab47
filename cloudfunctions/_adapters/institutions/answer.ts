import type { Authenticate } from '../oauth/access-guard';
import { answerBy } from '../oauth/answer';
import type { BrowserTickets } from '../oauth/browser-tickets';
import type { Provider } from '../oauth/library';
import { isProviders, JWKS_PATH } from '../oauth/paths';
import type { HttpReply, HttpRequest } from '../runtime/http-event';
import { problemReply } from '../runtime/problem';
import { asPage } from './browser';
import type { VerificationRoutes } from './routes';

interface Parts {
  /** Below whose address problems are described. */
  readonly problemsOf: string;
  /** The keys that sign for the provider, as anyone may read them now. */
  readonly publishedKeys: () => readonly object[];
  readonly provider: () => Provider;
  readonly tickets: BrowserTickets;
  readonly authenticate: Authenticate;
  readonly verifications: VerificationRoutes;
  /** Null for a path that is no page's. */
  readonly browser: (request: HttpRequest) => Promise<HttpReply> | null;
}

/**
 * Answers whatever comes below the path of institutions: API, pages and provider, and problem details for what is none of these. What the
 * provider refuses is told as OAuth has it (RFC 6749, section 5.2).
 */
export const createAnswer =
  ({ problemsOf, publishedKeys, provider, tickets, authenticate, verifications, browser }: Parts) =>
  async (request: HttpRequest): Promise<HttpReply> => {
    const { method, path } = request;
    if (path === JWKS_PATH) {
      if (method !== 'GET' && method !== 'HEAD')
        return problemReply(problemsOf, { code: 'method_not_allowed' }, { allow: 'GET, HEAD' });
      return {
        statusCode: 200,
        headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'public, max-age=300' },
        body: JSON.stringify({ keys: publishedKeys() }),
      };
    }
    const answered = verifications(request, (scope) => authenticate(request, scope)) ?? browser(request);
    if (answered) return answered;
    return isProviders(path)
      ? asPage(request, await answerBy(provider(), tickets, request))
      : problemReply(problemsOf, { code: 'not_found' });
  };
