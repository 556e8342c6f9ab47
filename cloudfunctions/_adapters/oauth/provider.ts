import type { EventEmitter } from 'node:events';
import type { AdapterFactory, Configuration, FindAccount, JWK, KoaContextWithOIDC } from 'oidc-provider';
import { sessionHandle, tierNames, type TrustFramework } from '../../../protocol';
import type { EraseRelease } from '../../_core/asks/ask';
import type { OpenAsk } from '../../_core/asks/open-ask';
import type { RateLimit, TakeTurn } from '../../_core/rate-limit';
import { askAnswerOf } from './ask-answer';
import { askParams } from './ask-params';
import { askPolicy } from './ask-policy';
import { slowDown } from './ask-refusal';
import { authorizationLife } from './authorizations';
import { CIBA_GRANT, createCiba, type Ciba } from './ciba';
import { allowKeysByValue } from './client-metadata';
import { correctDiscovery, discoveredOf } from './discovery';
import { isRecentProof } from './dpop-proof';
import { createHookedProvider, type GrantHook } from './grant-hooks';
import type { HeldStandingOf, LoadCaller } from './held-answer';
import { errors, type Provider } from './library';
import { pairwiseName } from './pairwise';
import {
  ASK_PATH,
  AUTHORIZE_PATH,
  BACKCHANNEL_PATH,
  basePathOf,
  INSTITUTION_PATH,
  INTROSPECTION_PATH,
  JWKS_PATH,
  PUSHED_REQUEST_PATH,
  REVOCATION_PATH,
  TOKEN_PATH,
} from './paths';
import { hearRefusals } from './refusals';

/** What a token may be for. */
export const scopes = ['verifications'] as const;
export type Scope = (typeof scopes)[number];

/** How far apart two clocks may be, in seconds: servers keep time by NTP. */
const CLOCK_TOLERANCE_SECONDS = 30;
/** For how long a client's assertion may be good, in seconds: its trace is kept for as long. */
const ASSERTION_LIFE_SECONDS = 300;
/** How long ago it may have been signed: servers sign one for each call. */
const ASSERTION_AGE_SECONDS = 60;
const TOKEN_LIFE_SECONDS = 300;
const REQUEST_LIFE_SECONDS = 60;
/** Of a code, and of what goes with it while it is redeemed: a server does so at once. */
const CODE_LIFE_SECONDS = 60;
const GRANT_LIFE_SECONDS = 2 * CODE_LIFE_SECONDS;

/** How often one server may call with an assertion: some hundred asks that wait at the same time, and polls for each. */
const CALLS_OF_CLIENT: RateLimit = { name: 'client calls', most: 3000, windowMs: 60 * 1000 };

/** How the provider asks holders. */
export interface AskingPorts {
  readonly now: () => number;
  readonly takeTurn: TakeTurn;
  readonly loadCaller: LoadCaller;
  readonly openAsk: OpenAsk;
  readonly standingOf: HeldStandingOf;
  readonly eraseRelease: EraseRelease;
  /** By whose rules holders were proofed. */
  readonly trustFramework: TrustFramework;
}

/** What the provider is made of. */
export interface ProviderOptions {
  /** The public address, without a slash at its end. */
  readonly issuer: string;
  /** The private key that signs, as a JWK. */
  readonly signingKey: JWK;
  /** 32 bytes: makes a holder's name for each partner. */
  readonly pairwiseKey: Uint8Array;
  readonly storage: AdapterFactory;
  readonly asks: AskingPorts;
  /** Takes what the library did not expect. */
  readonly onFault: (error: unknown) => void;
  /** Hears where a client was refused, and by which code of OAuth; of an ask that came to nothing it does not hear. */
  readonly onRefused: (at: string, error: string) => void;
}

/** The API that tokens are for (RFC 8707). */
export const resourceOf = (issuer: string): string => `${issuer}${INSTITUTION_PATH}`;

/**
 * The profile has the audience be the issuer and nothing else. Beyond it, no assertion comes from the future or of long ago, and none is good
 * for long.
 * @throws InvalidClientAuth
 */
const assertAssertion = (issuer: string, claims: Readonly<Record<string, unknown>>): void => {
  const seconds = Date.now() / 1000;
  const { aud, iat, exp } = claims;
  if (aud !== issuer) throw new errors.InvalidClientAuth('the audience must be the issuer');
  // Without it nobody knows when it was signed: one could be made long before it is to be used.
  if (!(typeof iat === 'number' && iat <= seconds + CLOCK_TOLERANCE_SECONDS))
    throw new errors.InvalidClientAuth('the assertion is of the future, or says not when it was signed');
  if (iat < seconds - ASSERTION_AGE_SECONDS - CLOCK_TOLERANCE_SECONDS)
    throw new errors.InvalidClientAuth('the assertion was signed long ago');
  if (!(typeof exp === 'number' && exp <= seconds + ASSERTION_LIFE_SECONDS + CLOCK_TOLERANCE_SECONDS))
    throw new errors.InvalidClientAuth('the assertion is good for too long');
};

/** What an ID token may say, all of it by the scope `openid`: an answer is told whole. */
const answerClaims = [
  ...['sub', 'acr', 'amr', 'auth_time', 'verified_claims'],
  ...['card_reference', 'receipt', 'consent_until', 'vp_token'],
];

/** The account of a session: without a token nothing is told of it yet. */
const findAccountBy =
  ({ standingOf, trustFramework }: AskingPorts): FindAccount =>
  async (ctx, session, token) => {
    if (!token) return { accountId: session, claims: () => ({ sub: session }) };
    const held = await standingOf(ctx, token.clientId ?? '', session);
    return held.kind === 'answered'
      ? { accountId: session, claims: () => ({ sub: session, ...askAnswerOf(held, trustFramework) }) }
      : undefined;
  };

/** Whether a token is asked for by which a server uses the API. */
const isForApi = ({ oidc }: KoaContextWithOIDC): boolean => oidc.params?.['grant_type'] === 'client_credentials';

const configurationOf = (
  { issuer, signingKey, pairwiseKey, storage, asks }: ProviderOptions,
  ciba: Ciba,
): Configuration => {
  const resource = resourceOf(issuer);
  const isOwnToken = (token: { readonly kind: string; readonly clientId?: string | undefined }, clientId: string) =>
    token.kind === 'ClientCredentials' && token.clientId === clientId;
  return {
    adapter: storage,
    jwks: { keys: [signingKey] },
    acrValues: Object.values(tierNames),
    claims: { openid: answerClaims },
    clientAuthMethods: ['private_key_jwt'],
    clientDefaults: {
      grant_types: [],
      response_types: [],
      token_endpoint_auth_method: 'private_key_jwt',
      id_token_signed_response_alg: 'ES256',
    },
    enabledJWA: {
      clientAuthSigningAlgValues: ['ES256'],
      dPoPSigningAlgValues: ['ES256'],
      idTokenSigningAlgValues: ['ES256'],
      requestObjectSigningAlgValues: ['ES256'],
    },
    assertJwtClientAuthClaimsAndHeader: async (ctx, claims, _header, { clientId }) => {
      assertAssertion(issuer, claims);
      // The library takes proofs of five minutes ago and five ahead, and forgets those of ahead before they are over.
      if (!isRecentProof(ctx.get('dpop'), Date.now())) throw new errors.InvalidDpopProof('the proof is not of now');
      // Counted where the client's key has signed: what anybody else sends takes none of its turns.
      if (!(await asks.takeTurn(CALLS_OF_CLIENT, { kind: 'client', client: clientId }))) throw slowDown();
    },
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    clientBasedCORS: () => false,
    responseTypes: ['code'],
    scopes: ['openid'],
    pkce: { required: () => true },
    subjectTypes: ['pairwise'],
    sectorIdentifierUriValidate: () => false,
    pairwiseIdentifier: async (ctx, session, client) => {
      const held = await asks.standingOf(ctx, client.clientId, session);
      if (held.kind !== 'answered') throw new errors.InvalidGrant('the answer is gone');
      return pairwiseName(pairwiseKey, client['sectorIdentifier'], held.holder.holderName);
    },
    findAccount: findAccountBy(asks),
    // No browser is remembered, so nothing ends with its session.
    expiresWithSession: () => false,
    extraParams: askParams(asks),
    interactions: {
      policy: askPolicy(asks),
      url: (_ctx, { uid }) => `${basePathOf(issuer)}${ASK_PATH}/${uid}`,
    },
    discovery: discoveredOf(asks.trustFramework),
    routes: {
      authorization: AUTHORIZE_PATH,
      backchannel_authentication: BACKCHANNEL_PATH,
      end_session: `${INSTITUTION_PATH}/end`,
      introspection: INTROSPECTION_PATH,
      jwks: JWKS_PATH,
      pushed_authorization_request: PUSHED_REQUEST_PATH,
      revocation: REVOCATION_PATH,
      token: TOKEN_PATH,
    },
    features: {
      ciba: ciba.feature,
      claimsParameter: { enabled: true },
      fapi: { enabled: true, profile: '2.0' },
      clientCredentials: { enabled: true },
      dPoP: { enabled: true },
      pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
      introspection: { enabled: true, allowedPolicy: (_ctx, { clientId }, token) => isOwnToken(token, clientId) },
      revocation: { enabled: true, allowedPolicy: (_ctx, { clientId }, token) => isOwnToken(token, clientId) },
      resourceIndicators: {
        enabled: true,
        defaultResource: (ctx) => (isForApi(ctx) ? resource : []),
        getResourceServerInfo: (ctx, asked) => {
          // An answer is told in the ID token, and the token beside it opens nothing.
          if (asked !== resource || !isForApi(ctx)) throw new errors.InvalidTarget();
          return { scope: scopes.join(' '), audience: resource, accessTokenFormat: 'opaque' };
        },
      },
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
    },
    ttl: {
      AccessToken: CODE_LIFE_SECONDS,
      AuthorizationCode: CODE_LIFE_SECONDS,
      BackchannelAuthenticationRequest: ciba.lifeOf,
      ClientCredentials: TOKEN_LIFE_SECONDS,
      Grant: GRANT_LIFE_SECONDS,
      IdToken: TOKEN_LIFE_SECONDS,
      Interaction: (_ctx, interaction) => authorizationLife(interaction, asks.now()),
      PushedAuthorizationRequest: REQUEST_LIFE_SECONDS,
      Session: CODE_LIFE_SECONDS,
    },
    renderError: (ctx: KoaContextWithOIDC, out) => {
      ctx.type = 'application/json';
      ctx.body = out;
    },
  };
};

/** The provider of OAuth 2.0 and OpenID Connect, with everything off that institutions do not need. */
export const createProvider = (options: ProviderOptions): Provider => {
  const { asks, onFault } = options;
  const ciba = createCiba(asks);
  // An answer is told once. What is not erased for now is when the session is forgotten.
  const after: GrantHook['after'] = async ({ oidc }) => {
    const session = oidc.account?.accountId;
    if (session !== undefined) await asks.eraseRelease(sessionHandle(session)).catch(onFault);
  };
  const hooks = new Map<string, GrantHook>([
    [CIBA_GRANT, { before: ciba.beforePoll, after }],
    ['authorization_code', { after }],
  ]);
  const provider = createHookedProvider(options.issuer, configurationOf(options, ciba), hooks);
  allowKeysByValue(provider);
  correctDiscovery(provider);
  // Its address is what the headers say that are set here, see `answerBy`.
  provider.proxy = true;
  provider.on('server_error', (_ctx, error) => onFault(error));
  hearRefusals(provider, options.onRefused);
  const app: EventEmitter = provider;
  app.on('error', onFault);
  return provider;
};
