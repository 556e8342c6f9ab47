import { SANDBOX_TRUST_FRAMEWORK } from '../../protocol';
import { readIssuerKeys } from '../_adapters/crypto/issuer-keys';
import { API_ACTION, createInstitutionApi } from '../_adapters/institutions/api';
import { readProviderKeys } from '../_adapters/oauth/provider-keys';
import { now } from '../_adapters/runtime/ambient';
import { required, requiredKey } from '../_adapters/runtime/environment';
import { readHttpEvent, type HttpReply, type HttpRequest } from '../_adapters/runtime/http-event';
import { problemReply } from '../_adapters/runtime/problem';
import { serveHttp } from '../_adapters/runtime/serve-http';
import { outcomePage } from './outcome-page';
import { createPhone } from './phone';
import { createSandboxParts } from './ports';

const NAME = 'sandbox';
/** The path below which everything is answered: an issuer of its own. */
const BASE = '/sandbox';

const service = required('ISSUER');
const issuer = `${service}${BASE}`;
const receiptKeys = required('SANDBOX_RECEIPT_KEYS');
const publishedKeys = readIssuerKeys(receiptKeys).published;

const { institutions, records, pairwiseKey, sandbox } = createSandboxParts({
  ...{ issuer, receiptKeys },
  secret: requiredKey('SANDBOX_SECRET'),
});

const api = createInstitutionApi({
  ...{ name: NAME, issuer, institutions, records, pairwiseKey },
  problemsOf: service,
  providerKeys: readProviderKeys(required('SANDBOX_KEYS')),
  trustFramework: SANDBOX_TRUST_FRAMEWORK,
  // Developers try it on their own machines, and no holder's browser comes here.
  takesLoopback: true,
  takeTurn: sandbox.takeTurn,
  asks: sandbox.asks,
  verifications: sandbox.verifications,
  standIn: { page: outcomePage, choose: sandbox.sessions.choose },
});

const phone = createPhone({
  sessions: sandbox.sessions,
  loadPartner: institutions.loadPartner,
  base: BASE,
  problemsOf: service,
});

const receiptKeysReply = ({ method }: HttpRequest): HttpReply => {
  if (method !== 'GET' && method !== 'HEAD')
    return problemReply(service, { code: 'method_not_allowed' }, { allow: 'GET, HEAD' });
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'public, max-age=300' },
    body: JSON.stringify({ issuer, keys: publishedKeys(now()) }),
  };
};

/** Where RFC 8414, section 3.1 has the metadata of an issuer with a path. */
const METADATA = '/.well-known/oauth-authorization-server';

/** The path below the issuer's own; null where it is not below it. */
const below = (path: string): string | null => {
  if (path === `${METADATA}${BASE}`) return METADATA;
  return path.startsWith(`${BASE}/`) ? path.slice(BASE.length) : null;
};

const answer = async (request: HttpRequest): Promise<HttpReply> => {
  const path = below(request.path);
  if (path === null) return problemReply(service, { code: 'not_found' });
  const own = { ...request, path };
  if (path === '/public/receipt-keys') return receiptKeysReply(request);
  return phone(own) ?? api(own);
};

/** The service for partners' developers: the same API, answered by test persons, and by keys that nobody else believes. */
export const main = serveHttp(
  NAME,
  API_ACTION,
  (event) => answer(readHttpEvent(event)),
  () => problemReply(service, { code: 'internal' }),
);
