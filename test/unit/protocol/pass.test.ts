import fc from 'fast-check';
import { decode, encode, type Tag } from 'cbor2';
import { p256 } from '@noble/curves/nist.js';
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { encode as encodeQr } from 'uqr';
import {
  createPass,
  createShownPass,
  looksLikePass,
  offlinePurposes,
  passKeyName,
  publicKey,
  purposeTable,
  spellClaims,
  verifyPass,
  type Openings,
} from '../../../protocol';
import { base45Decode } from '../../../protocol/bytes/base45';
import { createPassMaker, passFacts, PASS_ISSUED_AT, shownText } from '../../support/passes';
import { ascii, fromHex, sha256, toHex, verifySignature } from './support';

/** The four parts of a COSE_Sign1. */
type Parts = [Uint8Array, Map<number, unknown>, Uint8Array, Uint8Array];

/** What is signed (RFC 9052, section 4.4). */
const sigStructure = (use: string, header: Uint8Array, payload: Uint8Array): Uint8Array =>
  encode(['Signature1', header, ascii(use), payload]);

const maker = createPassMaker();
const held = maker.make();

const bytesOf = (text: string): Uint8Array => base45Decode(text.slice(3)) ?? new Uint8Array();

describe('a shown pass', () => {
  it('tells what it says, to whoever holds the issuer’s key', () => {
    const verified = verifyPass(shownText(held, 100), maker.expecting(101));
    expect(verified).toEqual({
      ok: true,
      pass: {
        id: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
        purpose: 'parcel-pickup',
        tier: 'light',
        claims: { masked_name: passFacts.masked_name, masked_number: passFacts.masked_number },
        issuedAt: PASS_ISSUED_AT,
        expiresAt: PASS_ISSUED_AT + 86_400,
        shownAt: PASS_ISSUED_AT + 100,
      },
    });
  });

  it('tells any name, number and answer, and of each purpose its claims alone', () => {
    const names = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((name) => Array.from(name).length <= 40);
    fc.assert(
      fc.property(
        names,
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        fc.constantFrom(...offlinePurposes),
        (name, digit, age, purpose) => {
          const facts = { masked_name: name, masked_number: `${String(digit)}****************X`, age_over_18: age };
          const verified = verifyPass(shownText(maker.make({ facts }), 1, purpose), maker.expecting(2, purpose));
          const allowed = purposeTable[purpose].claims.map(
            (claim) => [claim, facts[claim as keyof typeof facts]] as const,
          );
          expect(verified).toMatchObject({ ok: true, pass: { claims: Object.fromEntries<unknown>(allowed) } });
          expect(verified.ok && Object.keys(verified.pass.claims).sort()).toEqual(
            [...purposeTable[purpose].claims].sort(),
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  it('fits a QR code of version 13 at error correction L, also for a long name', () => {
    const short = shownText(held, 1);
    const long = shownText(
      maker.make({ facts: { ...passFacts, masked_name: `阿${'*'.repeat(12)}·${'*'.repeat(12)}` } }),
      1,
    );
    const versionOf = (text: string) => encodeQr(text, { ecc: 'L', boostEcc: false }).version;
    expect(short).toHaveLength(581);
    expect([short, long].map(versionOf)).toEqual([13, 13]);
    expect(short).toMatch(/^[0-9A-Z $%*+./:-]+$/);
  });

  it('is told from every other text by its beginning', () => {
    expect(looksLikePass(shownText(held, 1))).toBe(true);
    // A code that the service redeems begins with these bytes, whatever it says.
    expect(looksLikePass('RRQXO8O608CK$A3WY0ZND+TFR')).toBe(false);
  });

  it('is a COSE_Sign1 of a CWT that holds another, as somebody else’s library reads them', () => {
    const [header, , payload, signature] = decode<Tag>(bytesOf(shownText(held, 7))).contents as Parts;
    const shown = decode<Map<number, unknown>>(payload);
    const [purpose, pass, name, number, age] = shown.get(-65538) as [
      string,
      Uint8Array,
      unknown[],
      unknown[],
      Uint8Array,
    ];
    expect([...shown.keys()]).toEqual([6, -65538]);
    expect([shown.get(6), purpose, name[1], number[1], age.length]).toEqual([
      PASS_ISSUED_AT + 7,
      'parcel-pickup',
      '林**',
      '30',
      16,
    ]);
    expect(
      verifySignature(held.key.publicKey, sigStructure('wechat-id/pass-showing', header, payload), signature),
    ).toBe(true);

    const [issuerHeader, , claims, issuerSignature] = decode<Tag>(pass).contents as Parts;
    expect(decode<Map<number, unknown>>(issuerHeader)).toEqual(
      new Map<number, unknown>([[1, -7], [4, fromHex(passKeyName(maker.issuer.publicKey, sha256))]]), // prettier-ignore
    );
    expect(
      verifySignature(maker.issuer.publicKey, sigStructure('wechat-id/pass', issuerHeader, claims), issuerSignature),
    ).toBe(true);
    const issued = decode<Map<number, unknown>>(claims);
    const digest = (position: number, [salt, value]: readonly unknown[]) =>
      sha256(encode([ascii('wechat-id/pass-claim'), position, salt, value])).subarray(0, 16);
    const commitment = sha256(Buffer.concat([digest(0, name), digest(1, number), age])).subarray(0, 16);
    expect([...issued.keys()]).toEqual([4, 6, 7, 8, -65537]);
    expect(issued.get(-65537)).toEqual([0, new Uint8Array(commitment)]);
  });

  it('is the very text that it was', () => {
    const keyFrom = (byte: number) => {
      const secret = new Uint8Array(32).fill(byte);
      return {
        publicKey: publicKey(p256.getPublicKey(secret, false)),
        sign: (message: Uint8Array) => p256.sign(nobleSha256(message), secret, { prehash: false }),
      };
    };
    const [issuer, own] = [keyFrom(1), keyFrom(2)];
    const [name, number, age] = spellClaims(passFacts);
    const salt = (byte: number) => new Uint8Array(16).fill(byte);
    const openings: Openings = [
      { salt: salt(0), value: name },
      { salt: salt(1), value: number },
      { salt: salt(2), value: age },
    ];
    const content = {
      id: new Uint8Array(16).fill(9),
      issuedAt: PASS_ISSUED_AT,
      expiresAt: PASS_ISSUED_AT + 86_400,
      tier: 'light' as const,
    };
    const pass = createPass(
      { ...content, key: own.publicKey, openings },
      { issuerKey: issuer.publicKey, sign: issuer.sign, sha256 },
    );
    const text = createShownPass({
      pass,
      openings,
      purpose: 'parcel-pickup',
      shownAt: PASS_ISSUED_AT + 5,
      sign: own.sign,
      sha256,
    });
    expect(toHex(sha256(ascii(text)))).toBe('1cf59810e0430fa7b8389a86318b6a94302e6a144719ba9b829e2ca9048139b9');
  });
});
