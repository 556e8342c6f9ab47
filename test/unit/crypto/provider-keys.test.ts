import { createCurrentProvider } from '../../../cloudfunctions/_adapters/oauth/current-provider';
import { readProviderKeys } from '../../../cloudfunctions/_adapters/oauth/provider-keys';
import { makeIssuerKey, type LocalIssuerKey } from '../../../local/ecosystem/issuer-keys';
import { keySetOf } from '../../../local/ecosystem/secrets';
import { instant } from '../../../protocol';
import { noAsks } from '../../support/institution/no-asks';

const HOUR_S = 3600;
const first = makeIssuerKey();
/** Signs from an hour later on; the key before it is published and believed for longer. */
const next: LocalIssuerKey = { ...makeIssuerKey(), nbf: first.nbf + HOUR_S };

const before = instant(first.nbf * 1000 + 1000);
const after = instant((next.nbf + 1) * 1000);

describe('the keys of the provider of OAuth', () => {
  it('sign one after the other, and are published together', () => {
    const keys = readProviderKeys(keySetOf([first, next]));
    expect([keys.signing(before).kid, keys.signing(after).kid]).toEqual([first.kid, next.kid]);
    for (const at of [before, after]) expect(keys.published(at).map(({ kid }) => kid)).toEqual([first.kid, next.kid]);
  });

  it('are published without private parts, and need none once they retire', () => {
    const { d: _gone, ...retiring } = { ...first, state: 'retiring' as const };
    const keys = readProviderKeys(JSON.stringify({ keys: [retiring, next] }));
    expect(keys.signing(after)).toMatchObject({ kid: next.kid, d: next.d, alg: 'ES256' });
    expect(JSON.stringify(keys.published(after))).not.toContain(next.d);
    expect(keys.published(after).map(({ kid }) => kid)).toEqual([first.kid, next.kid]);
  });

  it('are taken by an instance that outlives one of them', () => {
    let at = before;
    const refuse = (): Promise<never> => Promise.reject(new Error('nothing is stored here'));
    const provider = createCurrentProvider(
      {
        issuer: 'https://issuer.example',
        pairwiseKey: new Uint8Array(32),
        storage: () => ({
          ...{ upsert: refuse, find: refuse, findByUid: refuse, findByUserCode: refuse },
          ...{ consume: refuse, destroy: refuse, revokeByGrantId: refuse },
        }),
        asks: noAsks,
        onFault: () => undefined,
        onRefused: () => undefined,
      },
      readProviderKeys(keySetOf([first, next])),
      () => at,
    );
    const early = provider();
    expect(provider()).toBe(early);
    at = after;
    expect(provider()).not.toBe(early);
  });
});
