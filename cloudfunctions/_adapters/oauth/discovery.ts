import type { KoaContextWithOIDC } from 'oidc-provider';
import { checkMethods, type TrustFramework } from '../../../protocol';
import type { Provider } from './library';
import { openIdClaimNames } from './told-claims';

/** What the metadata says of verified claims (OpenID Connect for Identity Assurance 1.0, section 8). */
export const discoveredOf = (trustFramework: TrustFramework) => ({
  verified_claims_supported: true,
  trust_frameworks_supported: [trustFramework],
  claims_in_verified_claims_supported: openIdClaimNames,
  evidence_supported: ['document'],
  documents_supported: ['idcard'],
  documents_check_methods_supported: checkMethods,
  ui_locales_supported: ['zh-CN', 'en'],
});

/** What the library says of every provider, and is not so of this one. */
const corrected = {
  backchannel_user_code_parameter_supported: false,
  response_modes_supported: ['query'],
};

/** Has the metadata say what is so. */
export const correctDiscovery = (provider: Provider): void => {
  provider.use(async (ctx, next) => {
    await next();
    const { oidc } = ctx as Partial<Pick<KoaContextWithOIDC, 'oidc'>>;
    if (oidc?.route === 'discovery') Object.assign(ctx.body as object, corrected);
  });
};
