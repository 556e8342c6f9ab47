import type { AllClientMetadata } from 'oidc-provider';
import type { ActiveInstitution } from '../../_core/institutions/institution';
import { CIBA_GRANT } from './ciba';
import type { Provider } from './library';
import { sectorOf } from './pairwise';

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/** Whether a browser may be sent back there: over TLS, or to the loopback of its own machine (RFC 8252, section 7.3) where that is allowed. */
const isRedirectUri = (address: string, takesLoopback: boolean): boolean => {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password, hash } = new URL(address);
  if (username !== '' || password !== '' || hash !== '') return false;
  return protocol === 'https:' || (takesLoopback && protocol === 'http:' && LOOPBACK.includes(hostname));
};

/**
 * What of an institution the library needs to know.
 * @param takesLoopback whether browsers may be sent back to the machine that they run on
 */
export const clientMetadata = (
  { institution, partner }: ActiveInstitution,
  takesLoopback: boolean,
): AllClientMetadata => {
  const redirectUris = institution.redirectUris.filter((address) => isRedirectUri(address, takesLoopback));
  const hasPages = redirectUris.length > 0;
  return {
    client_id: institution.clientId,
    client_name: partner.names.en,
    grant_types: ['client_credentials', CIBA_GRANT, ...(hasPages ? ['authorization_code'] : [])],
    backchannel_token_delivery_mode: 'poll',
    response_types: hasPages ? ['code'] : [],
    response_modes: ['query'],
    redirect_uris: redirectUris,
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    dpop_bound_access_tokens: true,
    subject_type: 'pairwise',
    sector_identifier_uri: sectorOf(partner.id),
    jwks: { keys: institution.keys.map((key) => ({ ...key, use: 'sig', alg: 'ES256' })) },
  };
};

/** A client's metadata while the library checks it. */
interface Schema {
  readonly jwks?: unknown;
  readonly sector_identifier_uri?: unknown;
  invalidate: (this: Schema, message: string, code?: string) => void;
}

/**
 * Lets clients with pairwise names use CIBA with keys by value. The library asks for `jwks_uri` to find that address in the document of the
 * client's sector (CIBA Core 1.0, section 4); here nothing of a client is fetched, and its sector is known from its registration. What may be
 * overlooked is said by the method that the library documents for that.
 */
export const allowKeysByValue = (provider: Provider): void => {
  // `Schema` is the static member that the library checks clients with; its types leave it out.
  const { prototype } = (provider.Client as unknown as { readonly Schema: { readonly prototype: Schema } }).Schema;
  const { invalidate } = prototype;
  prototype.invalidate = function (message, code) {
    const isKnown = this.jwks !== undefined && this.sector_identifier_uri !== undefined;
    if (!(isKnown && message === 'jwks_uri is mandatory property')) invalidate.call(this, message, code);
  };
};
