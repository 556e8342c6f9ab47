import { createHash, randomBytes } from 'node:crypto';
import { purposeTable } from '../../../protocol';
import { createAuthenticate } from '../../../cloudfunctions/_adapters/oauth/access-guard';
import { createBrowserTickets } from '../../../cloudfunctions/_adapters/oauth/browser-tickets';
import { createCurrentProvider } from '../../../cloudfunctions/_adapters/oauth/current-provider';
import { readProviderKeys } from '../../../cloudfunctions/_adapters/oauth/provider-keys';
import { createStorage } from '../../../cloudfunctions/_adapters/oauth/storage';
import { now } from '../../../cloudfunctions/_adapters/runtime/ambient';
import { readHttpEvent } from '../../../cloudfunctions/_adapters/runtime/http-event';
import type { Institution } from '../../../cloudfunctions/_core/institutions/institution';
import type { Partner } from '../../../cloudfunctions/_core/partners/partner';
import { createAnswer } from '../../../cloudfunctions/_adapters/institutions/answer';
import { createVerificationRoutes, redeeming } from '../../../cloudfunctions/_adapters/institutions/routes';
import { makeIssuerKey } from '../../../local/ecosystem/issuer-keys';
import { keySetOf } from '../../../local/ecosystem/secrets';
import { bank, createInstitutionWorld, path, type InstitutionPorts, type InstitutionWorld } from '../institution-world';
import { issuer } from '../issuer';
import type { Answered } from '../openapi/document';
import { freshServerKey, proofOf, seconds, type ServerKey } from './credentials';
import { noAsks } from './no-asks';
import { createRecordStore } from './record-store';

/** What a call has otherwise than a good one; null for none. */
export interface Otherwise {
  readonly token?: string | null;
  readonly proof?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly ports?: Partial<InstitutionPorts>;
}

/** All of the function that institutions ask, over what is stored in memory, and the bank's server with a token. */
export interface ApiWorld extends InstitutionWorld {
  /** The key that tokens are bound to. */
  readonly binding: ServerKey;
  /** A token of the bank's. @param claims in the place of good ones */
  readonly tokenOf: (claims?: Readonly<Record<string, unknown>>) => Promise<string>;
  /** A proof for a line, such as `GET /self`, and a token. @param claims in the place of good ones */
  readonly proofFor: (
    line: string,
    token: string,
    claims?: Readonly<Record<string, unknown>>,
    key?: ServerKey,
  ) => Promise<string>;
  /** What a line comes to, sent with token and proof, but for what is given otherwise. */
  readonly send: (line: string, otherwise?: Otherwise) => Promise<Answered>;
}

const partnerOf = (id: string): Partner => ({
  ...{ id, revision: 1, carriedOut: [], pending: null, names: { zh: '闽江银行', en: 'Minjiang Bank' } },
  ...{ creditCode: '91330106MA2DEM0684', category: 'other', address: '某路1号', contactRole: 'manager' },
  ...{ state: 'active', reason: null, shops: [], application: null },
  grants: bank.partner.grants.map(({ purpose }) => ({
    purpose,
    claims: [...purposeTable[purpose].claims],
    perDay: 1000,
  })),
});

const institutionOf = (clientId: string, partner: string): Institution => ({
  ...{ clientId, partner, state: 'active', keys: [], redirectUris: [], events: null },
});

export const createApiWorld = async (): Promise<ApiWorld> => {
  const world = createInstitutionWorld();
  const records = createRecordStore();
  const keys = readProviderKeys(keySetOf([makeIssuerKey()]));
  const storage = createStorage({ ...records, now, loadClient: () => Promise.resolve(null) });
  const unheard = { onFault: () => undefined, onRefused: () => undefined };
  const provider = createCurrentProvider(
    { issuer, pairwiseKey: new Uint8Array(32).fill(3), storage, asks: noAsks, ...unheard },
    keys,
    now,
  );
  const { clientId, partner } = bank;
  const authenticate = createAuthenticate({
    ...records,
    ...{ now, issuer, problemsOf: issuer, provider },
    loadInstitution: (id) => Promise.resolve(id === clientId ? institutionOf(id, partner.id) : null),
    loadPartner: (id) => Promise.resolve(id === partner.id ? partnerOf(id) : null),
    onRefused: () => undefined,
  });
  const tickets = createBrowserTickets(new Uint8Array(32).fill(4), issuer);
  const binding = await freshServerKey();

  const tokenOf: ApiWorld['tokenOf'] = async (claims = {}) => {
    const id = randomBytes(32).toString('base64url');
    const payload = {
      ...{ iat: seconds(), exp: seconds() + 300, jti: id, kind: 'ClientCredentials', clientId },
      ...{ aud: `${issuer}${path}`, jkt: binding.kid, scope: 'verifications', ...claims },
    };
    await records.putRecord({ model: 'ClientCredentials', id, payload, expiresAt: now() + 300_000 });
    return id;
  };
  const proofFor: ApiWorld['proofFor'] = (line, token, claims = {}, key = binding) => {
    const [method = '', address = ''] = line.split(' ');
    const ath = createHash('sha256').update(token).digest('base64url');
    return proofOf(method, `${issuer}${path}${address}`, key, { ath, ...claims });
  };
  return {
    ...world,
    ...{ binding, tokenOf, proofFor },
    send: async (line, { token, proof, headers = {}, body, ports = {} } = {}) => {
      const [httpMethod = '', address = ''] = line.split(' ');
      const sent = token === undefined ? await tokenOf() : token;
      const proved = proof === undefined ? await proofFor(line, sent ?? '') : proof;
      const answer = createAnswer({
        ...{ problemsOf: issuer, provider, tickets, authenticate },
        publishedKeys: () => keys.published(now()),
        verifications: createVerificationRoutes(redeeming({ ...world.ports, ...ports }), {
          ...{ name: 'institution', issuer, path },
        }),
        browser: () => null,
      });
      const event = {
        ...{ httpMethod, path: `${path}${address}` },
        headers: {
          ...(sent !== null && { authorization: `DPoP ${sent}` }),
          ...(proved !== null && { dpop: proved }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        body: typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body),
      };
      const reply = await answer(readHttpEvent(event));
      return { status: reply.statusCode, headers: reply.headers, body: reply.body };
    },
  };
};
