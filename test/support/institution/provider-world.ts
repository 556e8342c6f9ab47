import * as oauth from 'openid-client';
import { purposeTable, TRUST_FRAMEWORK, type PurposeId } from '../../../protocol';
import { answerBy } from '../../../cloudfunctions/_adapters/oauth/answer';
import type { OauthRecords } from '../../../cloudfunctions/_adapters/cloudbase/oauth-records';
import { createBrowserTickets } from '../../../cloudfunctions/_adapters/oauth/browser-tickets';
import { clientMetadata } from '../../../cloudfunctions/_adapters/oauth/client-metadata';
import { createHeldStanding } from '../../../cloudfunctions/_adapters/oauth/held-answer';
import { createCurrentProvider } from '../../../cloudfunctions/_adapters/oauth/current-provider';
import { JWKS_PATH } from '../../../cloudfunctions/_adapters/oauth/paths';
import { readProviderKeys } from '../../../cloudfunctions/_adapters/oauth/provider-keys';
import { createStorage } from '../../../cloudfunctions/_adapters/oauth/storage';
import { now } from '../../../cloudfunctions/_adapters/runtime/ambient';
import { readHttpEvent } from '../../../cloudfunctions/_adapters/runtime/http-event';
import { findInstitution, type Institution } from '../../../cloudfunctions/_core/institutions/institution';
import type { TakeTurn } from '../../../cloudfunctions/_core/rate-limit';
import type { Partner } from '../../../cloudfunctions/_core/partners/partner';
import { asPage, createBrowserRoutes } from '../../../cloudfunctions/_adapters/institutions/browser';
import { makeIssuerKey, type LocalIssuerKey } from '../../../local/ecosystem/issuer-keys';
import { keySetOf } from '../../../local/ecosystem/secrets';
import { createClock, type Clock } from '../clock';
import { createTurnStore, type TurnStore } from '../turn-store';
import { freshServerKey, type ServerKey } from './credentials';
import { createFakeAsks, type FakeAsks } from './fake-asks';
import { createRecordStore } from './record-store';

export const ISSUER = 'https://issuer.example';
/** Where the bank's browsers go back to. */
export const CALLBACK = 'https://bank.example/back';

const partnerOf = (id: string, purposes: readonly PurposeId[]): Partner => ({
  ...{ id, revision: 1, carriedOut: [], pending: null, names: { zh: `<${id}> 银行`, en: `<${id}> Bank` } },
  ...{ creditCode: '91330106MA2DEM0684', category: 'other', address: '某路1号', contactRole: 'manager' },
  ...{ state: 'active', reason: null, shops: [], application: null },
  grants: purposes.map((purpose) => ({ purpose, claims: [...purposeTable[purpose].claims], perDay: 100 })),
});

/** A partner's server: a client of the library that such servers are written with, and its keys. */
export interface Server {
  readonly clientId: string;
  readonly key: ServerKey;
  readonly config: oauth.Configuration;
  readonly DPoP: oauth.DPoPHandle;
}

/** The provider on its own, with asks in memory in the place of the core's. */
export interface ProviderWorld {
  readonly clock: Clock;
  readonly asks: FakeAsks;
  readonly turns: TurnStore['turns'];
  readonly faults: readonly unknown[];
  readonly refusals: readonly (readonly [at: string, error: string])[];
  /** Registers other addresses for the bank's server in the place of those that it has. */
  readonly moveBank: (pages: readonly string[]) => void;
  /** Changes the keys that sign for the provider. */
  readonly changeKeys: (change: (keys: readonly LocalIssuerKey[]) => readonly LocalIssuerKey[]) => void;
  /** What reaches the service, by whoever sends it. */
  readonly fetch: (address: string | URL, init?: RequestInit) => Promise<Response>;
  /** A bank's two servers, of which one has pages, and a railway's. */
  readonly bank: Server;
  readonly bankApp: Server;
  readonly railway: Server;
}

const bodyOf = async (init: RequestInit): Promise<string> => new Response(init.body ?? null).text();

/**
 * @param more.takeTurn in the place of turns in memory
 * @param more.around makes of the records in memory what the provider has in their place
 */
export const createProviderWorld = async (
  more: { readonly takeTurn?: TakeTurn; readonly around?: (records: OauthRecords) => OauthRecords } = {},
): Promise<ProviderWorld> => {
  const clock = createClock(new Date().toISOString());
  const asks = createFakeAsks(clock);
  const { turns, ...counted } = createTurnStore(clock);
  const { takeTurn, around = (records: OauthRecords) => records } = { ...counted, ...more };
  const faults: unknown[] = [];
  const refusals: (readonly [string, string])[] = [];
  const partners = [partnerOf('bank', ['bank-account-opening']), partnerOf('railway', ['train-ticket'])];
  const keys = await Promise.all([freshServerKey(), freshServerKey(), freshServerKey()]);
  const institutionOf = (clientId: string, partner: string, { publicJwk, kid }: ServerKey, pages: string[] = []) =>
    ({
      clientId,
      partner,
      state: 'active',
      keys: [{ ...publicJwk, kid }],
      redirectUris: pages,
      events: null,
    }) as Institution;
  const institutions = [
    institutionOf('bank-server', 'bank', keys[0]),
    institutionOf('bank-app', 'bank', keys[1], [CALLBACK]),
    institutionOf('railway-server', 'railway', keys[2]),
  ];
  let bankPages: readonly string[] = [CALLBACK];
  const institutionPorts = {
    loadInstitution: (id: string) => {
      const found = institutions.find(({ clientId }) => clientId === id) ?? null;
      return Promise.resolve(found && id === 'bank-server' ? { ...found, redirectUris: bankPages } : found);
    },
    loadPartner: (id: string) => Promise.resolve(partners.find((one) => one.id === id) ?? null),
  };
  const loadCaller = async (clientId: string) => {
    const found = await findInstitution(institutionPorts, clientId);
    return found && { clientId, partner: found.partner };
  };
  const loadClient = async (clientId: string) => {
    const found = await findInstitution(institutionPorts, clientId);
    return found && clientMetadata(found, false);
  };
  const standingOf = createHeldStanding({ ...asks.ports, loadCaller });
  let signing: readonly LocalIssuerKey[] = [makeIssuerKey()];
  const keysNow = () => readProviderKeys(keySetOf(signing));
  const provider = createCurrentProvider(
    {
      issuer: ISSUER,
      pairwiseKey: new Uint8Array(32).fill(3),
      storage: createStorage({ ...around(createRecordStore()), now, loadClient }),
      asks: { ...asks.ports, now: clock.now, takeTurn, loadCaller, standingOf, trustFramework: TRUST_FRAMEWORK },
      onFault: (error) => void faults.push(error),
      onRefused: (...refused) => void refusals.push(refused),
    },
    { signing: (at) => keysNow().signing(at) },
    now,
  );
  const tickets = createBrowserTickets(new Uint8Array(32).fill(4), ISSUER);
  const shared = { now: clock.now, tickets, standingOf, provider, takeTurn };
  const routes = { ...institutionPorts, ...asks.ports, ...shared, problemsOf: ISSUER };
  const browser = createBrowserRoutes(routes);

  const fetchHere: ProviderWorld['fetch'] = async (address, init = {}) => {
    const { pathname, searchParams } = new URL(address, ISSUER);
    const request = readHttpEvent({
      httpMethod: init.method ?? 'GET',
      path: pathname,
      headers: Object.fromEntries(new Headers(init.headers)),
      queryStringParameters: Object.fromEntries(searchParams),
      body: await bodyOf(init),
    });
    if (pathname === JWKS_PATH) return Response.json({ keys: keysNow().published(now()) });
    const reply = await (browser(request) ??
      answerBy(provider(), tickets, request).then((one) => asPage(request, one)));
    const body = reply.body === '' ? null : reply.body;
    return new Response(body, { status: reply.statusCode, headers: reply.headers });
  };

  const serverOf = async (clientId: string, key: ServerKey): Promise<Server> => {
    const authentication = oauth.PrivateKeyJwt({ kid: key.kid, key: key.privateKey });
    const options = {
      [oauth.customFetch]: fetchHere as oauth.CustomFetch,
      execute: [oauth.enableNonRepudiationChecks],
    };
    const config = await oauth.discovery(new URL(ISSUER), clientId, undefined, authentication, options);
    return { clientId, key, config, DPoP: oauth.getDPoPHandle(config, await freshServerKey()) };
  };
  return {
    ...{ clock, asks, turns, faults, refusals },
    moveBank: (pages) => {
      bankPages = pages;
    },
    changeKeys: (change) => {
      signing = change(signing);
    },
    fetch: fetchHere,
    bank: await serverOf('bank-server', keys[0]),
    bankApp: await serverOf('bank-app', keys[1]),
    railway: await serverOf('railway-server', keys[2]),
  };
};
