import { createHmac } from 'node:crypto';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import { instant, noticeId } from '../../../protocol';
import { createDrawNames } from '../../../cloudfunctions/_adapters/crypto/holder-names';
import { readIssuerKeys } from '../../../cloudfunctions/_adapters/crypto/issuer-keys';
import { createReferences } from '../../../cloudfunctions/_adapters/crypto/references';
import { createSignNotice } from '../../../cloudfunctions/_adapters/oauth/event-tokens';
import { pairwiseName, sectorOf } from '../../../cloudfunctions/_adapters/oauth/pairwise';
import { readProviderKeys } from '../../../cloudfunctions/_adapters/oauth/provider-keys';
import type { Happened, Told } from '../../../cloudfunctions/_core/notices/notice';
import { makeIssuerKey, rotated } from '../../../local/ecosystem/issuer-keys';
import { keySetOf } from '../../../local/ecosystem/secrets';
import { holderNumber } from '../../support/notice-world';

const issuer = 'https://id.example.cn';
const now = () => instant(Date.now());
const at = instant(1_780_000_000_000);
const until = instant(1_790_000_000_000);
const id = noticeId('a1'.repeat(16));
const pairwiseKey = new Uint8Array(32).fill(3);
const draw = (dataKey: string, context: string): Buffer => createHmac('sha256', dataKey).update(context).digest();
const references = createReferences(new Uint8Array(32).fill(4), { draw });
const names = createDrawNames({ draw })(holderNumber(1), 'a-bank');

const keys = [makeIssuerKey()];
const signBy = (set: typeof keys) =>
  createSignNotice({
    ...{ issuer, now, pairwiseKey, referenceOf: references.referenceOf },
    keys: readIssuerKeys(keySetOf(set)),
  });
const tell = (happened: Happened, set = keys): string => {
  const told: Told = { partner: 'a-bank', names, until, happened };
  return signBy(set)('bank-server', { id, queuedAt: instant(at + 2999) }, told);
};
const publishedBy = (set: typeof keys) =>
  createLocalJWKSet({ keys: readProviderKeys(keySetOf(set)).published(now()) } as unknown as JSONWebKeySet);
const expectedOf = { issuer, audience: 'bank-server', typ: 'secevent+jwt', algorithms: ['ES256'] };

describe('the token of a notice', () => {
  it('is a security event token that a library of anybody’s verifies by the provider’s published keys', async () => {
    const token = tell({ kind: 'card-status-changed', status: 'suspended', at });
    const { payload } = await jwtVerify(token, publishedBy(keys), expectedOf);
    const reference = references.referenceTo(holderNumber(1), 'a-bank', until);
    const sub = pairwiseName(
      pairwiseKey,
      new URL(sectorOf('a-bank')).host,
      draw('data key 1', 'holder name').toString('base64url'),
    );
    expect(payload).toEqual({
      ...{ iss: issuer, aud: 'bank-server', iat: 1_780_000_002, jti: id },
      sub_id: { format: 'iss_sub', iss: issuer, sub },
      events: {
        [`${issuer}/public/events/card-status-changed`]: {
          ...{ card_reference: reference, consent_until: 1_790_000_000, status: 'suspended' },
          event_timestamp: 1_780_000_000,
        },
      },
    });
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', typ: 'secevent+jwt', kid: keys[0]?.kid });
  });

  it('says of a withdrawal no status', async () => {
    const { payload } = await jwtVerify(tell({ kind: 'consent-withdrawn', at }), publishedBy(keys), expectedOf);
    const [[name, event] = []] = Object.entries(payload['events'] as Record<string, object>);
    expect(name).toBe(`${issuer}/public/events/consent-withdrawn`);
    expect(Object.keys(event ?? {}).sort()).toEqual(['card_reference', 'consent_until', 'event_timestamp']);
  });

  it('says the same at each try, also once another key signs', async () => {
    const next = [...rotated(keys)];
    const [first, second] = [tell({ kind: 'consent-withdrawn', at }), tell({ kind: 'consent-withdrawn', at }, next)];
    expect(decodeProtectedHeader(second).kid).not.toBe(decodeProtectedHeader(first).kid);
    const read = async (token: string) => (await jwtVerify(token, publishedBy(next), expectedOf)).payload;
    expect(await read(second)).toEqual(await read(first));
  });

  it('is believed by nobody under another key, changed, or for another server', async () => {
    const token = tell({ kind: 'consent-withdrawn', at });
    await expect(jwtVerify(token, publishedBy([makeIssuerKey()]), expectedOf)).rejects.toThrow();
    const [header, , signature] = token.split('.');
    const [, payload] = tell({ kind: 'card-status-changed', status: 'valid', at }).split('.');
    await expect(jwtVerify([header, payload, signature].join('.'), publishedBy(keys), expectedOf)).rejects.toThrow();
    const other = { ...expectedOf, audience: 'railway-server' };
    await expect(jwtVerify(token, publishedBy(keys), other)).rejects.toThrow();
  });
});
