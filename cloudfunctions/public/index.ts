import { deletionId, purposeIds, purposeTable, tokenStatusList } from '../../protocol';
import { OPENAPI_PATH, openApiDocument } from '../_adapters/api/openapi';
import { createErasures } from '../_adapters/cloudbase/erasures';
import { loadStatusList } from '../_adapters/cloudbase/status-lists';
import { IDENTITY_CARD_VCT } from '../_adapters/crypto/credential-issuer';
import { DELETIONS_PATH } from '../_adapters/crypto/deletion-issuer';
import { readPublicIssuerKeys } from '../_adapters/crypto/issuer-keys';
import { LIST_PATH, LIST_TTL_SECONDS } from '../_adapters/crypto/status-list-issuer';
import { now } from '../_adapters/runtime/ambient';
import { required } from '../_adapters/runtime/environment';
import { readHttpEvent, type HttpReply, type HttpRequest } from '../_adapters/runtime/http-event';
import { PROBLEMS_PATH } from '../_adapters/runtime/problem-table';
import { asksForPage, languageOf, pageHeaders, type PageLanguage } from '../_adapters/runtime/page';
import { serveHttp } from '../_adapters/runtime/serve-http';
import { deletionPage } from './deletion-page';
import { LOG_PATH, logDocument } from './log-documents';
import { problemDocument, problemPage } from './problem-pages';

const issuer = required('ISSUER');
const issuerKeys = readPublicIssuerKeys(required('ISSUER_PUBLIC_KEYS'));

const receiptKeys = readPublicIssuerKeys(required('RECEIPT_PUBLIC_KEYS'));

const { loadDeletion } = createErasures();

const CACHE_SECONDS = 300;

const raw = (statusCode: number, type: string, cacheSeconds: number, body: string): HttpReply => ({
  statusCode,
  headers: {
    'content-type': type,
    'cache-control': cacheSeconds > 0 ? `public, max-age=${String(cacheSeconds)}` : 'no-store',
    'x-content-type-options': 'nosniff',
    // Nothing here depends on who asks: a page of anybody's may read it.
    'access-control-allow-origin': '*',
  },
  body,
});

const reply = (statusCode: number, content: unknown): HttpReply =>
  raw(statusCode, 'application/json; charset=utf-8', statusCode === 200 ? CACHE_SECONDS : 0, JSON.stringify(content));

const openApi = openApiDocument(issuer);

/** What anyone may read, by path. Asked anew each time: keys come and go with the clock. */
const documents = new Map<string, () => unknown>([
  // draft-ietf-oauth-sd-jwt-vc, section 5: the issuer's keys, for whoever verifies a credential.
  ['/.well-known/jwt-vc-issuer', () => ({ issuer, jwks: { keys: issuerKeys.published(now()) } })],
  ['/.well-known/jwks.json', () => ({ keys: issuerKeys.published(now()) })],
  // Keys of their own: whoever signs receipts can sign no card.
  ['/public/receipt-keys', () => ({ issuer, keys: receiptKeys.published(now()) })],
  [
    '/public/credential-types',
    () => [{ vct: IDENTITY_CARD_VCT, format: 'dc+sd-jwt', name: 'Resident identity card, virtual' }],
  ],
  ['/public/purposes', () => purposeIds.map((id) => ({ id, ...purposeTable[id] }))],
  [OPENAPI_PATH, () => openApi],
]);

/** The number of the list that a path names, as its address spells it, or null. */
const listIn = (path: string): string | null => {
  const name = path.startsWith(LIST_PATH) ? path.slice(LIST_PATH.length) : '';
  return /^[1-9]\d{0,8}$/.test(name) ? name : null;
};

/** A list of status (draft-ietf-oauth-status-list, section 8.2). */
const statusList = async (name: string): Promise<HttpReply> => {
  const list = await loadStatusList(name);
  if (!list) return reply(404, { error: 'not_found' });
  // A token that is over is no news to anybody, and no cache is to keep one longer than it holds.
  const left = Math.floor((list.expiresAt - now()) / 1000);
  return raw(200, tokenStatusList.mediaType, Math.min(LIST_TTL_SECONDS, left), list.token);
};

/** What is found at an address, or null: for a program as JSON, for a browser as a page that says what it is. */
const inTwoForms = (request: HttpRequest, found: unknown, pageIn: (language: PageLanguage) => string): HttpReply => {
  const statusCode = found === null ? 404 : 200;
  // One address, two forms: no cache may give a browser's to a program.
  const vary = { vary: 'accept, accept-language' };
  if (!asksForPage(request)) {
    const told = reply(statusCode, found ?? { error: 'not_found' });
    return { ...told, headers: { ...told.headers, ...vary } };
  }
  const language = languageOf(request.query.get('lang'), request.headers.get('accept-language'));
  return { statusCode, headers: { ...pageHeaders, ...vary, 'cache-control': 'no-store' }, body: pageIn(language) };
};

/** The proof of a deletion: it names nobody, and its id is known to whoever was told it. */
const deletion = async (id: string, request: HttpRequest): Promise<HttpReply> => {
  const found = /^[0-9a-f]{32}$/.test(id) ? await loadDeletion(deletionId(id)) : null;
  return inTwoForms(request, found, (language) => deletionPage(found, language));
};

/** RFC 9457, section 4: where the type of a problem leads, its kind is explained. */
const problem = (name: string, request: HttpRequest): HttpReply =>
  inTwoForms(request, problemDocument(issuer, name), (language) => problemPage(issuer, name, language));

const logReply = async (path: string, query: HttpRequest['query']): Promise<HttpReply> => {
  const document = await logDocument(path, Object.fromEntries(query));
  if (document === 'not_found') return reply(404, { error: 'not_found' });
  if (document === 'invalid') return reply(400, { error: 'invalid_request' });
  return raw(200, document.type, document.cacheSeconds, document.body);
};

const read = async (request: HttpRequest): Promise<HttpReply> => {
  const { method, path, query } = request;
  if (method !== 'GET' && method !== 'HEAD') {
    const refused = reply(405, { error: 'method_not_allowed' });
    return { ...refused, headers: { ...refused.headers, allow: 'GET, HEAD' } };
  }
  const list = listIn(path);
  if (list !== null) {
    // What was true in the past is not told (section 8.4): it would tell when a card was braked.
    return query.has('time') ? reply(501, { error: 'not_implemented' }) : statusList(list);
  }
  if (path.startsWith(DELETIONS_PATH)) return deletion(path.slice(DELETIONS_PATH.length), request);
  if (path.startsWith(PROBLEMS_PATH)) return problem(path.slice(PROBLEMS_PATH.length), request);
  if (path.startsWith(LOG_PATH)) return logReply(path.slice(LOG_PATH.length), query);
  const document = documents.get(path);
  return document ? reply(200, document()) : reply(404, { error: 'not_found' });
};

/** What anyone may read over HTTP: keys, issuer metadata, purposes, the API of institutions and its problems, lists of status, the event log, proofs of deletions. */
export const main = serveHttp('public', 'read', (event) => read(readHttpEvent(event)));
