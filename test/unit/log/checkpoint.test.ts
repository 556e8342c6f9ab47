import fc from 'fast-check';
import { base64urlDecode, base64urlEncode, createCheckpoint, utf8Encode, verifyCheckpoint } from '../../../protocol';
import type { JsonObject, Sign } from '../../../protocol';
import { highS, keyPair, twinOf, verifySignature } from '../protocol/support';
import { leavesOf } from './trees';

const log = keyPair();
const stranger = keyPair();
const root = leavesOf(1)[0]!; // eslint-disable-line @typescript-eslint/no-non-null-assertion -- one was made
const checkpoint = { issuer: 'https://issuer.example', issuedAt: 1_795_000_000, size: 7, root };
const expected = {
  expectedIssuer: checkpoint.issuer,
  keys: new Map([['log-1', log.key]]),
  verify: verifySignature,
};
const genuine = createCheckpoint(checkpoint, { kid: 'log-1', sign: log.sign });
const check = (text: string) => verifyCheckpoint(text, expected);

const part = (value: JsonObject | string): string =>
  base64urlEncode(utf8Encode(typeof value === 'string' ? value : JSON.stringify(value)));
const header = { alg: 'ES256', typ: 'wechat-id-checkpoint+jwt', kid: 'log-1' };
const payload = { iss: checkpoint.issuer, iat: checkpoint.issuedAt, size: 7, root: base64urlEncode(root) };
const signed = (head: JsonObject | string, body: JsonObject | string, sign: Sign = log.sign): string => {
  const input = `${part(head)}.${part(body)}`;
  const signature = sign(utf8Encode(input));
  const isLow = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`) >> 255n === 0n;
  return `${input}.${base64urlEncode(isLow ? signature : twinOf(signature))}`;
};

describe('a checkpoint', () => {
  it('says the tree of its second, under the key that it names', () => {
    expect(check(genuine)).toEqual({ ok: true, checkpoint, kid: 'log-1' });
    expect(check(signed(header, payload))).toEqual({ ok: true, checkpoint, kid: 'log-1' });
  });

  it.each<[string, string, string]>([
    ['of another issuer', 'wrong_issuer', signed(header, { ...payload, iss: 'https://other.example' })],
    ['under an unknown key', 'unknown_key', signed({ ...header, kid: 'log-2' }, payload)],
    ['under a key named like a member of every object', 'unknown_key', signed({ ...header, kid: 'toString' }, payload)],
    ['signed by a stranger', 'bad_signature', signed(header, payload, stranger.sign)],
    ['of another type', 'malformed', signed({ ...header, typ: 'dc+sd-jwt' }, payload)],
    ['without a signature', 'malformed', signed({ ...header, alg: 'none' }, payload)],
    ['by another algorithm', 'malformed', signed({ ...header, alg: 'HS256' }, payload)],
    ['with a key of its own', 'malformed', signed({ ...header, jwk: {} }, payload)],
    ['without a key', 'malformed', signed({ alg: 'ES256', typ: header.typ }, payload)],
    ['with one claim more', 'malformed', signed(header, { ...payload, exp: 1 })],
    ['with one claim twice', 'malformed', signed(header, JSON.stringify(payload).replace('{', '{"size":8,'))],
    ['of no issuer', 'malformed', signed(header, { ...payload, iss: '' })],
    ['of a broken size', 'malformed', signed(header, { ...payload, size: 7.5 })],
    ['of a negative size', 'malformed', signed(header, { ...payload, size: -1 })],
    ['of a size as text', 'malformed', signed(header, { ...payload, size: '7' })],
    ['of a broken time', 'malformed', signed(header, { ...payload, iat: 0.5 })],
    ['of a short root', 'malformed', signed(header, { ...payload, root: base64urlEncode(root.subarray(1)) })],
    ['of a root with padding', 'malformed', signed(header, { ...payload, root: `${payload.root}=` })],
    ['with a fourth part', 'malformed', `${genuine}.`],
    ['with a blank behind it', 'malformed', `${genuine} `],
    ['that is endless', 'malformed', signed(header, { ...payload, iss: 'x'.repeat(5000) })],
    ['that is empty', 'malformed', ''],
  ])('%s is refused: %s', (_, fault, text) => {
    expect(check(text)).toEqual({ ok: false, fault });
  });

  it('is refused with the twin of its signature', () => {
    const [head = '', body = '', signature = ''] = createCheckpoint(checkpoint, {
      kid: 'log-1',
      sign: highS(log.sign),
    }).split('.');
    expect(check(`${head}.${body}.${signature}`).ok).toBe(true);
    const twin = base64urlEncode(twinOf(base64urlDecode(signature) ?? new Uint8Array()));
    expect(check(`${head}.${body}.${twin}`)).toEqual({ ok: false, fault: 'bad_signature' });
  });

  it('is refused with any one character changed', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: genuine.length - 1 }),
        fc.constantFrom('A', 'z', '0', '9', '-', '_', '.', '=', '~'),
        (at, character) => {
          fc.pre(genuine.charAt(at) !== character);
          expect(check(genuine.slice(0, at) + character + genuine.slice(at + 1)).ok).toBe(false);
        },
      ),
    );
  });

  it('is not made of a size or time that is not whole', () => {
    const signer = { kid: 'log-1', sign: log.sign };
    expect(() => createCheckpoint({ ...checkpoint, size: 1.5 }, signer)).toThrow(RangeError);
    expect(() => createCheckpoint({ ...checkpoint, issuedAt: -1 }, signer)).toThrow(RangeError);
  });
});
