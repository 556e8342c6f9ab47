import { purposeIds, purposeTable } from '../../protocol';
import { required } from '../_adapters/runtime/environment';
import { IDENTITY_CARD_VCT } from '../_adapters/crypto/credential-issuer';
import { readPublicKeys } from '../_adapters/crypto/es256';

interface HttpReply {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const issuer = required('ISSUER');
const keys = readPublicKeys(required('ISSUER_PUBLIC_KEYS'));

const CACHE_SECONDS = 300;

const reply = (statusCode: number, content: unknown): HttpReply => ({
  statusCode,
  headers: {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': statusCode === 200 ? `public, max-age=${String(CACHE_SECONDS)}` : 'no-store',
    'x-content-type-options': 'nosniff',
  },
  body: JSON.stringify(content),
});

/** What anyone may read, by path. */
const documents = new Map<string, unknown>([
  // draft-ietf-oauth-sd-jwt-vc, section 5: the issuer's keys, for whoever verifies a credential.
  ['/.well-known/jwt-vc-issuer', { issuer, jwks: { keys } }],
  ['/.well-known/jwks.json', { keys }],
  [
    '/public/credential-types',
    [{ vct: IDENTITY_CARD_VCT, format: 'dc+sd-jwt', name: 'Resident identity card, virtual' }],
  ],
  ['/public/purposes', purposeIds.map((id) => ({ id, ...purposeTable[id] }))],
]);

const textOf = (event: unknown, key: 'httpMethod' | 'path'): string =>
  typeof event === 'object' && event !== null ? String(new Map(Object.entries(event)).get(key)) : '';

/** What anyone may read over HTTP: keys, issuer metadata, purposes. */
export const main = (event: unknown): HttpReply => {
  const method = textOf(event, 'httpMethod');
  if (method !== 'GET' && method !== 'HEAD') {
    const refused = reply(405, { error: 'method_not_allowed' });
    return { ...refused, headers: { ...refused.headers, allow: 'GET, HEAD' } };
  }
  const found = documents.get(textOf(event, 'path'));
  return found === undefined ? reply(404, { error: 'not_found' }) : reply(200, found);
};
