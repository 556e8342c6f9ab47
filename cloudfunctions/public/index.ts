import { purposeIds, purposeTable, tokenStatusList } from '../../protocol';
import { loadStatusList } from '../_adapters/cloudbase/status-lists';
import { IDENTITY_CARD_VCT } from '../_adapters/crypto/credential-issuer';
import { readPublicIssuerKeys } from '../_adapters/crypto/issuer-keys';
import { LIST_PATH, LIST_TTL_SECONDS } from '../_adapters/crypto/status-list-issuer';
import { now } from '../_adapters/runtime/ambient';
import { required } from '../_adapters/runtime/environment';
import { LOG_PATH, logDocument } from './log-documents';

interface HttpReply {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const issuer = required('ISSUER');
const issuerKeys = readPublicIssuerKeys(required('ISSUER_PUBLIC_KEYS'));

const receiptKeys = readPublicIssuerKeys(required('RECEIPT_PUBLIC_KEYS'));

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

const partOf = (event: unknown, key: 'httpMethod' | 'path' | 'queryStringParameters'): unknown =>
  typeof event === 'object' && event !== null ? new Map<string, unknown>(Object.entries(event)).get(key) : undefined;

const queryOf = (event: unknown): Readonly<Record<string, string | undefined>> => {
  const query = partOf(event, 'queryStringParameters');
  if (typeof query !== 'object' || query === null) return {};
  const texts = Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts);
};

const logReply = async (path: string, event: unknown): Promise<HttpReply> => {
  const document = await logDocument(path, queryOf(event));
  if (document === 'not_found') return reply(404, { error: 'not_found' });
  if (document === 'invalid') return reply(400, { error: 'invalid_request' });
  return raw(200, document.type, document.cacheSeconds, document.body);
};

const asksForThePast = (event: unknown): boolean => {
  const query = partOf(event, 'queryStringParameters');
  return typeof query === 'object' && query !== null && 'time' in query;
};

/** What anyone may read over HTTP: keys, issuer metadata, purposes, lists of status, the event log. */
export const main = async (event: unknown): Promise<HttpReply> => {
  const method = partOf(event, 'httpMethod');
  if (method !== 'GET' && method !== 'HEAD') {
    const refused = reply(405, { error: 'method_not_allowed' });
    return { ...refused, headers: { ...refused.headers, allow: 'GET, HEAD' } };
  }
  const path = String(partOf(event, 'path'));
  const list = listIn(path);
  if (list !== null) {
    // What was true in the past is not told (section 8.4): it would tell when a card was braked.
    return asksForThePast(event) ? reply(501, { error: 'not_implemented' }) : statusList(list);
  }
  if (path.startsWith(LOG_PATH)) return logReply(path.slice(LOG_PATH.length), event);
  const document = documents.get(path);
  return document ? reply(200, document()) : reply(404, { error: 'not_found' });
};
