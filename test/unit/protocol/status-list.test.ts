import fc from 'fast-check';
import {
  base64urlDecode,
  base64urlEncode,
  packStatuses,
  readStatus,
  statusType,
  type EntryBits,
  type JsonValue,
  type StatusEntry,
} from '../../../protocol';
import { readStatusClaim, statusClaim } from '../../../protocol/status/status-reference';
import { deflate, inflate } from '../../../cloudfunctions/_adapters/crypto/zlib';
import { after, content, issuedAt, payloadOf, header, signed, statusAt, tokenOf } from './status-support';
import { toHex } from './support';

const entriesOf = (values: readonly number[]): StatusEntry[] => values.map((value, index) => ({ index, value }));

/** What the draft lists, by the index of each entry that is not zero (appendices C.1 and C.2). */
const ONE_BIT = [0, 1993, 25460, 159495, 495669, 554353, 645645, 723232, 854545, 934534, 1000345];
const TWO_BITS = [1, 2, 1, 3, 1, 1, 2, 1, 1, 2, 3];

const LARGE_ONE_BIT =
  'eNrt3AENwCAMAEGogklACtKQPg9LugC9k_ACvreiogEAAKkeCQAAAAAAAAAAAAAAAAAAAIBylgQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' +
  'AAAAAAAAAAAAAAAAAAXG9IAAAAAAAAAPwsJAAAAAAAAAAAAAAAvhsSAAAAAAAAAAAA7KpLAAAAAAAAAAAAAAAAAAAAAJsLCQAAAAAAAAAAADje' +
  'lAAAAAAAAAAAKjDMAQAAAACAZC8L2AEb';
const LARGE_TWO_BITS =
  'eNrt2zENACEQAEEuoaBABP5VIO01fCjIHTMStt9ovGVIAAAAAABAbiEBAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEB5WwIAAAAAAA' +
  'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAID0ugQAAAAA' +
  'AAAAAAAAAAAAQG12SgAAAAAAAAAAAAAAAAAAAAAAAAAAAOCSIQEAAAAAAAAAAAAAAAAAAAAAAAD8ExIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' +
  'AAAAAAAAAAwJEuAQAAAAAAAAAAAAAAAAAAAAAAAMB9SwIAAAAAAAAAAAAAAAAAAACoYUoAAAAAAAAAAAAAAEBqH81gAQw';

describe('a list as bytes', () => {
  it.each<[EntryBits, number[], string, string]>([
    [1, [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1], 'b9a3', 'eNrbuRgAAhcBXQ'],
    [2, [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3], 'c944f9', 'eNo76fITAAPfAgc'],
  ])('of %i bit each is that of the draft, packed and compressed (sections 4.1 and 4.2)', (bits, values, hex, lst) => {
    const bytes = packStatuses(values.length, bits, entriesOf(values));
    expect(toHex(bytes)).toBe(hex);
    expect(base64urlEncode(deflate(bytes))).toBe(lst);
    expect(values.map((_, index) => readStatus(bytes, bits, index))).toEqual(values);
    expect(readStatus(bytes, bits, values.length)).toBeNull();
  });

  it.each<[EntryBits, string, readonly number[]]>([
    [1, LARGE_ONE_BIT, ONE_BIT.map(() => 1)],
    [2, LARGE_TWO_BITS, TWO_BITS],
  ])('of %i bit each is read from the draft’s large example (appendix C)', (bits, lst, values) => {
    const bytes = inflate(base64urlDecode(lst) ?? new Uint8Array(), 2 ** 20);
    if (!bytes) throw new Error('not inflated');
    expect(bytes).toHaveLength((2 ** 20 * bits) / 8);
    const said = Array.from({ length: 2 ** 20 }, (_, index) => ({ index, value: readStatus(bytes, bits, index) }));
    expect(said.filter(({ value }) => value !== 0)).toEqual(ONE_BIT.map((index, at) => ({ index, value: values[at] })));
    const packed = packStatuses(
      2 ** 20,
      bits,
      ONE_BIT.map((index, at) => ({ index, value: values[at] ?? 0 })),
    );
    expect(Buffer.compare(packed, bytes)).toBe(0);
  });

  it('says of every entry what was written last, and of no other anything', () => {
    const size = 64;
    const entry = fc.record({ index: fc.nat({ max: size - 1 }), value: fc.nat({ max: 3 }) });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 80 }), (entries) => {
        const bytes = packStatuses(size, 2, entries);
        const model = new Map(entries.map(({ index, value }) => [index, value]));
        for (let index = 0; index < size; index += 1) expect(readStatus(bytes, 2, index)).toBe(model.get(index) ?? 0);
      }),
    );
  });

  it.each<[string, number, StatusEntry]>([
    ['an entry behind the last', 8, { index: 8, value: 1 }],
    ['an entry before the first', 8, { index: -1, value: 1 }],
    ['half an entry', 8, { index: 0.5, value: 1 }],
    ['more than an entry holds', 8, { index: 0, value: 4 }],
    ['less than nothing', 8, { index: 0, value: -1 }],
    ['a size that leaves a byte partly used', 7, { index: 0, value: 1 }],
    ['no size', 0, { index: 0, value: 1 }],
  ])('is not made with %s', (_, size, entry) => {
    expect(() => packStatuses(size, 2, [entry])).toThrow(RangeError);
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])('has no entry %d', (index) => {
    expect(readStatus(new Uint8Array(4), 2, index)).toBeNull();
  });
});

describe('a published list', () => {
  const token = tokenOf();

  it('says what its issuer says, and since when', () => {
    const asOf = after(0);
    expect(statusAt(token, 0)).toEqual({ status: 'valid', asOf });
    expect(statusAt(token, 1)).toEqual({ status: 'revoked', asOf });
    expect(statusAt(token, 2)).toEqual({ status: 'suspended', asOf });
    expect(statusAt(token, 2 ** 17 - 1)).toEqual({ status: 'suspended', asOf });
  });

  it('is undetermined where it says what has no meaning', () => {
    expect(statusAt(token, 3)).toEqual({ status: 'undetermined', reason: 'unknown_status' });
  });

  it.each([2 ** 17, 2 ** 30, -1, 0.5])('is undetermined for an entry that it has not: %d', (index) => {
    expect(statusAt(token, index)).toEqual({ status: 'undetermined', reason: 'out_of_range' });
  });

  it('is undetermined where it could not be had', () => {
    expect(statusAt(null, 0)).toEqual({ status: 'undetermined', reason: 'unfetchable' });
  });

  it.each([
    [299, 'valid'],
    [300, 'undetermined'],
  ])('%i seconds after it was fetched is %s', (seconds, status) => {
    expect(statusAt(token, 0, { now: after(seconds) }).status).toBe(status);
  });

  it('is stale where it was fetched in the future', () => {
    expect(statusAt({ token, fetchedAt: after(61) }, 0)).toEqual({ status: 'undetermined', reason: 'stale' });
  });

  it.each([
    [86_399, 'valid'],
    [86_400, 'undetermined'],
    [1e9, 'undetermined'],
  ])('%i seconds after its signing is %s, however fresh the copy', (seconds, status) => {
    const fetchedAt = after(seconds);
    expect(statusAt({ token, fetchedAt }, 0, { now: fetchedAt }).status).toBe(status);
  });

  it('of a clock that is ahead is taken for a minute', () => {
    const fetched = { token, fetchedAt: after(-61) };
    expect(statusAt(fetched, 0, { now: after(-60) }).status).toBe('valid');
    expect(statusAt(fetched, 0, { now: after(-61) })).toEqual({ status: 'undetermined', reason: 'from_future' });
  });

  it('is never valid once it is stale, over or another’s, at any time and for any entry', () => {
    const times = fc.integer({ min: -200_000, max: 200_000 });
    fc.assert(
      fc.property(times, times, fc.nat({ max: 2 ** 18 }), (fetched, now, index) => {
        const { status } = statusAt({ token, fetchedAt: after(fetched) }, index, { now: after(now) });
        const holds = fetched <= now && now < fetched + 300 && now >= -60 && now < 86_400 && index < 2 ** 17;
        if (!holds) expect(status).toBe('undetermined');
        else expect(status === 'valid').toBe(![1, 2, 3, 2 ** 17 - 1].includes(index));
      }),
      { numRuns: 500 },
    );
  });

  it('of a hundred thousand cards, one in a hundred suspended, fits a reply', () => {
    const entries = Array.from({ length: 1300 }, (_, at) => ({ index: at * 100, value: statusType.suspended }));
    expect(tokenOf({ entries }).length).toBeLessThan(8000);
  });

  it('is signed anew by the test as by the product', () => {
    const bytes = deflate(packStatuses(content.size, 2, content.entries));
    expect(statusAt(signed(header, payloadOf(bytes)), 2)).toEqual({ status: 'suspended', asOf: after(0) });
  });

  it.each<[string, object]>([
    ['an end before its issue', { expiresAt: issuedAt }],
    ['times in fractions', { issuedAt: issuedAt + 0.5 }],
    ['no life of a copy', { ttl: 0 }],
    ['an entry beyond', { entries: [{ index: 2 ** 17, value: 1 }] }],
  ])('is not signed with %s', (_, change) => {
    expect(() => tokenOf(change)).toThrow(RangeError);
  });
});

describe('the size of a list', () => {
  it.each([0, -4, 1.5, 2 ** 53, Number.NaN, 3, 6])('is not %d', (size) => {
    expect(() => packStatuses(size, 2, [])).toThrow(new RangeError('not the size of a list'));
  });
});

describe('a reference to an entry', () => {
  const uri = 'https://issuer.example/status/1';

  it.each([0, 1, 131_071])('to number %d reads as it was written', (index) => {
    expect(readStatusClaim(statusClaim({ uri, index }))).toEqual({ uri, index });
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])('is none to number %d', (index) => {
    expect(() => statusClaim({ uri, index })).toThrow(RangeError);
    expect(readStatusClaim({ status_list: { idx: index, uri } })).toBeNull();
  });

  it.each<[string, JsonValue | undefined]>([
    ['nothing', undefined],
    ['a list', []],
    ['a second mechanism beside it', { status_list: { idx: 1, uri }, other: {} }],
    ['a member more', { status_list: { idx: 1, uri, more: 1 } }],
    ['no address', { status_list: { idx: 1, uri: '' } }],
    ['an address that is a number', { status_list: { idx: 1, uri: 7 } }],
    ['an index as text', { status_list: { idx: '1', uri } }],
  ])('is none with %s', (_, claim) => {
    expect(readStatusClaim(claim)).toBeNull();
  });
});
