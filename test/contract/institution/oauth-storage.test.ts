import { randomBytes } from 'node:crypto';
import type { Adapter } from 'oidc-provider';
import type { FoundRecord, OauthRecords } from '../../../cloudfunctions/_adapters/cloudbase/oauth-records';
import { createSealing } from '../../../cloudfunctions/_adapters/crypto/sealing';
import { now } from '../../../cloudfunctions/_adapters/runtime/ambient';
import { resources } from '../../../cloudfunctions/resources';
import { found, startCloudUnderTest, type CloudUnderTest } from '../cloud/cloud-under-test';
import { noAsks } from '../../support/institution/no-asks';

let world: CloudUnderTest;
let records: OauthRecords;
let storageOf: (records: OauthRecords) => (model: string) => Adapter;

beforeAll(async () => {
  const collections = resources.collections.filter(({ name }) => name === 'oauth_records');
  world = await startCloudUnderTest({ collections });
  // The adapters' SDK finds the cloud by the environment that has just been set.
  const { createOauthRecords } = await import('../../../cloudfunctions/_adapters/cloudbase/oauth-records');
  const { createStorage } = await import('../../../cloudfunctions/_adapters/oauth/storage');
  records = createOauthRecords(createSealing(randomBytes(32)));
  storageOf = (ports) => createStorage({ ...ports, now, loadClient: () => Promise.resolve(null) });
});
afterAll(() => world.close());

const storage = (model: string): Adapter => storageOf(records)(model);
const freshName = (): string => randomBytes(16).toString('hex');
const stored = () => found(world.app.database().collection('oauth_records').limit(1000));

describe('what the provider keeps', () => {
  it('is found by its name until it is destroyed', async () => {
    const [tokens, name] = [storage('AccessToken'), freshName()];
    expect(await tokens.find(name)).toBeUndefined();
    await tokens.upsert(name, { accountId: 'holder', kind: 'AccessToken' }, 60);
    expect(await tokens.find(name)).toEqual({ accountId: 'holder', kind: 'AccessToken' });
    await tokens.upsert(name, { accountId: 'holder', scope: 'openid' }, 60);
    expect(await tokens.find(name)).toEqual({ accountId: 'holder', scope: 'openid' });
    await tokens.destroy(name);
    expect(await tokens.find(name)).toBeUndefined();
  });

  it('is of its model: a token of one kind is none of another', async () => {
    const name = freshName();
    await storage('AccessToken').upsert(name, {}, 60);
    expect(await storage('RefreshToken').find(name)).toBeUndefined();
  });

  it('is found by its other name', async () => {
    const [name, uid] = [freshName(), freshName()];
    await storage('Session').upsert(name, { uid, accountId: 'holder' }, 60);
    expect(await storage('Session').findByUid(uid)).toEqual({ uid, accountId: 'holder' });
    expect(await storage('Session').findByUid(freshName())).toBeUndefined();
  });

  it('is used up once, of all who try at the same time', async () => {
    const [codes, name] = [storage('AuthorizationCode'), freshName()];
    await codes.upsert(name, { grantId: freshName() }, 60);
    const tries = await Promise.allSettled([1, 2, 3, 4].map(() => codes.consume(name)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const tried of tries.filter((one) => one.status === 'rejected'))
      expect(tried.reason).toMatchObject({ error: 'invalid_grant', statusCode: 400 });
    expect((await codes.find(name))?.consumed).toEqual(expect.any(Number));
    await expect(codes.consume(freshName())).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('is an authorization in a browser once: of all tabs that come back one ends it, and none revives it', async () => {
    const [interactions, name] = [storage('Interaction'), freshName()];
    await interactions.upsert(name, { params: {} }, 60);
    await interactions.upsert(name, { params: {}, result: { error: 'access_denied' } }, 60);
    expect(await interactions.find(name)).toMatchObject({ result: { error: 'access_denied' } });
    const ends = await Promise.allSettled([1, 2, 3, 4].map(() => interactions.destroy(name)));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const end of ends.filter((one) => one.status === 'rejected'))
      expect(end.reason).toMatchObject({ error: 'invalid_request', statusCode: 400 });
    const late = interactions.upsert(name, { params: {}, result: { login: { accountId: 'a-holder' } } }, 60);
    await expect(late).rejects.toMatchObject({ error: 'invalid_request' });
    expect(await interactions.find(name)).toBeUndefined();
  });

  it('is a pushed request whose second use is refused by name', async () => {
    const [requests, name] = [storage('PushedAuthorizationRequest'), freshName()];
    await requests.upsert(name, { request: 'a.b.' }, 60);
    await requests.consume(name);
    await expect(requests.consume(name)).rejects.toMatchObject({ error: 'invalid_request_uri' });
  });

  it('falls with its grant, and nothing else does', async () => {
    const [grantId, first, second, other] = [freshName(), freshName(), freshName(), freshName()];
    await storage('AccessToken').upsert(first, { grantId }, 60);
    await storage('RefreshToken').upsert(second, { grantId }, 60);
    await storage('AccessToken').upsert(other, { grantId: freshName() }, 60);
    await storage('AccessToken').revokeByGrantId(grantId);
    expect(await storage('AccessToken').find(first)).toBeUndefined();
    expect(await storage('RefreshToken').find(second)).toBeUndefined();
    expect(await storage('AccessToken').find(other)).toBeDefined();
  });

  it('is forgotten once it is over, and not before', async () => {
    const [over, good] = [freshName(), freshName()];
    await storage('AccessToken').upsert(over, {}, 60);
    await storage('AccessToken').upsert(good, {}, 3600);
    expect(await records.forgetOauthRecords(now() + 120_000)).toBeGreaterThanOrEqual(1);
    expect(await storage('AccessToken').find(over)).toBeUndefined();
    expect(await storage('AccessToken').find(good)).toBeDefined();
  });

  it('has an end', async () => {
    await expect(storage('AccessToken').upsert(freshName(), {})).rejects.toThrow('would never end');
  });

  it('tells a reader of the database neither names nor whom it is about', async () => {
    const [name, grantId, uid] = [freshName(), freshName(), freshName()];
    await storage('Session').upsert(name, { accountId: 'a-holder', grantId, uid }, 3600);
    const text = JSON.stringify(await stored());
    for (const secret of [name, grantId, uid, 'a-holder']) expect(text).not.toContain(secret);
  });

  it('opens in its own place alone', async () => {
    const [mine, theirs] = [freshName(), freshName()];
    await storage('AccessToken').upsert(mine, { accountId: 'me' }, 3600);
    const before = new Set((await stored()).map(({ _id }) => _id));
    await storage('AccessToken').upsert(theirs, { accountId: 'them' }, 3600);
    const all = await stored();
    const [{ _id: to } = {}] = all.filter(({ _id }) => !before.has(_id));
    const from = all.find(({ _id }) => _id !== to);
    const { dataKey, sealed } = from ?? {};
    await world.app.database().collection('oauth_records').doc(String(to)).update({ dataKey, sealed });
    await expect(storage('AccessToken').find(theirs)).rejects.toThrow();
  });
});

describe('the trace of a proof', () => {
  /** Nobody goes on from having found nothing until both have. */
  const together = (): OauthRecords => {
    let waiting = 0;
    let release: () => void = () => undefined;
    const both = new Promise<void>((resolve) => {
      release = resolve;
    });
    const loadRecord = async (model: string, id: string): Promise<FoundRecord | null> => {
      const one = await records.loadRecord(model, id);
      waiting += 1;
      if (waiting === 2) release();
      await both;
      return one;
    };
    return { ...records, loadRecord };
  };

  it('is left once by two instances that both found none', async () => {
    const { createProvider } = await import('../../../cloudfunctions/_adapters/oauth/provider');
    const { makeIssuerKey } = await import('../../../local/ecosystem/issuer-keys');
    const shared = together();
    const { kty, crv, x, y, d, kid } = makeIssuerKey();
    const instance = () =>
      createProvider({
        issuer: 'https://issuer.example',
        signingKey: { kty, crv, x, y, d, kid },
        pairwiseKey: randomBytes(32),
        storage: storageOf(shared),
        asks: noAsks,
        onFault: () => undefined,
        onRefused: () => undefined,
      });
    const [iss, jti, exp] = ['a-client', freshName(), Math.floor(now() / 1000) + 60];
    const left = await Promise.allSettled(
      [instance(), instance()].map(({ ReplayDetection }) => ReplayDetection.unique(iss, jti, exp)),
    );
    expect(left.filter((one) => one.status === 'fulfilled').map(({ value }) => value)).toEqual([true]);
    const [lost] = left.filter((one) => one.status === 'rejected');
    expect(lost?.reason).toMatchObject({ error: 'invalid_request', statusCode: 400 });
    expect(await instance().ReplayDetection.unique(iss, jti, exp)).toBe(false);
  });
});
