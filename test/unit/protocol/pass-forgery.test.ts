import fc from 'fast-check';
import {
  createPass,
  instant,
  parseShownPass,
  purposeTable,
  verifyPass,
  type PassFault,
  type PurposeId,
} from '../../../protocol';
import { base45Decode, base45Encode } from '../../../protocol/bytes/base45';
import { cborEncode } from '../../../protocol/cbor/cbor-encode';
import type { CborValue } from '../../../protocol/cbor/cbor-value';
import { externalAad } from '../../../protocol/cose/domain';
import { createSign1 } from '../../../protocol/cose/sign1';
import { createPassMaker, passFacts, PASS_ISSUED_AT, shownText, type HeldPass } from '../../support/passes';
import { base45Alphabet } from '../../../protocol/spec/rfc9285';
import { sha256, toHex } from './support';

const maker = createPassMaker();
const held = maker.make();

const outcome = (text: string, seconds: number, change: object = {}): PassFault | 'valid' => {
  const verified = verifyPass(text, { ...maker.expecting(seconds), ...change });
  return verified.ok ? 'valid' : verified.fault;
};
const textOf = (bytes: Uint8Array): string => `P1:${base45Encode(bytes)}`;
const bytesOf = (text: string): Uint8Array => base45Decode(text.slice(3)) ?? new Uint8Array();

/** A showing of any content, signed by the pass's own key as a showing is. */
const forged = (
  purpose: PurposeId,
  told: readonly CborValue[],
  more: readonly (readonly [number, CborValue])[] = [],
): string => {
  const claims = new Map<number, CborValue>([[6, PASS_ISSUED_AT + 1], [-65538, [purpose, held.bytes, ...told]], ...more]); // prettier-ignore
  return textOf(
    createSign1({ payload: cborEncode(claims), externalAad: externalAad.passShowing, sign: held.key.sign }),
  );
};
const told = held.openings.map(({ salt, value }): CborValue => [salt, value]);

describe('a forged pass', () => {
  const text = shownText(held, 1);

  it('is refused with any single bit turned', () => {
    const bytes = bytesOf(text);
    const accepted: number[] = [];
    // Every byte, and of each one bit that differs from run to run: 390 verifications.
    for (let at = 0; at < bytes.length; at += 1) {
      const turned = bytes.map((byte, index) => (index === at ? byte ^ (1 << (at % 8)) : byte));
      if (outcome(textOf(turned), 2) === 'valid') accepted.push(at);
    }
    expect(accepted).toEqual([]);
  });

  it('is refused cut short, prolonged, in other letters and with any character exchanged', () => {
    const alphabet = Array.from(base45Alphabet);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(...alphabet), (at, character) => {
        const changed = text.slice(0, at) + character + text.slice(at + 1);
        fc.pre(changed !== text);
        expect(outcome(changed, 2)).not.toBe('valid');
        expect(outcome(text.slice(0, at), 2)).toBe('malformed');
      }),
      { numRuns: 150 },
    );
    for (const other of [`${text}0`, `${text}000`, text.toLowerCase(), ` ${text}`, text.slice(3), `P1:${text}`]) {
      expect(outcome(other, 2)).toBe('malformed');
    }
  });

  it('never throws, whatever the text is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((rest) => `P1:${rest}`),
        ),
        (any) => {
          expect(parseShownPass(any)).toBeNull();
        },
      ),
    );
    expect(parseShownPass(`P1:${'0'.repeat(100_000)}`)).toBeNull();
  });

  it('is refused where somebody else issued it, or the key is unknown, or was not good at the time', () => {
    const other = createPassMaker();
    const [name, known] = [...maker.expecting(2).keys][0] ?? [];
    if (name === undefined || known === undefined) throw new Error('the maker has no key');
    const foreign = other.make();
    expect(outcome(shownText(foreign, 1), 2)).toBe('unknown_key');
    // The forger's key under the issuer's name.
    const claimed = createPass(
      {
        id: new Uint8Array(16),
        issuedAt: PASS_ISSUED_AT,
        expiresAt: PASS_ISSUED_AT + 60,
        tier: 'full',
        key: held.key.publicKey,
        openings: held.openings,
      },
      { issuerKey: maker.issuer.publicKey, sign: other.issuer.sign, sha256 },
    );
    expect(outcome(shownText({ ...held, bytes: claimed }, 1), 2)).toBe('bad_signature');
    const until = (notBefore: number | null, notAfter: number | null) => ({
      keys: new Map([
        [
          name,
          {
            ...known,
            notBefore: notBefore === null ? null : instant(notBefore),
            notAfter: notAfter === null ? null : instant(notAfter),
          },
        ],
      ]),
    });
    const issued = PASS_ISSUED_AT * 1000;
    expect(outcome(text, 2, until(issued + 599_999, issued))).toBe('valid');
    expect(outcome(text, 2, until(issued + 600_000, null))).toBe('key_not_valid');
    expect(outcome(text, 2, until(null, issued - 1))).toBe('key_not_valid');
  });

  it('is refused where another key shows it: a copied pass is worth nothing', () => {
    expect(outcome(shownText({ ...held, key: maker.make().key }, 1), 2)).toBe('bad_binding');
  });

  it('is refused where a claim was exchanged, though the holder’s own key signs it', () => {
    const another = maker.make({ facts: { ...passFacts, masked_name: '王*' } });
    const [name] = another.openings;
    const swapped: HeldPass = { ...held, openings: [name, held.openings[1], held.openings[2]] };
    expect(outcome(shownText(swapped, 1), 2)).toBe('foreign_claim');
    const aged: HeldPass = {
      ...held,
      openings: [held.openings[0], held.openings[1], { ...held.openings[2], value: 0 }],
    };
    expect(outcome(shownText(aged, 1), 2)).toBe('foreign_claim');
  });

  it('is refused where more is told than the purpose allows, though all of it is true', () => {
    expect(outcome(forged('parcel-pickup', told), 2)).toBe('wrong_claims');
    const offline = (['parcel-pickup', 'internet-cafe'] as const).map((id) =>
      purposeTable[id].modes.includes('offline'),
    );
    expect(offline).toEqual([true, false]);
    expect(outcome(forged('internet-cafe', told), 2, { purpose: 'internet-cafe' })).toBe('not_offline');
  });

  it('is refused with any claim beyond those of the format', () => {
    expect(outcome(forged('parcel-pickup', told, [[3, 'audience']]), 2)).toBe('malformed');
    expect(outcome(forged('parcel-pickup', [...told, 1]), 2)).toBe('malformed');
    expect(outcome(forged('parcel-pickup', told.slice(1)), 2)).toBe('malformed');
    expect(
      outcome(
        forged(
          'parcel-pickup',
          told.map(() => new Uint8Array(15)),
        ),
        2,
      ),
    ).toBe('malformed');
  });

  it('is refused for another purpose than it is shown for', () => {
    expect(outcome(text, 2, { purpose: 'internet-cafe' })).toBe('other_purpose');
  });
});

describe('the clocks', () => {
  it('may differ by a minute, and no more', () => {
    const text = shownText(held, 1000);
    // Seconds by which the merchant's clock is after the showing.
    const table: readonly [number, PassFault | 'valid'][] = [
      [-60.001, 'from_future'],
      [-60, 'valid'],
      [0, 'valid'],
      [29, 'valid'],
      [89.999, 'valid'],
      [90, 'stale'],
      [3600, 'stale'],
    ];
    expect(table.map(([seconds]) => [seconds, outcome(text, 1000 + seconds)])).toEqual(table);
  });

  it('end a pass with no tolerance, by whichever of them is ahead', () => {
    const pass = maker.make({ life: 100 });
    expect(outcome(shownText(pass, 99), 99.999)).toBe('valid');
    expect(outcome(shownText(pass, 99), 100)).toBe('expired');
    expect(outcome(shownText(pass, 100), 50)).toBe('expired');
  });

  it('begin it a minute early at most', () => {
    expect(outcome(shownText(held, 0), -60)).toBe('valid');
    expect(outcome(shownText(held, -30), -60.001)).toBe('not_yet_valid');
    expect(outcome(shownText(held, -61), -30)).toBe('not_yet_valid');
  });

  it('are asked only of what is genuine', () => {
    expect(outcome(shownText({ ...held, key: maker.make().key }, 1), 1_000_000)).toBe('bad_binding');
  });

  it('let no pass live longer than a day', () => {
    expect(() => maker.make({ life: 86_401 })).toThrow(RangeError);
    expect(() => maker.make({ life: 0 })).toThrow(RangeError);
  });

  it('are told so coarsely that many holders have them in common', () => {
    expect(() => maker.make({ issuedAt: PASS_ISSUED_AT + 1 })).toThrow(RangeError);
    expect(outcome(shownText(maker.make({ issuedAt: PASS_ISSUED_AT - 600 }), 0), 1)).toBe('valid');
  });
});

describe('two passes of one holder', () => {
  /** The runs of eight bytes that a text has: shorter ones, which begin with lengths and numbers, two passes share by chance. */
  const runsOf = (bytes: Uint8Array): Set<string> =>
    new Set(Array.from({ length: bytes.length - 7 }, (_, at) => toHex(bytes.subarray(at, at + 8))));
  const shared = (one: Uint8Array, other: Uint8Array): string[] =>
    [...runsOf(one)].filter((run) => runsOf(other).has(run));

  it('share nothing but what the passes of any two strangers share, as long as nothing is told', () => {
    const ofStranger = maker.make({
      facts: { masked_name: '欧阳*', masked_number: '1****************X', age_over_18: false },
    }).bytes;
    const constants = new Set(shared(held.bytes, ofStranger));
    expect(shared(held.bytes, maker.make().bytes).filter((run) => !constants.has(run))).toEqual([]);
  });

  it('of which the id, key, salts and digests differ', () => {
    const [one, other] = [held, maker.make()].map((pass) => parseShownPass(shownText(pass, 1)));
    expect(one?.pass.id).not.toBe(other?.pass.id);
    expect(toHex(one?.pass.key ?? new Uint8Array())).not.toBe(toHex(other?.pass.key ?? new Uint8Array()));
    expect(one?.pass.commitment).not.toEqual(other?.pass.commitment);
  });
});
