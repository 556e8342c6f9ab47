import { createHmac, randomBytes } from 'node:crypto';
import tcb from '@cloudbase/node-sdk';
import { loadSecrets } from '../../local/ecosystem/secrets';
import { watchAdminCalls, type AdminCalls } from '../support/ecosystem/admin-calls';
import { refusal } from '../support/ecosystem/client';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';

let world: EcosystemUnderTest;
let calls: AdminCalls;
let key: Buffer;
let ask: (event: object) => Promise<unknown>;

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  calls = watchAdminCalls(world.cloud);
  key = Buffer.from(loadSecrets(world.dataDir).proofingKey, 'base64url');
  const { envId, secretId, secretKey, serviceUrl } = world.cloud.credentials;
  // Whoever holds the environment's own key pair, as another function of the environment does.
  const app = tcb.init({ env: envId, secretId, secretKey, serviceUrl });
  ask = async (event) => ((await app.callFunction({ name: 'proofing', data: event })) as { result: unknown }).result;
}, START_TIMEOUT);
afterAll(async () => {
  calls.close();
  await world.close();
});

const folder = 'cloud://local-wechat-id.6c6f-local-wechat-id-1300000000/evidence';
const missing = `${folder}/${'0'.repeat(32)}/missing.jpg`;
const selfieCall = { action: 'checkSelfie', selfie: missing };

const macOf = (payload: string, by: Buffer = key): string =>
  createHmac('sha256', by).update(payload).digest('base64url');
const signed = (said: unknown, by: Buffer = key): { payload: string; mac: string } => {
  const payload = typeof said === 'string' ? said : JSON.stringify(said);
  return { payload, mac: macOf(payload, by) };
};

describe('proofing', () => {
  it('serves a call that carries our function’s MAC', async () => {
    const reply = ask(signed({ ...selfieCall, issuedAt: Date.now() }));
    expect(await refusal(reply)).toEqual({ code: 'file_not_found', picture: 'selfie' });
  });

  it('is not reached by a phone', async () => {
    const phone = world.client('oPhoneThatAsksProofing');
    for (const event of [selfieCall, signed({ ...selfieCall, issuedAt: Date.now() })]) {
      const { result, errCode, errMsg } = await phone.call('proofing', event);
      expect({ result, errCode }).toEqual({ result: undefined, errCode: -501023 });
      expect(errMsg).toContain('PERMISSION_DENIED');
    }
  });

  it.each(['/proofing', '/public/proofing', '/.well-known/proofing', '/public/../proofing'])(
    'is not reached over HTTP at %s',
    async (path) => {
      const body = JSON.stringify(signed({ ...selfieCall, issuedAt: Date.now() }));
      expect((await fetch(world.cloud.url + path)).status).toBe(404);
      expect([404, 405]).toContain((await fetch(world.cloud.url + path, { method: 'POST', body })).status);
    },
  );

  it.each<[string, () => object]>([
    ['no MAC', () => selfieCall],
    ['no MAC, a fresh time', () => ({ ...selfieCall, issuedAt: Date.now() })],
    ['a MAC of another key', () => signed({ ...selfieCall, issuedAt: Date.now() }, randomBytes(32))],
    ['a MAC of an empty key', () => signed({ ...selfieCall, issuedAt: Date.now() }, Buffer.alloc(0))],
    ['the MAC of another payload', () => ({ ...signed({ ...selfieCall, issuedAt: Date.now() }), mac: macOf('{}') })],
    [
      'a MAC with one bit turned',
      () => {
        const { payload, mac } = signed({ ...selfieCall, issuedAt: Date.now() });
        const bytes = Buffer.from(mac, 'base64url');
        bytes.writeUInt8((bytes[0] ?? 0) ^ 1, 0);
        return { payload, mac: bytes.toString('base64url') };
      },
    ],
    [
      'a MAC cut off',
      () => {
        const { payload, mac } = signed({ ...selfieCall, issuedAt: Date.now() });
        return { payload, mac: mac.slice(0, 42) };
      },
    ],
    ['an empty MAC', () => ({ ...signed({ ...selfieCall, issuedAt: Date.now() }), mac: '' })],
    ['a MAC that is no text', () => ({ ...signed({ ...selfieCall, issuedAt: Date.now() }), mac: { $gt: '' } })],
    ['a key beside payload and MAC', () => ({ ...signed({ ...selfieCall, issuedAt: Date.now() }), more: 1 })],
    ['our MAC of a minute ago', () => signed({ ...selfieCall, issuedAt: Date.now() - 61_000 })],
    ['our MAC of a minute ahead', () => signed({ ...selfieCall, issuedAt: Date.now() + 61_000 })],
    ['our MAC without a time', () => signed(selfieCall)],
    ['our MAC with a time as text', () => signed({ ...selfieCall, issuedAt: String(Date.now()) })],
    ['our MAC over no object', () => signed([Date.now()])],
    ['our MAC over null', () => signed(null)],
  ])('refuses %s, before any look at a file', async (_what, event) => {
    const sent = event();
    const before = calls.count();
    expect(await refusal(ask(sent))).toEqual({ code: 'caller_unknown' });
    // The call itself, and no other.
    expect(calls.count() - before).toBe(1);
  });

  it.each<[string, object]>([
    ['an operator for a file', { selfie: { $gt: '' } }],
    ['a list for a file', { selfie: [missing] }],
    ['a path that climbs', { selfie: 'file:///etc/passwd' }],
    ['a web address', { selfie: 'http://127.0.0.1:1/x.jpg' }],
    ['a key more', { url: 'http://127.0.0.1:1/' }],
    ['an unknown action', { action: 'readAnything' }],
    ['no action', { action: undefined }],
  ])('refuses our own function %s by the schema, before any look at a file', async (_what, change) => {
    const before = calls.count();
    const { code } = await refusal(ask(signed({ ...selfieCall, issuedAt: Date.now(), ...change })));
    expect(code).toBe('request_invalid');
    expect(calls.count() - before).toBe(1);
  });

  it('fails closed where the payload is no JSON', async () => {
    expect(await refusal(ask(signed('{"action":')))).toEqual({ code: 'internal' });
  });
});
