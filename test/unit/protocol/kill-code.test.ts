import fc from 'fast-check';
import { createKillCode, KILL_CODE_BYTES, parseKillCode, showKillCode, validators } from '../../../protocol';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const bytes = fc.uint8Array({ minLength: KILL_CODE_BYTES, maxLength: KILL_CODE_BYTES });
const code = bytes.map(createKillCode);
const address = 'https://id.example/public/kill';

describe('a kill code', () => {
  it('is read back from what was written down', () => {
    fc.assert(
      fc.property(code, (made) => {
        expect(made).toHaveLength(20);
        const written = showKillCode(made);
        expect(validators.IssueKillCodeReply({ ok: true, code: written, madeAt: 0, address })).toBe(true);
        expect(parseKillCode(written)).toBe(made);
      }),
    );
  });

  it('tells all 95 bits apart', () => {
    const made = new Set<string>();
    for (let bit = 0; bit < 95; bit += 1) {
      made.add(createKillCode(Uint8Array.from({ length: 12 }, (_, at) => (at === bit >> 3 ? 0x80 >> (bit & 7) : 0))));
    }
    expect(made.size).toBe(95);
  });

  it('is read however a person spells it', () => {
    const likes: Readonly<Record<string, readonly string[]>> = { '0': ['0', 'O', 'o'], '1': ['1', 'I', 'i', 'L', 'l'] };
    fc.assert(
      fc.property(code, fc.array(fc.nat(4), { minLength: 20, maxLength: 20 }), (made, choices) => {
        const typed = Array.from(made, (character, at) => {
          const choice = choices[at] ?? 0;
          const like = likes[character] ?? [character, character.toLowerCase()];
          return `${like[choice % like.length] ?? ''}${['', ' ', '-', '–', ''][choice] ?? ''}`;
        }).join('');
        expect(parseKillCode(`  ${typed}\n`)).toBe(made);
      }),
    );
  });

  it('is none with any one character wrong', () => {
    const made = createKillCode(Uint8Array.from({ length: 12 }, (_, at) => 31 * at + 7));
    for (let at = 0; at < made.length; at += 1) {
      for (const character of alphabet.replace(made.charAt(at), '')) {
        expect(parseKillCode(made.slice(0, at) + character + made.slice(at + 1))).toBeNull();
      }
    }
  });

  it('is none with any two characters in each other’s place', () => {
    fc.assert(
      fc.property(code, fc.nat(19), fc.nat(19), (made, one, other) => {
        const characters = Array.from(made);
        const [first = '', second = ''] = [characters[one], characters[other]];
        fc.pre(first !== second);
        characters[one] = second;
        characters[other] = first;
        expect(parseKillCode(characters.join(''))).toBeNull();
      }),
    );
  });

  it.each([
    '',
    '-',
    '0'.repeat(19),
    '0'.repeat(21),
    'U'.repeat(20),
    '０'.repeat(20),
    '\u0000'.repeat(20),
    '😀'.repeat(10),
  ])('is not %j', (text) => {
    expect(parseKillCode(text)).toBeNull();
  });

  it('is none of what anybody makes up, but for one in 32 of the right length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const parsed = parseKillCode(text);
        if (parsed !== null) expect(parsed).toMatch(/^[0-9A-HJKMNP-TV-Z]{20}$/);
      }),
    );
  });

  it.each([0, 11, 13])('is not made of %d bytes', (length) => {
    expect(() => createKillCode(new Uint8Array(length))).toThrow(RangeError);
  });
});
