import type { Now } from '../../_core/ambient-ports';
import type { Provider } from './library';
import { createProvider, type ProviderOptions } from './provider';
import type { ProviderKeys } from './provider-keys';

/** The provider that signs with the key of the hour: an instance outlives a change of keys. */
export const createCurrentProvider = (
  options: Omit<ProviderOptions, 'signingKey'>,
  keys: Pick<ProviderKeys, 'signing'>,
  now: Now,
): (() => Provider) => {
  let current: { readonly kid: string; readonly provider: Provider } | null = null;
  return () => {
    const signingKey = keys.signing(now());
    const { kid } = signingKey;
    if (current?.kid !== kid) current = { kid, provider: createProvider({ ...options, signingKey }) };
    return current.provider;
  };
};
