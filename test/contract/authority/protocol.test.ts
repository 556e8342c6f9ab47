import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sampleRegister, startAuthority, type Authority } from '../../../local/authority';
import { person, picture, post, signedHeaders, temporaryFolder } from './stand-in';

/** No question here comes as far as a face: the folder of models does not even exist. */
const folder = temporaryFolder();
let authority: Authority;

beforeAll(async () => {
  authority = await startAuthority({
    dataDir: folder.path,
    models: join(folder.path, 'none'),
    people: sampleRegister(),
  });
});
afterAll(async () => {
  await authority.close();
  folder.remove();
});

const { name, idNumber } = person('lin-zhiyuan');
const image = picture('lin-zhiyuan', 'selfie-1').toString('base64');
const bodyOf = (content: unknown): Buffer => Buffer.from(JSON.stringify(content));
const question = { IdCard: idNumber, Name: name, ImageBase64: image };
const ask = async (body: Buffer, headers: Record<string, string> = {}) =>
  (await post(authority.url, body, { ...signedHeaders(authority.url, body, authority.credentials), ...headers }))
    .Response;

describe('who may ask', () => {
  const body = bodyOf({ IdCard: '1', Name: 'n', ImageBase64: 'AAAA' });
  const headers = (): Record<string, string> => signedHeaders(authority.url, body, authority.credentials);

  it('takes what the official client signed', async () => {
    expect(await ask(body)).toMatchObject({ Result: 'FailedOperation.IdFormatError', Sim: 0 });
  });

  it.each([
    ['no signature', { authorization: '' }],
    ['another method', { authorization: 'TC3-HMAC-SHA1 x' }],
    [
      'the signature of nothing',
      {
        authorization: `TC3-HMAC-SHA256 Credential=a/2026-01-01/127/tc3_request, SignedHeaders=content-type;host, Signature=${'0'.repeat(64)}`,
      },
    ],
    ['no time', { 'x-tc-timestamp': 'now' }],
    ['another content type than was signed', { 'content-type': 'text/plain' }],
  ])('refuses %s', async (_, changed) => {
    const reply = await post(authority.url, body, { ...headers(), ...changed });
    expect(reply.Response.Error?.Code).toMatch(/^AuthFailure\./);
    expect(reply.Response).not.toHaveProperty('Result');
  });

  it('refuses a body that is not the signed one', async () => {
    const reply = await post(authority.url, bodyOf(question), headers());
    expect(reply.Response.Error?.Code).toBe('AuthFailure.SignatureFailure');
  });

  it('refuses every change of one digit in the signature', async () => {
    const signed = headers();
    const authorization = signed['authorization'] ?? '';
    for (let at = authorization.length - 64; at < authorization.length; at += 7) {
      const digit = authorization.charAt(at) === '0' ? '1' : '0';
      const forged = authorization.slice(0, at) + digit + authorization.slice(at + 1);
      const reply = await post(authority.url, body, { ...signed, authorization: forged });
      expect(reply.Response.Error?.Code).toBe('AuthFailure.SignatureFailure');
    }
  });

  it('refuses a key that it did not give out, and another secret under its own id', async () => {
    const { secretId, secretKey } = authority.credentials;
    const stranger = await post(
      authority.url,
      body,
      signedHeaders(authority.url, body, { secretId: 'LOCAL0', secretKey }),
    );
    expect(stranger.Response.Error?.Code).toBe('AuthFailure.SecretIdNotFound');
    const guesser = await post(
      authority.url,
      body,
      signedHeaders(authority.url, body, { secretId, secretKey: 'guess' }),
    );
    expect(guesser.Response.Error?.Code).toBe('AuthFailure.SignatureFailure');
  });

  it('refuses a request of ten minutes ago and one from the future', async () => {
    for (const shift of [-600_000, 600_000]) {
      const shifted = signedHeaders(authority.url, body, authority.credentials, { at: Date.now() + shift });
      expect((await post(authority.url, body, shifted)).Response.Error?.Code).toBe('AuthFailure.SignatureExpire');
    }
  });

  it('refuses a signature whose scope names another service', async () => {
    const foreign = signedHeaders(authority.url, body, authority.credentials, { service: 'faceid' });
    expect((await post(authority.url, body, foreign)).Response.Error?.Code).toBe('AuthFailure.SignatureFailure');
  });
});

describe('what is a question', () => {
  it.each([
    ['another action', { 'x-tc-action': 'IdCardVerification' }, 'InvalidAction'],
    ['another version', { 'x-tc-version': '2020-01-01' }, 'NoSuchVersion'],
  ])('refuses %s', async (_, headers, code) => {
    expect((await ask(bodyOf(question), headers)).Error?.Code).toBe(code);
  });

  it.each([
    ['no JSON', Buffer.from('{"IdCard":'), 'InvalidParameter'],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'InvalidParameter'],
    ['nothing', Buffer.alloc(0), 'InvalidParameter'],
    ['a list', bodyOf([question]), 'InvalidParameter'],
    ['null', bodyOf(null), 'InvalidParameter'],
    ['no name', bodyOf({ IdCard: idNumber, ImageBase64: image }), 'MissingParameter'],
    ['a number that is an object', bodyOf({ ...question, IdCard: { $gt: '' } }), 'InvalidParameter'],
    ['an unknown parameter', bodyOf({ ...question, Encryption: {} }), 'UnknownParameter'],
    [
      'a picture that is no base64',
      bodyOf({ ...question, ImageBase64: 'data:image/jpeg;base64,AAAA' }),
      'InvalidParameter',
    ],
    ['a picture in base64url', bodyOf({ ...question, ImageBase64: '-_-_' }), 'InvalidParameter'],
  ])('refuses %s', async (_, body, code) => {
    const reply = await ask(body);
    expect(reply.Error?.Code).toBe(code);
    expect(JSON.stringify(reply)).not.toContain(idNumber);
    expect(JSON.stringify(reply)).not.toContain(name);
  });

  it('refuses a body above 10 MB and a picture above 3 MB', async () => {
    expect((await ask(Buffer.alloc(10 * 1024 * 1024 + 1, 0x20))).Error?.Code).toBe('RequestSizeLimitExceeded');
    const large = bodyOf({ ...question, ImageBase64: 'A'.repeat(3 * 1024 * 1024 + 4) });
    expect((await ask(large)).Result).toBe('FailedOperation.LifePhotoSizeError');
  });

  it.each([
    ['a number with a wrong check digit', { IdCard: `${idNumber.slice(0, 17)}1` }, 'FailedOperation.IdFormatError'],
    ['a number that nobody has', { IdCard: '11010519491231002X' }, 'FailedOperation.IdNoExistSystem'],
    ["another person's name", { Name: person('bateer').name }, 'FailedOperation.IdNameMisMatch'],
    ['a name with a blank', { Name: `${name} ` }, 'FailedOperation.IdNameMisMatch'],
  ])('answers %s', async (_, changed, code) => {
    expect(await ask(bodyOf({ ...question, ...changed }))).toMatchObject({ Result: code, Sim: 0 });
  });

  it('answers an internal error where the models are missing, without a word about the person', async () => {
    const reply = await ask(bodyOf(question));
    expect(reply.Error).toEqual({ Code: 'InternalError', Message: 'the question could not be answered' });
  });
});

describe('the stand-in itself', () => {
  it('says what it is', async () => {
    expect(await (await fetch(authority.url)).text()).toContain('Local stand-in');
  });

  it('answers other paths and methods in its own form', async () => {
    const reply = (await (await fetch(`${authority.url}/admin`, { method: 'DELETE' })).json()) as object;
    expect(reply).toMatchObject({ Response: { Error: { Code: 'UnsupportedProtocol' } } });
  });

  it('keeps its key pair and its register for their owner alone', async () => {
    for (const file of ['credentials.json', 'register.db']) {
      expect(statSync(join(folder.path, file)).mode & 0o077).toBe(0);
    }
    const second = temporaryFolder();
    const open = () => startAuthority({ dataDir: second.path, models: 'none', people: [] });
    const first = await open();
    await first.close();
    const again = await open();
    await again.close();
    expect(again.credentials).toEqual(first.credentials);
    expect(again.credentials).not.toEqual(authority.credentials);
    expect(JSON.parse(readFileSync(join(second.path, 'credentials.json'), 'utf8'))).toEqual(first.credentials);
    second.remove();
  });

  it('says so where its port is taken', async () => {
    const second = temporaryFolder();
    const port = Number(new URL(authority.url).port);
    await expect(startAuthority({ dataDir: second.path, models: 'none', people: [], port })).rejects.toThrow(
      `port ${port}`,
    );
    second.remove();
  });

  it('enters nobody under a number that is none, and does not repeat it', async () => {
    const entry = { name: '甲', number: '110105194912310021', portrait: picture('bateer', 'portrait') };
    await expect(authority.enrol(entry)).rejects.toThrow(/^the person to register has no valid identity number$/);
  });
});
