import { randomBytes } from 'node:crypto';
import { instant, parseCounterCode, validators, verifyReceipt } from '../../protocol';
import { verifySignature } from '../../cloudfunctions/_adapters/crypto/es256';
import { readPublicIssuerKeys } from '../../cloudfunctions/_adapters/crypto/issuer-keys';
import type { DescribedCaller } from '../../cloudfunctions/_core/institutions/describe-server';
import { samplePartners } from '../../local/ecosystem/partners';
import { keySetOf, loadSecrets, publicKeySetOf } from '../../local/ecosystem/secrets';
import { accepted } from '../support/ecosystem/client';
import { databaseOf } from '../support/ecosystem/database';
import { deleteAccount } from '../support/ecosystem/deletion';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { enrol, type EnrolledHolder } from '../support/ecosystem/enrolment';
import { picturesOf } from '../support/ecosystem/pictures';
import { openShowing, PURPOSE } from '../support/ecosystem/showing';

const PARTNER = 'sample-parcel-shop';
const PICTURES = picturesOf('lin-zhiyuan');

let world: EcosystemUnderTest;
let holder: EnrolledHolder;
/** Asks as the servers of the parcel station, over the service's own documents. */
let ask: (line: string, body?: object, key?: string, clientId?: string) => Promise<{ status: number; body: object }>;

const caller = (clientId: string): DescribedCaller => {
  const { grants: granted = [], names = { zh: '', en: '' } } = samplePartners.find(({ id }) => id === PARTNER) ?? {};
  const grants = granted.map(({ purpose, claims }) => ({ purpose, claims: [...claims], perDay: 2000 }));
  return { clientId, partner: { id: PARTNER, names, grants }, scopes: new Set(['verifications']) };
};

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  holder = await enrol(world.client('oHolderAtABank'), PICTURES);
  Object.assign(process.env, world.cloud.sdkEnvironment);
  // The SDK takes its environment where it is loaded.
  const { createVerificationPorts } = await import('../../cloudfunctions/institution/ports');
  const { createVerificationRoutes, redeeming } = await import('../../cloudfunctions/_adapters/institutions/routes');
  const { dataKey, indexKey, receiptKeys } = loadSecrets(world.dataDir);
  const ports = createVerificationPorts({
    issuer: world.cloud.url,
    dataKey: Buffer.from(dataKey, 'base64url'),
    indexKey: Buffer.from(indexKey, 'base64url'),
    referenceKey: randomBytes(32),
    receiptKeys: keySetOf(receiptKeys),
  });
  const routes = createVerificationRoutes(redeeming({ ...ports, log: () => undefined }), {
    ...{ name: 'institution', issuer: world.cloud.url, path: '' },
  });
  ask = async (line, body, key = randomBytes(16).toString('hex'), clientId = 'parcel-servers') => {
    const [method = '', path = ''] = line.split(' ');
    const headers = new Map([
      ['content-type', 'application/json'],
      ['idempotency-key', key],
    ]);
    const request = { method, path, query: new Map<string, string>(), headers, body: body ? JSON.stringify(body) : '' };
    const reply = await routes(request, () => Promise.resolve({ ok: true, value: caller(clientId) }));
    if (!reply) throw new Error(`nothing answers ${line}`);
    return { status: reply.statusCode, body: JSON.parse(reply.body) as object };
  };
}, START_TIMEOUT);
afterAll(() => world.close());

const order = async (counter = 'Desk 1') => {
  const { code } = await openShowing(holder.client, holder.key);
  return { code: code(), purpose: PURPOSE, counter };
};
const byHolder = (said: object) => holder.client.ask('holder', said);

const verified = async () => {
  const { body } = await ask('POST /verifications', await order());
  if (!validators.Verification(body)) throw new Error(JSON.stringify(body));
  return body;
};

describe('the servers of a partner', () => {
  it('have a code checked once, repeat it, and read it later', async () => {
    const [asked, key] = [await order(), randomBytes(16).toString('hex')];
    const first = await ask('POST /verifications', asked, key);
    expect(first.status).toBe(200);
    expect(await ask('POST /verifications', asked, key)).toEqual(first);
    expect(await ask('POST /verifications', { ...asked, counter: 'Desk 2' }, key)).toMatchObject({
      status: 409,
      body: { code: 'idempotency_key_reused' },
    });
    expect((await ask('POST /verifications', asked)).body).toMatchObject({ code: 'code_already_used' });
    const { id, receipt } = first.body as { id: string; receipt: string };
    const keys = readPublicIssuerKeys(publicKeySetOf(loadSecrets(world.dataDir).receiptKeys)).trusted(
      instant(Date.now()),
    );
    const expected = { expectedIssuer: world.cloud.url, keys, verify: verifySignature };
    expect(verifyReceipt(receipt, expected)).toMatchObject({
      ok: true,
      receipt: { eventId: id, shop: 'parcel-servers', terminal: 'Desk 1' },
    });
    const made = await ask(`GET /verifications/${id}`);
    expect(validators.MadeVerification(made.body)).toBe(true);
    expect(made.body).toMatchObject({ id, receipt, counter: 'Desk 1', look: null });
    expect((await ask(`POST /verifications/${id}/look`, { look: 'same' })).status).toBe(200);
    expect((await ask(`GET /verifications/${id}`)).body).toMatchObject({ look: 'same' });
    expect((await ask(`GET /verifications/${id}`, undefined, key, 'others')).status).toBe(404);
    const history = await accepted(byHolder({ action: 'listHistory' }), validators.ListHistoryReply);
    expect(history.entries).toContainEqual(
      expect.objectContaining({ kind: 'card_checked', id, terminal: 'Desk 1', look: 'same' }),
    );
  });

  it('open a counter whose code a holder scans first', async () => {
    const opened = await ask('POST /counters', { purpose: PURPOSE, counter: 'Desk 1' });
    if (!validators.OpenedCounter(opened.body)) throw new Error(JSON.stringify(opened.body));
    const { session, code } = opened.body;
    expect(parseCounterCode(code)).toBe(session);
    const claimed = byHolder({ action: 'claimCounter', session });
    expect(await accepted(claimed, validators.ClaimCounterReply)).toMatchObject({ terminal: 'Desk 1' });
    expect((await ask(`GET /counters/${session}`)).body).toEqual({ state: 'claimed', reason: null });
  });

  it('are stopped with the day’s quota, and each key of theirs is forgotten after a day', async () => {
    const database = databaseOf(world.cloud);
    const partner = database.collection('partners').where({ _id: PARTNER });
    await partner.update({ 'grants.0.perDay': 1 });
    await world.cloud.runTimer('quotas');
    expect((await ask('POST /verifications', await order())).body).toMatchObject({ code: 'quota_used' });
    await partner.update({ throttled: database.command.remove() });
    const usedKeys = database.collection('used_keys');
    const { total } = (await usedKeys.where({}).count()) as { total: number };
    expect(total).toBeGreaterThan(2);
    await usedKeys.where({}).update({ expiresAt: Date.now() - 1 });
    await world.cloud.runTimer('forget');
    expect(await usedKeys.where({}).count()).toMatchObject({ total: 0 });
  });

  it('ask by a reference how the card stands, until its holder has everything deleted', async () => {
    const { reference } = await verified();
    const status = async () => (await ask(`GET /cards/${reference}/status`)).body;
    expect(await status()).toMatchObject({ status: 'valid' });
    expect((await verified()).reference).toBe(reference);
    await accepted(byHolder({ action: 'suspendCard' }), validators.CardReply);
    expect(await status()).toMatchObject({ status: 'suspended' });
    await accepted(byHolder({ action: 'resumeCard' }), validators.CardReply);

    await deleteAccount(holder);
    expect(await status()).toMatchObject({ status: 'unknown' });
    holder = await enrol(world.client('oHolderAnew'), PICTURES);
    expect(await status()).toMatchObject({ status: 'unknown' });
    expect((await verified()).reference).not.toBe(reference);
  });
});
