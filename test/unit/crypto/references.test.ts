import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { identityKey, instant } from '../../../protocol';
import { createReferences } from '../../../cloudfunctions/_adapters/crypto/references';
import type { SealedKey } from '../../../cloudfunctions/_core/sealed-key';

const draw = (dataKey: string, context: string): Buffer => createHmac('sha256', dataKey).update(context).digest();
const { referenceTo, identityBehind } = createReferences(new Uint8Array(32).fill(1), { draw });

const identity = fc.record({
  key: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => identityKey(Buffer.from(bytes).toString('hex'))),
  dataKey: fc.string({ minLength: 1 }).map((text) => text as SealedKey),
});
/** To the second, until the year 2100; or none. */
const end = fc.option(fc.integer({ min: 1, max: 4_102_444_799 }).map((seconds) => instant(seconds * 1000)));
const partner = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,39}$/);

describe('a reference', () => {
  it('is the same each time, has 86 characters of a URL, and leads its partner to the identity and its end', () => {
    fc.assert(
      fc.property(identity, partner, end, (one, to, until) => {
        const reference = referenceTo(one, to, until);
        expect(reference).toMatch(/^[A-Za-z0-9_-]{86}$/);
        expect(referenceTo(one, to, until)).toBe(reference);
        expect(identityBehind(reference, to)).toEqual({ identity: one.key, until });
      }),
    );
  });

  it('is unlike those of other partners, other identities, another end, and of the same one with another data key', () => {
    fc.assert(
      fc.property(identity, identity, partner, partner, end, (one, other, to, elsewhere, until) => {
        fc.pre(to !== elsewhere && one.key !== other.key && one.dataKey !== other.dataKey);
        const all = [
          referenceTo(one, to, until),
          referenceTo(one, to, instant((until ?? 0) + 1000)),
          referenceTo(one, elsewhere, until),
          referenceTo(other, to, until),
          referenceTo({ ...one, dataKey: other.dataKey }, to, until),
        ];
        // Not even their beginnings are alike, nor what is encrypted.
        expect(new Set(all.map((text) => text.slice(0, 16))).size).toBe(all.length);
        expect(new Set(all.map((text) => text.slice(16, 64))).size).toBe(all.length);
      }),
    );
  });

  it('with any bit changed, at another partner, or under another key leads to nobody', () => {
    const one = { key: identityKey('ab'.repeat(32)), dataKey: 'data key' as SealedKey };
    const reference = referenceTo(one, 'bank', null);
    const bytes = Buffer.from(reference, 'base64url');
    const behind = Array.from({ length: 8 * bytes.length }, (_, bit) => {
      const flipped = Uint8Array.from(bytes, (byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      return identityBehind(Buffer.from(flipped).toString('base64url'), 'bank').identity;
    });
    const others = createReferences(new Uint8Array(32).fill(2), { draw });
    behind.push(identityBehind(reference, 'railway').identity, others.identityBehind(reference, 'bank').identity);
    expect(behind).not.toContain(one.key);
    // Of each another nobody: what is guessed at is no one's place in the database.
    expect(new Set(behind).size).toBe(behind.length);
  });

  it.each([0, 31, 33])('needs a key of 32 bytes, not %d', (length) => {
    expect(() => createReferences(new Uint8Array(length), { draw })).toThrow(RangeError);
  });
});
