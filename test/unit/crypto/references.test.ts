import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { identityKey } from '../../../protocol';
import { createReferences } from '../../../cloudfunctions/_adapters/crypto/references';
import type { SealedKey } from '../../../cloudfunctions/_core/sealed-key';

const draw = (dataKey: string, context: string): Buffer => createHmac('sha256', dataKey).update(context).digest();
const { referenceTo, identityBehind } = createReferences(new Uint8Array(32).fill(1), { draw });

const identity = fc.record({
  key: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => identityKey(Buffer.from(bytes).toString('hex'))),
  dataKey: fc.string({ minLength: 1 }).map((text) => text as SealedKey),
});
const partner = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,39}$/);

describe('a reference', () => {
  it('is the same each time, has 80 characters of a URL, and leads its partner to the identity', () => {
    fc.assert(
      fc.property(identity, partner, (one, to) => {
        const reference = referenceTo(one, to);
        expect(reference).toMatch(/^[A-Za-z0-9_-]{80}$/);
        expect(referenceTo(one, to)).toBe(reference);
        expect(identityBehind(reference, to)).toBe(one.key);
      }),
    );
  });

  it('is unlike those of other partners, of other identities, and of the same one with another data key', () => {
    fc.assert(
      fc.property(identity, identity, partner, partner, (one, other, to, elsewhere) => {
        fc.pre(to !== elsewhere && one.key !== other.key && one.dataKey !== other.dataKey);
        const all = [
          referenceTo(one, to),
          referenceTo(one, elsewhere),
          referenceTo(other, to),
          referenceTo({ ...one, dataKey: other.dataKey }, to),
        ];
        // Not even their beginnings are alike, nor what is encrypted.
        expect(new Set(all.map((text) => text.slice(0, 16))).size).toBe(all.length);
        expect(new Set(all.map((text) => text.slice(16, 59))).size).toBe(all.length);
      }),
    );
  });

  it('with any bit changed, at another partner, or under another key leads to nobody', () => {
    const one = { key: identityKey('ab'.repeat(32)), dataKey: 'data key' as SealedKey };
    const reference = referenceTo(one, 'bank');
    const bytes = Buffer.from(reference, 'base64url');
    const behind = Array.from({ length: 8 * bytes.length }, (_, bit) => {
      const flipped = Uint8Array.from(bytes, (byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      return identityBehind(Buffer.from(flipped).toString('base64url'), 'bank');
    });
    const others = createReferences(new Uint8Array(32).fill(2), { draw });
    behind.push(identityBehind(reference, 'railway'), others.identityBehind(reference, 'bank'));
    expect(behind).not.toContain(one.key);
    // Of each another nobody: what is guessed at is no one's place in the database.
    expect(new Set(behind).size).toBe(behind.length);
  });

  it.each([0, 31, 33])('needs a key of 32 bytes, not %d', (length) => {
    expect(() => createReferences(new Uint8Array(length), { draw })).toThrow(RangeError);
  });
});
