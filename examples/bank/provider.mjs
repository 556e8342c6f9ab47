import * as oidc from 'openid-client';

/** How far apart this server's clock and the provider's may be, in seconds. */
const CLOCK_TOLERANCE = 30;

/** Everything that the account is opened with. */
const CLAIMS = [
  'name',
  'number',
  'gender',
  'birthdate',
  'address',
  'document_issuing_authority',
  'document_expires_on',
];

const importKey = (jwk, extractable) =>
  crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, extractable, ['sign']);

/** The claims request of OpenID Connect for Identity Assurance 1.0, section 6. */
const claimsRequest = JSON.stringify({
  id_token: {
    verified_claims: {
      verification: { trust_framework: null },
      claims: Object.fromEntries(CLAIMS.map((name) => [name, null])),
    },
  },
});

/** What went wrong, by the codes of OAuth and CIBA; the provider's own closed code, where it gives one, stands before the colon. */
export const refusalOf = ({ error: code = 'unreachable', error_description: description = '' }) => {
  const [reason = ''] = /^[a-z_]+(?=: )/.exec(description) ?? [];
  return { code, reason };
};

/**
 * The bank as a client of the provider.
 * @param settings.issuer the provider's address
 * @param settings.clientId the name under which an operator registered this server
 * @param settings.key its private key, a JWK with `kid`
 */
export const connect = async ({ issuer, clientId, key }) => {
  const authentication = oidc.PrivateKeyJwt({ key: await importKey(key, false), kid: key.kid });
  const address = new URL(issuer);
  const config = await oidc.discovery(
    address,
    clientId,
    { [oidc.clockTolerance]: CLOCK_TOLERANCE },
    authentication,
    // A provider on this machine has no certificate; every other is asked over TLS.
    address.protocol === 'http:' ? { execute: [oidc.allowInsecureRequests] } : {},
  );
  const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair());

  const readAPI = async (path) => {
    const { access_token: token } = await oidc.clientCredentialsGrant(config, { scope: 'verifications' }, { DPoP });
    // Below its own name, not beside it: a sandbox has a path.
    const url = new URL(`${config.serverMetadata().issuer}/institution/${path}`);
    const reply = await oidc.fetchProtectedResource(config, token, url, 'GET', null, undefined, { DPoP });
    return reply.json();
  };

  return {
    /** Where the provider publishes the keys by which its tokens are verified. */
    jwksUri: config.serverMetadata().jwks_uri,
    /**
     * Asks a customer for what opening an account takes.
     * @param number nine digits that the customer reads out; null where they scan the teller's screen
     * @param signal gives up waiting
     * @returns what the teller's screen shows meanwhile, and the answer, which may be long in coming; or why it cannot be asked
     */
    ask: async (number, signal) => {
      let asked;
      try {
        asked = await oidc.initiateBackchannelAuthentication(config, {
          scope: 'openid',
          login_hint: number ?? 'scan',
          purpose: 'bank-account-opening',
          claims: claimsRequest,
          acr_values: 'full',
        });
      } catch (error) {
        return { ok: false, ...refusalOf(error) };
      }
      const answer = oidc
        .pollBackchannelAuthenticationGrant(config, asked, undefined, { DPoP, signal })
        .then((tokens) => ({ ok: true, told: tokens.claims() }))
        .catch((error) => ({ ok: false, ...refusalOf(error) }));
      return {
        ok: true,
        shown: { scanCode: asked.scan_code ?? null, bindingMessage: asked.binding_message, answer },
      };
    },
    /**
     * What has become of the card since, by the name that this bank alone was given; where nothing is told, what has become of the customer's
     * consent to ask.
     * @returns a status of the card, or `withdrawn` or `ended`
     */
    cardStatus: async (reference) => {
      const name = encodeURIComponent(reference);
      const { status } = await readAPI(`cards/${name}/status`);
      if (status !== 'unknown') return status;
      const { state } = await readAPI(`consents/${name}`);
      return state === 'withdrawn' || state === 'ended' ? state : status;
    },
  };
};
