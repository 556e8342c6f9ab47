import * as oauth from 'openid-client';
import { PURPOSE } from './asking';
import type { Server } from './provider-world';

type Client = Pick<Server, 'config' | 'DPoP'>;

/** An authorization as a bank's server has begun it. */
export interface Begun {
  /** Where its browser is sent. */
  readonly address: string;
  readonly checks: {
    readonly pkceCodeVerifier: string;
    readonly expectedState: string;
    readonly expectedNonce: string;
  };
}

/** Begins an authorization. @param asked the address to come back to, and parameters in the place of good ones, or beside them */
export const beginBy = async (
  { config, DPoP }: Client,
  asked: Readonly<Record<string, string>> & { readonly redirect_uri: string },
): Promise<Begun> => {
  const [verifier, state, nonce] = [oauth.randomPKCECodeVerifier(), oauth.randomState(), oauth.randomNonce()];
  const code_challenge = await oauth.calculatePKCECodeChallenge(verifier);
  const { href } = await oauth.buildAuthorizationUrlWithPAR(
    config,
    {
      ...{ scope: 'openid', purpose: PURPOSE, state, nonce, code_challenge, code_challenge_method: 'S256' },
      ...asked,
    },
    { DPoP },
  );
  return { address: href, checks: { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce } };
};

/** Redeems the code of the address that the browser came back to. */
export const redeemBy = ({ config, DPoP }: Client, leads: string, checks: Begun['checks']) =>
  oauth.authorizationCodeGrant(config, new URL(leads), checks, undefined, { DPoP });
