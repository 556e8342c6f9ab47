import * as oidc from 'openid-client';

/** How far apart this machine's clock and the service's may be, in seconds. */
const CLOCK_TOLERANCE = 30;

const importKey = (jwk) => crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);

/** What went wrong, by the codes of OAuth and CIBA; the service's own code, where it gives one, stands before the colon. */
const refusalOf = ({ error = 'unreachable', error_description: description = '' }) => {
  const [reason] = /^[a-z_]+(?=: )/.exec(description) ?? [];
  return reason ? `${error} ${reason}` : error;
};

/**
 * A server of a partner's as a client of the service.
 * @param settings.issuer the service's address, or the sandbox's below it
 * @param settings.clientId the name under which two operators registered this server
 * @param settings.key its private key, a JWK with `kid`
 */
export const connect = async ({ issuer, clientId, key }) => {
  const address = new URL(issuer);
  const config = await oidc.discovery(
    address,
    clientId,
    { [oidc.clockTolerance]: CLOCK_TOLERANCE },
    oidc.PrivateKeyJwt({ key: await importKey(key), kid: key.kid }),
    // A service on this machine has no certificate; every other is asked over TLS.
    address.protocol === 'http:' ? { execute: [oidc.allowInsecureRequests] } : {},
  );
  const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair());

  const token = async () => {
    const answer = await oidc.clientCredentialsGrant(config, { scope: 'verifications' }, { DPoP });
    return answer.access_token;
  };

  /** Asks the API. @returns status and body */
  const call = async (accessToken, method, path, body, more = {}) => {
    const url = new URL(`institution/${path}`, `${issuer}/`);
    const headers = new Headers({ ...(body && { 'content-type': 'application/json' }), ...more });
    const sent = body ? JSON.stringify(body) : undefined;
    const reply = await oidc.fetchProtectedResource(config, accessToken, url, method, sent, headers, { DPoP });
    return { status: reply.status, body: await reply.json() };
  };

  return {
    token,
    /** What the service knows of this server: a token and a proof that are right. */
    self: async (accessToken) => (await call(accessToken, 'GET', 'self')).body,
    /**
     * Asks a holder by CIBA, and waits for the answer as long as that takes.
     * @returns the claims of the ID token, or why there are none
     */
    ask: async (parameters) => {
      try {
        const asked = await oidc.initiateBackchannelAuthentication(config, { scope: 'openid', ...parameters });
        const tokens = await oidc.pollBackchannelAuthenticationGrant(config, asked, undefined, { DPoP });
        return { ok: true, claims: tokens.claims() };
      } catch (error) {
        return { ok: false, refusal: refusalOf(error) };
      }
    },
    /** Shows a counter's own code, which the holder scans first. */
    openCounter: (accessToken, order) => call(accessToken, 'POST', 'counters', order),
    /** Has a code checked that was scanned at a counter; under the same key the same order is the same check. */
    verify: (accessToken, idempotencyKey, order) =>
      call(accessToken, 'POST', 'verifications', order, { 'idempotency-key': idempotencyKey }),
    /** How the card of a check stands now. */
    cardStatus: async (accessToken, reference) =>
      (await call(accessToken, 'GET', `cards/${encodeURIComponent(reference)}/status`)).body.status,
  };
};
