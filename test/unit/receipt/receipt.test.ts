import fc from 'fast-check';
import {
  base64urlDecode,
  base64urlEncode,
  createReceipt,
  utf8Encode,
  verifyReceipt,
  type Receipt,
} from '../../../protocol';
import { createCheckpoint } from '../../../protocol';
import { flipBit, keyPair, verifySignature } from '../protocol/support';

const issuer = keyPair();
const stranger = keyPair();
const receipt: Receipt = {
  issuer: 'https://issuer.example',
  eventId: 'e'.repeat(32),
  issuedAt: 1_795_000_000,
  codeMadeAt: 1_794_999_990,
  partner: 'courier',
  shop: 'yunqi-road',
  terminal: 'counter-1',
  purpose: 'parcel-pickup',
  mode: 'bound',
  tier: 'light',
  claims: ['masked_name', 'masked_number'],
};
const expected = {
  expectedIssuer: receipt.issuer,
  keys: new Map([['key-1', issuer.key]]),
  verify: verifySignature,
};
const genuine = createReceipt(receipt, { kid: 'key-1', sign: issuer.sign });
const check = (text: string) => verifyReceipt(text, expected);
const changed = (change: object): string =>
  createReceipt({ ...receipt, ...change }, { kid: 'key-1', sign: issuer.sign });

describe('a receipt', () => {
  it('says again what was signed', () => {
    expect(check(genuine)).toEqual({ ok: true, receipt });
    expect(genuine.length).toBeLessThan(1000);
  });

  it.each<[string, string, string]>([
    ['of another issuer', 'wrong_issuer', changed({ issuer: 'https://other.example' })],
    ['under an unknown key', 'unknown_key', createReceipt(receipt, { kid: 'key-2', sign: issuer.sign })],
    ['signed by a stranger', 'bad_signature', createReceipt(receipt, { kid: 'key-1', sign: stranger.sign })],
    ['with a claim that there is not', 'malformed', changed({ claims: ['everything'] })],
    ['for a purpose that there is not', 'malformed', changed({ purpose: 'world-domination' })],
    ['in a mode that there is not', 'malformed', changed({ mode: 'toString' })],
    ['of a tier that there is not', 'malformed', changed({ tier: 'platinum' })],
    ['of a broken time', 'malformed', changed({ issuedAt: 0.5 })],
    ['of a negative time', 'malformed', changed({ codeMadeAt: -1 })],
    ['with one member more', 'malformed', changed({ exp: 1 })],
    ['that is cut', 'malformed', genuine.slice(0, genuine.lastIndexOf('.'))],
    ['that is endless', 'malformed', changed({ shop: 'x'.repeat(5000) })],
    ['that is empty', 'malformed', ''],
  ])('%s is refused: %s', (_, fault, text) => {
    expect(check(text)).toEqual({ ok: false, fault });
  });

  it('is none where the issuer’s key signed something else', () => {
    const { issuer: of, issuedAt } = receipt;
    const tree = { issuer: of, issuedAt, size: 1, root: receipt.eventId };
    const root = base64urlDecode(base64urlEncode(new Uint8Array(32)));
    const checkpoint = createCheckpoint({ ...tree, root: root as never }, { kid: 'key-1', sign: issuer.sign });
    expect(check(checkpoint)).toEqual({ ok: false, fault: 'malformed' });
  });

  it('is refused with any one bit changed, and under the other spelling of its signature', () => {
    const bytes = utf8Encode(genuine);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length * 8 - 1 }), (bit) => {
        expect(check(Buffer.from(flipBit(bytes, bit)).toString('latin1')).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
    const twin = createReceipt(receipt, { kid: 'key-1', sign: issuer.sign });
    const at = twin.lastIndexOf('.') + 1;
    const signature = base64urlDecode(twin.slice(at)) ?? new Uint8Array();
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const s = order - BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`);
    const high = Buffer.concat([signature.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')]);
    expect(check(twin.slice(0, at) + high.toString('base64url'))).toEqual({ ok: false, fault: 'bad_signature' });
  });
});
