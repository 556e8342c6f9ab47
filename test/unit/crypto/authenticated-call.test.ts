import { createHmac } from 'node:crypto';
import { authenticate, createOpenAuthenticated } from '../../../cloudfunctions/_adapters/crypto/authenticated-call';
import { createClock } from '../../support/clock';

const key = new Uint8Array(32).fill(5);
const CALL_LIFE_MS = 60_000;

const scene = () => {
  const clock = createClock();
  const open = createOpenAuthenticated(key, clock.now);
  const said = { action: 'checkSelfie', selfie: 'cloud://a.b/evidence/x', issuedAt: clock.now() };
  return { clock, open, said, call: authenticate(key, said) };
};
const macOf = (payload: string, by = key): string => createHmac('sha256', by).update(payload).digest('base64url');

describe('a call between functions', () => {
  it('is opened by whoever holds the same key', () => {
    const { open, said, call } = scene();
    expect(open(call)).toEqual({ caller: 'function', said });
  });

  it('is refused with any one bit of its MAC, or any one character of its payload, changed', () => {
    const { open, call } = scene();
    const mac = Buffer.from(call.mac, 'base64url');
    for (let bit = 0; bit < 8 * mac.length; bit += 1) {
      const flipped = Buffer.from(mac);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(open({ ...call, mac: flipped.toString('base64url') })).toBeNull();
    }
    for (let at = 0; at < call.payload.length; at += 1) {
      const payload = `${call.payload.slice(0, at)}~${call.payload.slice(at + 1)}`;
      expect(open({ ...call, payload })).toBeNull();
    }
    expect(open({ ...call, payload: `${call.payload} ` })).toBeNull();
    expect(open(call)).not.toBeNull();
  });

  it('is refused by another key, and in the name of an older call', () => {
    const { open, call, said, clock } = scene();
    expect(open(authenticate(new Uint8Array(32).fill(6), said))).toBeNull();
    expect(open({ payload: JSON.stringify({ ...said, issuedAt: clock.now() + 1 }), mac: call.mac })).toBeNull();
  });

  it.each([
    [CALL_LIFE_MS, true],
    [CALL_LIFE_MS + 1, false],
    [-CALL_LIFE_MS, true],
    [-CALL_LIFE_MS - 1, false],
  ])('is taken %d ms after it was made: %s', (later, isTaken) => {
    const { clock, open, call } = scene();
    clock.advance(later);
    expect(open(call) !== null).toBe(isTaken);
  });

  it.each([
    ['none', {}],
    ['null', { issuedAt: null }],
    ['a text', { issuedAt: '1773108000000' }],
    ['no number', { issuedAt: 'NaN' }],
    ['a list', { issuedAt: [1_773_108_000_000] }],
  ])('is refused with a time that is %s', (_, said) => {
    expect(scene().open(authenticate(key, said))).toBeNull();
  });

  it.each(['null', '[]', '"text"', '17', 'true'])('is refused where it says %s, though it is signed', (payload) => {
    expect(scene().open({ payload, mac: macOf(payload) })).toBeNull();
  });

  it.each<[string, (call: { payload: string; mac: string }) => unknown]>([
    ['nothing', () => undefined],
    ['no MAC', ({ payload }) => ({ payload })],
    ['an empty MAC', ({ payload }) => ({ payload, mac: '' })],
    ['half a MAC', ({ payload, mac }) => ({ payload, mac: mac.slice(0, 20) })],
    ['a longer MAC', ({ payload, mac }) => ({ payload, mac: `${mac}A` })],
    ['a payload that is an object', ({ payload, mac }) => ({ payload: JSON.parse(payload) as unknown, mac })],
    ['a further name', (call) => ({ ...call, caller: 'function' })],
    ['what was said, unsigned', ({ payload }) => JSON.parse(payload) as unknown],
  ])('is refused with %s', (_, change) => {
    const { open, call } = scene();
    expect(open(change(call))).toBeNull();
  });
});
