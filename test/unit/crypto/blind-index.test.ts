import fc from 'fast-check';
import type { IdNumber } from '../../../protocol';
import { createBlindIndex, type Account } from '../../../cloudfunctions/_adapters/crypto/blind-index';

const index = createBlindIndex(new Uint8Array(32).fill(1));
const account = (appId: string, openId: string): Account => ({ superApp: 'wechat', appId, openId });

describe('the blind index', () => {
  it('gives one hash for one number and one account, and 64 hexadecimal digits', () => {
    const number = '11010519900517024X' as IdNumber;
    expect(index.ofNumber(number)).toBe(index.ofNumber(number));
    expect(index.ofNumber(number)).toMatch(/^[0-9a-f]{64}$/);
    expect(index.ofAccount(account('a', 'b'))).toBe(index.ofAccount({ openId: 'b', appId: 'a', superApp: 'wechat' }));
  });

  it('tells apart whatever differs, however its parts are cut', () => {
    const part = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(part, part, part, part, (appId, openId, otherAppId, otherOpenId) => {
        fc.pre(appId !== otherAppId || openId !== otherOpenId);
        expect(index.ofAccount(account(appId, openId))).not.toBe(index.ofAccount(account(otherAppId, otherOpenId)));
      }),
    );
    const cuts = ['ab', '', 'a', 'b', '"', '","', ']', '\\'].flatMap((one) => [account(one, 'ab'), account('ab', one)]);
    const distinct = new Set(cuts.map((cut) => JSON.stringify(cut)));
    expect(new Set(cuts.map(index.ofAccount)).size).toBe(distinct.size);
  });

  it('gives numbers and accounts hashes of their own', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const asNumber = index.ofNumber(one as IdNumber);
        expect(asNumber).not.toBe(index.ofAccount(account(one, other)));
        expect(asNumber).not.toBe(index.ofAccount(account(other, one)));
        expect(index.ofNumber(`wechat","${one}","${other}` as IdNumber)).not.toBe(index.ofAccount(account(one, other)));
      }),
    );
  });

  it('gives an office one hash however its name is spaced, and none that a number has', () => {
    expect(index.ofOffice('杭州市公安局 西湖分局')).toBe(index.ofOffice('杭州市公安局西湖分局'));
    expect(index.ofOffice('杭州市公安局西湖分局')).not.toBe(index.ofOffice('杭州市公安局上城分局'));
    expect(index.ofOffice('11010519900517024X')).not.toBe(index.ofNumber('11010519900517024X' as IdNumber));
  });

  it('gives a counter one hash for each server, and none that an account has', () => {
    expect(index.ofCounter('bank', '1')).toBe(index.ofCounter('bank', '1'));
    const hashes = [
      ['bank', '1'],
      ['bank', '2'],
      ['till', '1'],
      ['bank1', ''],
      ['', 'bank1'],
    ] as const;
    expect(new Set(hashes.map(([client, counter]) => index.ofCounter(client, counter))).size).toBe(hashes.length);
    expect(index.ofCounter('wechat', 'a')).not.toBe(index.ofAccount(account('a', '')));
  });

  it('depends on its key, every bit of it', () => {
    const number = '110105199005170240' as IdNumber;
    const hashes = Array.from({ length: 256 }, (_, bit) => {
      const key = new Uint8Array(32).fill(1);
      key[bit >> 3] = (key[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return createBlindIndex(key).ofNumber(number);
    });
    expect(new Set([...hashes, index.ofNumber(number)]).size).toBe(257);
  });

  it.each([0, 31, 33])('needs a key of 32 bytes, not %d', (length) => {
    expect(() => createBlindIndex(new Uint8Array(length))).toThrow(RangeError);
  });
});
