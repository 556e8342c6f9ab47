import * as oidc from 'openid-client';

/** How far apart this function's clock and the provider's may be, in seconds. */
const CLOCK_TOLERANCE = 30;

/** What went wrong, by the codes of OAuth; the provider's own closed code, where it gives one, stands before the colon. */
export const refusalOf = ({ error: code = 'unreachable', error_description: description = '' }) => {
  const [reason = ''] = /^[a-z_]+(?=: )/.exec(description) ?? [];
  return { ok: false, code, reason };
};

const importPair = async ({ d, ...publicJwk }) => {
  const kind = { name: 'ECDSA', namedCurve: 'P-256' };
  return {
    privateKey: await crypto.subtle.importKey('jwk', { ...publicJwk, d }, kind, false, ['sign']),
    publicKey: await crypto.subtle.importKey('jwk', publicJwk, kind, true, ['verify']),
  };
};

/** A ticket bears the name and the number of who travels. */
const claimsRequest = JSON.stringify({
  id_token: {
    verified_claims: { verification: { trust_framework: null }, claims: { name: null, number: null } },
  },
});

/**
 * The railway as a client of the provider.
 * @param settings.issuer the provider's address
 * @param settings.clientId the name under which an operator registered this function
 * @param settings.key the private key by which it proves who it is, a JWK with `kid`
 * @param settings.tokenKey the private key that codes and tokens are bound to, a JWK: every instance has the same, since the one that
 * begins need not be the one that ends
 * @param settings.callback where the browser comes back to, as it is registered
 */
export const connect = async ({ issuer, clientId, key, tokenKey, callback }) => {
  const { privateKey } = await importPair(key);
  const address = new URL(issuer);
  const config = await oidc.discovery(
    address,
    clientId,
    { [oidc.clockTolerance]: CLOCK_TOLERANCE },
    oidc.PrivateKeyJwt({ key: privateKey, kid: key.kid }),
    // A provider on this machine has no certificate; every other is asked over TLS.
    address.protocol === 'http:' ? { execute: [oidc.allowInsecureRequests] } : {},
  );
  const DPoP = oidc.getDPoPHandle(config, await importPair(tokenKey));

  return {
    /** Asks who travels. @returns where the browser goes, and what is to be kept until it is back; or by which codes it was refused */
    ask: async (bindingMessage) => {
      const kept = {
        verifier: oidc.randomPKCECodeVerifier(),
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
      };
      const parameters = {
        redirect_uri: callback,
        scope: 'openid',
        purpose: 'train-ticket',
        claims: claimsRequest,
        binding_message: bindingMessage,
        code_challenge: await oidc.calculatePKCECodeChallenge(kept.verifier),
        code_challenge_method: 'S256',
        state: kept.state,
        nonce: kept.nonce,
      };
      try {
        const goTo = await oidc.buildAuthorizationUrlWithPAR(config, parameters, { DPoP });
        return { ok: true, goTo: goTo.href, kept };
      } catch (error) {
        return refusalOf(error);
      }
    },
    /** Who travels, now that the browser is back. @returns the ID token's claims; or by which codes it was refused */
    hear: async (query, { verifier, state, nonce }) => {
      try {
        const tokens = await oidc.authorizationCodeGrant(
          config,
          new URL(`${callback}?${query}`),
          { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
          undefined,
          { DPoP },
        );
        return { ok: true, told: tokens.claims() };
      } catch (error) {
        return refusalOf(error);
      }
    },
  };
};
