import fc from 'fast-check';
import { createSealing } from '../../../cloudfunctions/_adapters/crypto/sealing';
import type { SealedKey } from '../../../cloudfunctions/_core/sealed-key';

const sealing = createSealing(new Uint8Array(32).fill(1));
const otherSealing = createSealing(new Uint8Array(32).fill(2));
const plain = Buffer.from('林晓梅 110105');
const context = 'person 1';

const flip = (text: string, bit: number): string => {
  const bytes = Buffer.from(text, 'base64');
  bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return bytes.toString('base64');
};
const bits = (text: string): number => 8 * Buffer.from(text, 'base64').length;

describe('what is sealed', () => {
  it('opens to itself under its own key and context', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.string(), (bytes, where) => {
        const key = sealing.newDataKey();
        expect(sealing.open(key, where, sealing.seal(key, where, bytes)).equals(bytes)).toBe(true);
      }),
    );
  });

  it('does not open where it was moved to', () => {
    const key = sealing.newDataKey();
    const sealed = sealing.seal(key, context, plain);
    for (const elsewhere of ['person 2', 'event 1', '', 'person 1 ', 'person 1\u0000']) {
      expect(() => sealing.open(key, elsewhere, sealed)).toThrow();
    }
  });

  it('does not open under another data key, nor under another key-encryption key', () => {
    const key = sealing.newDataKey();
    const sealed = sealing.seal(key, context, plain);
    expect(() => sealing.open(sealing.newDataKey(), context, sealed)).toThrow();
    expect(() => otherSealing.open(key, context, sealed)).toThrow();
  });

  it('does not open with any one bit changed, of itself or of its key', () => {
    const key = sealing.newDataKey();
    const sealed = sealing.seal(key, context, plain);
    for (let bit = 0; bit < bits(sealed); bit += 1) {
      expect(() => sealing.open(key, context, flip(sealed, bit))).toThrow();
    }
    for (let bit = 0; bit < bits(key); bit += 1) {
      expect(() => sealing.open(flip(key, bit) as SealedKey, context, sealed)).toThrow();
    }
  });

  it('does not open cut, at either end and anywhere', () => {
    const key = sealing.newDataKey();
    const bytes = Buffer.from(sealing.seal(key, context, plain), 'base64');
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => sealing.open(key, context, bytes.subarray(0, length).toString('base64'))).toThrow();
      expect(() => sealing.open(key, context, bytes.subarray(bytes.length - length).toString('base64'))).toThrow();
    }
    const wrapped = Buffer.from(key, 'base64');
    for (let length = 0; length < wrapped.length; length += 1) {
      const cut = wrapped.subarray(0, length).toString('base64') as SealedKey;
      expect(() => sealing.open(cut, context, bytes.toString('base64'))).toThrow();
    }
  });

  it('is fresh each time, and so is each key', () => {
    const key = sealing.newDataKey();
    const sealed = Array.from({ length: 50 }, () => sealing.seal(key, context, plain));
    const nonces = sealed.map((text) => Buffer.from(text, 'base64').subarray(0, 12).toString('hex'));
    expect(new Set(nonces).size).toBe(50);
    const keys = Array.from({ length: 50 }, () => sealing.newDataKey());
    const salts = keys.map((wrapped) => Buffer.from(wrapped, 'base64').subarray(0, 16).toString('hex'));
    expect(new Set(salts).size).toBe(50);
  });

  it('shows nothing of what it holds but the length', () => {
    const key = sealing.newDataKey();
    const sealed = Buffer.from(sealing.seal(key, context, plain), 'base64');
    expect(sealed).toHaveLength(12 + 16 + plain.length);
    expect(sealed.includes('110105')).toBe(false);
  });

  it('does not say in an error what it holds', () => {
    const key = sealing.newDataKey();
    const sealed = flip(sealing.seal(key, context, plain), 300);
    expect(() => sealing.open(key, context, sealed)).toThrow(/^(?!.*(110105|person)).*$/s);
  });

  it.each([0, 16, 31, 33, 64])('needs a key-encryption key of 32 bytes, not %d', (length) => {
    expect(() => createSealing(new Uint8Array(length))).toThrow(RangeError);
  });
});
