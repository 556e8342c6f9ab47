import fc from 'fast-check';
import { parseSoterResult } from '../../../protocol';

/** As the documentation shows one, of Android. */
const android = {
  raw: 'msg',
  fid: '2',
  counter: 123,
  tee_n: 'TEE Name',
  tee_v: 'TEE Version',
  fp_n: 'Fingerprint Sensor Name',
  fp_v: 'Fingerprint Sensor Version',
  cpu_id: 'CPU Id',
  uid: '21',
};
const read = { raw: 'msg', fid: '2', counter: 123, cpuId: 'CPU Id', uid: '21' };
const withField = (name: string, value: unknown): string => JSON.stringify({ ...android, [name]: value });
const without = (name: string): string =>
  JSON.stringify(Object.fromEntries(Object.entries(android).filter(([key]) => key !== name)));

describe('a resultJSON of SOTER', () => {
  it('of Android is read', () => {
    expect(parseSoterResult(JSON.stringify(android))).toEqual(read);
  });

  it('of iOS is read: it tells no finger, and its counter is a text', () => {
    const ios = { counter: '131', cpu_id: '4E3F1122-70F8-4843-B094-DCAB12C41E11', raw: 'msg', uid: 'ca4d97415986a06' };
    expect(parseSoterResult(JSON.stringify(ios))).toEqual({
      raw: 'msg',
      fid: null,
      counter: 131,
      cpuId: ios.cpu_id,
      uid: ios.uid,
    });
  });

  it('may hold what no documentation names', () => {
    expect(parseSoterResult(withField('saltlen', 20))).toEqual(read);
  });

  it.each(['raw', 'counter', 'cpu_id', 'uid'])('is none without %s', (name) => {
    expect(parseSoterResult(without(name))).toBeNull();
  });

  it.each<[string, unknown]>([
    ['raw', ''],
    ['raw', 7],
    ['raw', null],
    ['raw', ['msg']],
    ['raw', 'x'.repeat(513)],
    ['fid', ''],
    ['fid', 2],
    ['fid', 'x'.repeat(129)],
    ['cpu_id', ''],
    ['cpu_id', {}],
    ['cpu_id', 'x'.repeat(129)],
    ['uid', 21],
    ['uid', 'x'.repeat(129)],
    ['counter', -1],
    ['counter', 1.5],
    ['counter', 2 ** 53],
    ['counter', '01'],
    ['counter', '1e3'],
    ['counter', ' 1'],
    ['counter', '0x7b'],
    ['counter', ''],
    ['counter', '9007199254740992'],
    ['counter', null],
    ['counter', true],
    ['counter', [1]],
  ])('is none where %s is %j', (name, value) => {
    expect(parseSoterResult(withField(name, value))).toBeNull();
  });

  it.each([
    ['a list', '[]'],
    ['a text', '"raw"'],
    ['null', 'null'],
    ['nothing', ''],
    ['cut short', JSON.stringify(android).slice(0, -1)],
    ['followed by more', `${JSON.stringify(android)}{}`],
    // Which of the two is meant would depend on the reader.
    ['a member twice', JSON.stringify(android).replace('"uid"', '"raw":"other","uid"')],
    ['a member twice, spelled apart', JSON.stringify(android).replace('"uid"', '"\\u0072aw":"other","uid"')],
    ['an own __proto__', JSON.stringify(android).replace('"uid"', '"__proto__":{"raw":"other"},"uid"')],
    ['too long', JSON.stringify({ ...android, fp_v: 'x'.repeat(2048) })],
  ])('is none: %s', (_, text) => {
    expect(parseSoterResult(text)).toBeNull();
  });

  it('of anybody’s making never throws, and gives nothing but what it must have', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((value) => `{"raw":${value},"counter":1}`),
        ),
        (text) => {
          const result = parseSoterResult(text);
          if (result) expect(Object.keys(result).sort()).toEqual(['counter', 'cpuId', 'fid', 'raw', 'uid']);
        },
      ),
    );
  });
});
