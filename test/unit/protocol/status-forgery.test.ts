import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { base64urlDecode, base64urlEncode, packStatuses, type JsonValue } from '../../../protocol';
import { deflate, inflate } from '../../../cloudfunctions/_adapters/crypto/zlib';
import { content, header, issuedAt, issuer, payloadOf, signed, statusAt, tokenOf, uri } from './status-support';
import { highS, keyPair, twinOf } from './support';

const list = packStatuses(content.size, 2, content.entries);
const payload = payloadOf(deflate(list));
const undetermined = (reason: string) => ({ status: 'undetermined', reason });
const without = (object: object, name: string): JsonValue =>
  Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));

describe('a forged list', () => {
  it.each<[string, string, string]>([
    ['of another address', tokenOf({ uri: `${uri}0` }), 'wrong_list'],
    ['of no address', signed(header, { ...payload, sub: '' }), 'wrong_list'],
    ['under an unknown key', tokenOf({ kid: 'key-2' }), 'unknown_key'],
    ['under a key named like a member of every object', tokenOf({ kid: '__proto__' }), 'unknown_key'],
    ['signed by somebody else under that name', tokenOf({}, keyPair().sign), 'bad_signature'],
    ['of the future', tokenOf({ issuedAt: issuedAt + 200, expiresAt: issuedAt + 400 }), 'from_future'],
    ['that is over', tokenOf({ issuedAt: issuedAt - 10, expiresAt: issuedAt + 60 }), 'expired'],
  ])('%s is undetermined', (_, token, reason) => {
    expect(statusAt(token, 0)).toEqual(undetermined(reason));
  });

  it('is undetermined with the twin of its signature', () => {
    const token = tokenOf({}, highS(issuer.sign));
    expect(statusAt(token, 0).status).toBe('valid');
    const mark = token.slice(token.lastIndexOf('.') + 1);
    const twin = base64urlEncode(twinOf(base64urlDecode(mark) ?? new Uint8Array()));
    expect(statusAt(token.replace(mark, twin), 0)).toEqual(undetermined('bad_signature'));
  });

  const bits = (value: JsonValue): JsonValue => payloadOf(deflate(list), value);
  const lst = (value: JsonValue): JsonValue => ({ ...payload, status_list: { bits: 2, lst: value } });
  it.each<[string, string]>([
    ['no algorithm', signed({ ...header, alg: 'none' }, payload)],
    ['no algorithm and no signature', signed({ ...header, alg: 'none' }, payload).replace(/[^.]+$/, '')],
    ['a symmetric algorithm', signed({ ...header, alg: 'HS256' }, payload)],
    ['the type of a plain JWT', signed({ ...header, typ: 'JWT' }, payload)],
    ['the type of a credential', signed({ ...header, typ: 'dc+sd-jwt' }, payload)],
    ['the media type as a type', signed({ ...header, typ: 'application/statuslist+jwt' }, payload)],
    ['no type', signed(without(header, 'typ'), payload)],
    ['no key', signed(without(header, 'kid'), payload)],
    ['a key in its header', signed({ ...header, jwk: {} }, payload)],
    ['a header named twice', signed('{"alg":"ES256","typ":"statuslist+jwt","kid":"x","kid":"key-1"}', payload)],
    ['one bit', signed(header, bits(1))],
    ['four bits', signed(header, bits(4))],
    ['bits as text', signed(header, bits('2'))],
    ['no bits', signed(header, { ...payload, status_list: { lst: payload.status_list.lst } })],
    ['no list', signed(header, without(payload, 'status_list'))],
    ['a list of numbers', signed(header, lst([0, 1]))],
    ['a list in other letters', signed(header, lst('eNo+/fITAAPfAgc='))],
    ['no address', signed(header, without(payload, 'sub'))],
    ['no end', signed(header, without(payload, 'exp'))],
    ['no issue', signed(header, without(payload, 'iat'))],
    ['no life of a copy', signed(header, without(payload, 'ttl'))],
    ['an endless life of a copy', signed(header, { ...payload, ttl: 1e300 })],
    ['a life of a copy beyond milliseconds', signed(header, { ...payload, ttl: 2 ** 53 - 1 })],
    ['a negative life of a copy', signed(header, { ...payload, ttl: -1 })],
    ['an end as text', signed(header, { ...payload, exp: '9999999999' })],
    ['a fourth part', `${tokenOf()}.AAAA`],
    ['two parts', tokenOf().replace(/\.[^.]+$/, '')],
    ['a short signature', tokenOf().slice(0, -4)],
    ['nothing', ''],
    ['far too much of it', `${tokenOf()}${'A'.repeat(600_000)}`],
  ])('is malformed with %s', (_, token) => {
    expect(statusAt(token, 0)).toEqual(undetermined('malformed'));
  });

  it.each<[string, Uint8Array]>([
    ['as gzip', gzipSync(list)],
    ['as bare DEFLATE', deflateRawSync(list)],
    ['uncompressed', list.subarray(0, 1000)],
    ['cut off', deflate(list).slice(0, -3)],
    ['with a wrong checksum', deflate(list).map((byte, at, all) => (at === all.length - 1 ? byte ^ 1 : byte))],
    ['of nothing', new Uint8Array()],
  ])('is malformed %s, though its issuer signed it', (_, bytes) => {
    expect(statusAt(signed(header, payloadOf(bytes)), 0)).toEqual(undetermined('malformed'));
  });

  it('does not unpack more than the longest list: neither a bomb that was signed nor one that was not', () => {
    const bomb = deflateSync(new Uint8Array(64 * 1024 * 1024), { level: 9 });
    expect(bomb.length).toBeLessThan(70_000);
    const asked: number[] = [];
    const counting = (bytes: Uint8Array, max: number): Uint8Array | null => {
      const made = inflate(bytes, max);
      asked.push(made?.length ?? -1);
      return made;
    };
    const inside = { inflate: counting };
    expect(statusAt(signed(header, payloadOf(bomb)), 0, inside)).toEqual(undetermined('malformed'));
    expect(asked).toEqual([-1]);
    expect(statusAt(signed(header, payloadOf(bomb), keyPair().sign), 0, inside)).toEqual(undetermined('bad_signature'));
    expect(asked).toEqual([-1]);
  });

  it('is undetermined with any character of it changed, left out or doubled', () => {
    const token = tokenOf();
    fc.assert(
      fc.property(fc.nat({ max: token.length - 1 }), fc.constantFrom('A', '_', '.', '', '~'), (at, character) => {
        const changed = token.slice(0, at) + character + token.slice(at + 1);
        fc.pre(changed !== token);
        expect(statusAt(changed, 0).status).toBe('undetermined');
      }),
      { numRuns: 300 },
    );
  });

  it('answers to any text, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) =>
        expect(statusAt(text, 0)).toEqual(undetermined('malformed')),
      ),
    );
  });
});
