import { constants, sign, type KeyObject } from 'node:crypto';
import { createSoterHardware } from '../../../local/phone/headless/soter';
import { cloudFunction, refusal, startCloudUnderTest, type CloudUnderTest } from './cloud-under-test';
import { freshKeys, freshRsaKeys } from '../../support/fresh-key';

const API = 'soter.verifySignature';
const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

let under: CloudUnderTest;
beforeAll(async () => {
  under = await startCloudUnderTest({ functions: [cloudFunction('asking', { openApis: [API] })] });
});
afterAll(() => under.close());

/** What a phone's sensor says to the stand-in before it signs for the first time. */
const register = async (openId: string, body: unknown): Promise<Record<string, unknown>> => {
  const response = await fetch(`${under.cloud.url}/wx/soter/register`, {
    method: 'POST',
    headers: { 'x-local-openid': openId },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, unknown>;
};

/** What WeChat's interface replies through the unmodified SDK. */
const ask = async (requestData: object, apiName = API): Promise<unknown> =>
  (await under.app.callWxOpenApi({ apiName, cgiName: 'commrpcv2', requestData })).result as unknown;

const verified = async (openId: string, json: string, signature: string): Promise<unknown> =>
  ask({ openid: openId, json_string: json, json_signature: signature });

const ok = { errcode: 0, errmsg: 'ok', is_ok: true };
const notOk = { ...ok, is_ok: false };

/** A phone that has made its key known. */
const phoneOf = async (openId: string, cpuId: string) => {
  const hardware = createSoterHardware(cpuId);
  expect(await register(openId, await hardware.registration())).toEqual({ errMsg: 'soter.register:ok' });
  return hardware;
};

describe('WeChat’s verification of SOTER signatures, as the stand-in does it', () => {
  it('knows the signature of a phone of that user', async () => {
    const phone = await phoneOf('oAlice', 'alice-1');
    const { resultJSON, resultJSONSignature } = await phone.sign('the challenge', { fid: '1' });
    expect(await verified('oAlice', resultJSON, resultJSONSignature)).toEqual(ok);
    // Verifying is no use of it: who counts is the service.
    expect(await verified('oAlice', resultJSON, resultJSONSignature)).toEqual(ok);
    await under.restart();
    expect(await verified('oAlice', resultJSON, resultJSONSignature)).toEqual(ok);
  });

  it('knows no signature of another user’s phone, of another phone, or of a phone that it never heard of', async () => {
    const phone = await phoneOf('oBob', 'bob-1');
    await phoneOf('oCarol', 'carol-1');
    const { resultJSON, resultJSONSignature } = await phone.sign('the challenge', { fid: '1' });
    expect(await verified('oCarol', resultJSON, resultJSONSignature)).toEqual(notOk);
    expect(await verified('oCarol', resultJSON.replace('bob-1', 'carol-1'), resultJSONSignature)).toEqual(notOk);
    expect(await verified('oNobody', resultJSON, resultJSONSignature)).toEqual(notOk);
  });

  it.each([
    ['another challenge', (json: string) => json.replace('the challenge', 'the chalenge')],
    ['a higher counter', (json: string) => json.replace('"counter":1', '"counter":2')],
    ['another finger', (json: string) => json.replace('"fid":"1"', '"fid":"2"')],
    ['a blank more', (json: string) => `${json} `],
    ['a text that is no JSON', (json: string) => json.slice(1)],
    ['nothing', () => ''],
  ])('knows no signature under %s', async (what, forge) => {
    const phone = await phoneOf('oDora', what);
    const { resultJSON, resultJSONSignature } = await phone.sign('the challenge', { fid: '1' });
    expect(await verified('oDora', forge(resultJSON), resultJSONSignature)).toEqual(notOk);
  });

  it('takes SHA-256 with RSASSA-PSS and a salt of 20 bytes, and nothing else', async () => {
    const { publicKey, privateKey } = freshRsaKeys(2048);
    const device = { cpu_id: 'erin-1', uid: '10101' };
    await register('oErin', { ...device, pub_key: pem(publicKey) });
    const json = JSON.stringify({ raw: 'c', counter: 1, ...device });
    const signed = (padding: number, saltLength: number, digest = 'sha256'): string =>
      sign(digest, Buffer.from(json), { key: privateKey, padding, saltLength }).toString('base64');
    const { RSA_PKCS1_PSS_PADDING: pss, RSA_PKCS1_PADDING: pkcs1 } = constants;
    expect(await verified('oErin', json, signed(pss, 20))).toEqual(ok);
    expect(await verified('oErin', json, signed(pss, 32))).toEqual(notOk);
    expect(await verified('oErin', json, signed(pss, 20, 'sha1'))).toEqual(notOk);
    expect(await verified('oErin', json, signed(pkcs1, 20))).toEqual(notOk);
    expect(await verified('oErin', json, 'AAAA')).toEqual(notOk);
  });

  it.each([
    ['no open id', { json_string: '{}', json_signature: 'AA==' }, 40003],
    ['an open id that is none', { openid: '{}', json_string: '{}', json_signature: 'AA==' }, 40003],
    ['no text', { openid: 'oAlice', json_signature: 'AA==' }, 47001],
    ['a text that is an object', { openid: 'oAlice', json_string: {}, json_signature: 'AA==' }, 47001],
    ['a list', [], 47001],
  ])('refuses %s by WeChat’s code', async (_, request, errcode) => {
    expect(await ask(request)).toMatchObject({ errcode });
  });

  it('refuses an interface that it has not, by its name', async () => {
    expect(await refusal(ask({}, 'wxa.msgSecCheck'))).toEqual({
      code: 'INVALID_PARAM',
      message: expect.stringContaining('wxa.msgSecCheck is not supported') as string,
    });
  });

  it('is permitted to nobody where no function declares it', async () => {
    const other = await startCloudUnderTest({ functions: [cloudFunction('silent')] });
    try {
      const requestData = { openid: 'oAlice', json_string: '{}', json_signature: 'AA==' };
      const { result } = (await other.app.callWxOpenApi({ apiName: API, requestData })) as { result: unknown };
      expect(result).toMatchObject({ errcode: -604101 });
    } finally {
      await other.close();
    }
  });
});

describe('the stand-in for a phone’s attested key', () => {
  it('believes the first key of a phone, the same again, and no other', async () => {
    const device = { cpu_id: 'frank-1', uid: '10101' };
    const [first, second] = [1, 2].map(() => pem(freshRsaKeys(2048).publicKey));
    expect(await register('oFrank', { ...device, pub_key: first })).toEqual({ errMsg: 'soter.register:ok' });
    expect(await register('oFrank', { ...device, pub_key: first })).toEqual({ errMsg: 'soter.register:ok' });
    expect(await register('oFrank', { ...device, pub_key: second })).toMatchObject({ errCode: -501023 });
    // Another phone of the same user, and the same phone under another user, are others.
    expect(await register('oFrank', { ...device, cpu_id: 'frank-2', pub_key: second })).not.toHaveProperty('errCode');
    expect(await register('oGrace', { ...device, pub_key: second })).not.toHaveProperty('errCode');
  });

  it.each([
    ['a curve', pem(freshKeys().publicKey)],
    ['a short key', pem(freshRsaKeys(1024).publicKey)],
    ['no key', 'key'],
    ['nothing', ''],
    ['a number', 7],
  ])('takes no %s', async (_, key) => {
    expect(await register('oHeidi', { cpu_id: 'heidi-1', uid: '1', pub_key: key })).toMatchObject({
      errMsg: expect.stringContaining('INVALID_PARAM') as string,
    });
  });

  it('hears only who is logged in', async () => {
    const response = await fetch(`${under.cloud.url}/wx/soter/register`, { method: 'POST', body: '{}' });
    expect(await response.json()).toMatchObject({ errCode: -501023 });
  });
});
