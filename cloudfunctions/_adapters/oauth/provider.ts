import type { EventEmitter } from 'node:events';
import type { AdapterFactory, Configuration, JWK, KoaContextWithOIDC } from 'oidc-provider';
import { errors, Provider } from './library';
import { pairwiseName } from './pairwise';

/** Below this path everything of institutions is answered. */
export const INSTITUTION_PATH = '/institution';
/** Where the keys that sign for the provider are published. */
export const JWKS_PATH = `${INSTITUTION_PATH}/jwks`;

/** What a token may be for. */
export const scopes = ['verifications'] as const;
export type Scope = (typeof scopes)[number];

/** How far apart two clocks may be, in seconds: servers keep time by NTP. */
const CLOCK_TOLERANCE_SECONDS = 30;
/** For how long a client's assertion may be good, in seconds: its trace is kept for as long. */
const ASSERTION_LIFE_SECONDS = 300;
const TOKEN_LIFE_SECONDS = 300;
const REQUEST_LIFE_SECONDS = 60;

/** What the provider is made of. */
export interface ProviderOptions {
  /** The public address, without a slash at its end. */
  readonly issuer: string;
  /** The private key that signs, as a JWK. */
  readonly signingKey: JWK;
  /** 32 bytes: makes a holder's name for each partner. */
  readonly pairwiseKey: Uint8Array;
  readonly storage: AdapterFactory;
  /** Takes what the library did not expect. */
  readonly onFault: (error: unknown) => void;
  /** Hears where a client was refused, and by which code of OAuth. */
  readonly onRefused: (at: string, error: string) => void;
}

/** The API that tokens are for (RFC 8707). */
export const resourceOf = (issuer: string): string => `${issuer}${INSTITUTION_PATH}`;

/**
 * The profile has the audience be the issuer and nothing else. Beyond it, no assertion comes from the future, and none is good for long.
 * @throws InvalidClientAuth
 */
const assertAssertion = (issuer: string, claims: Readonly<Record<string, unknown>>): void => {
  const seconds = Date.now() / 1000;
  const { aud, iat, exp } = claims;
  if (aud !== issuer) throw new errors.InvalidClientAuth('the audience must be the issuer');
  if (iat !== undefined && !(typeof iat === 'number' && iat <= seconds + CLOCK_TOLERANCE_SECONDS))
    throw new errors.InvalidClientAuth('the assertion is of the future');
  if (!(typeof exp === 'number' && exp <= seconds + ASSERTION_LIFE_SECONDS + CLOCK_TOLERANCE_SECONDS))
    throw new errors.InvalidClientAuth('the assertion is good for too long');
};

const configurationOf = ({ issuer, signingKey, pairwiseKey, storage }: ProviderOptions): Configuration => {
  const resource = resourceOf(issuer);
  const route = (name: string): string => `${INSTITUTION_PATH}/${name}`;
  return {
    adapter: storage,
    jwks: { keys: [signingKey] },
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
    assertJwtClientAuthClaimsAndHeader: (_ctx, claims) => assertAssertion(issuer, claims),
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    clientBasedCORS: () => false,
    responseTypes: ['code'],
    scopes: ['openid'],
    pkce: { required: () => true },
    subjectTypes: ['pairwise'],
    sectorIdentifierUriValidate: () => false,
    pairwiseIdentifier: (_ctx, accountId, client) => pairwiseName(pairwiseKey, client['sectorIdentifier'], accountId),
    routes: {
      authorization: route('authorize'),
      end_session: route('end'),
      introspection: route('introspect'),
      jwks: JWKS_PATH,
      pushed_authorization_request: route('par'),
      revocation: route('revoke'),
      token: route('token'),
    },
    features: {
      fapi: { enabled: true, profile: '2.0' },
      clientCredentials: { enabled: true },
      dPoP: { enabled: true },
      pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
      introspection: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        getResourceServerInfo: (_ctx, asked) => {
          if (asked !== resource) throw new errors.InvalidTarget();
          return { scope: scopes.join(' '), audience: resource, accessTokenFormat: 'opaque' };
        },
      },
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
    },
    ttl: {
      ClientCredentials: TOKEN_LIFE_SECONDS,
      PushedAuthorizationRequest: REQUEST_LIFE_SECONDS,
    },
    renderError: (ctx: KoaContextWithOIDC, out) => {
      ctx.type = 'application/json';
      ctx.body = out;
    },
  };
};

/** The provider of OAuth 2.0, with everything off that institutions do not need. */
export const createProvider = (options: ProviderOptions): Provider => {
  const provider = new Provider(options.issuer, configurationOf(options));
  // Its address is what the headers say that are set here, see `answerBy`.
  provider.proxy = true;
  provider.on('server_error', (_ctx, error) => options.onFault(error));
  const hear = (at: string) => (_ctx: unknown, refusal: { readonly error: string }) =>
    options.onRefused(at, refusal.error);
  provider.on('grant.error', hear('grant'));
  provider.on('introspection.error', hear('introspection'));
  provider.on('revocation.error', hear('revocation'));
  provider.on('pushed_authorization_request.error', hear('pushed request'));
  provider.on('authorization.error', hear('authorization'));
  const app: EventEmitter = provider;
  app.on('error', options.onFault);
  return provider;
};
