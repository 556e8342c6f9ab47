import {
  base64urlDecode,
  base64urlEncode,
  createOrderStatement,
  createGuardianStatement,
  createKeyProof,
  createShowingStatement,
  parseOrderStatement,
  parseGuardianStatement,
  sessionHandle,
  showingHandle,
  verifyKeyProof,
  verifyShowingStatement,
  type PublicKey,
} from '../../../protocol';
import { cborEncode } from '../../../protocol/cbor/cbor-encode';
import type { CborValue } from '../../../protocol/cbor/cbor-value';
import { externalAad } from '../../../protocol/cose/domain';
import { createSign1 } from '../../../protocol/cose/sign1';
import { publicKeyToCoseKey } from '../../../protocol/key/cose-key';
import { flipBit, fromHex, highS, keyPair, twinOf, verifySignature } from './support';

const challenge = fromHex('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff');
const nonce = base64urlEncode(challenge);
const handle = showingHandle(nonce);
const holder = keyPair();
const fresh = keyPair();
const verify = verifySignature;

const bytesOf = (text: string): Uint8Array => base64urlDecode(text) ?? new Uint8Array();
const claims = (aud: string, key = holder.key): [number | string, CborValue][] => [
  [3, aud],
  [7, challenge],
  [8, new Map([[1, publicKeyToCoseKey(key)]])],
];
const signed = (
  entries: [number | string, CborValue][],
  use: 'mint' | 'showing' | 'code' | 'deletion' | 'export' | 'guardian' = 'mint',
): string =>
  base64urlEncode(
    createSign1({ payload: cborEncode(new Map(entries)), externalAad: externalAad[use], sign: holder.sign }),
  );

describe('the key proof', () => {
  const proof = createKeyProof({ nonce, key: holder.key, sign: holder.sign });
  const check = (text: string) => verifyKeyProof(text, { expectedNonce: nonce, verify });

  it('proves its key for this nonce', () => {
    expect(check(proof)).toEqual({ ok: true, key: holder.key });
  });

  it('fits what the wire allows', () => {
    expect(proof.length).toBeLessThanOrEqual(600);
  });

  it('is refused for another nonce', () => {
    const other = base64urlEncode(new Uint8Array(16));
    expect(verifyKeyProof(proof, { expectedNonce: other, verify })).toEqual({ ok: false, fault: 'wrong_nonce' });
  });

  it('is refused where another key signed', () => {
    const stolen = createKeyProof({ nonce, key: holder.key, sign: fresh.sign });
    expect(check(stolen)).toEqual({ ok: false, fault: 'bad_signature' });
  });

  it('is refused with any bit turned, and cut at any place', () => {
    const bytes = bytesOf(proof);
    for (let bit = 0; bit < bytes.length * 8; bit += 1)
      expect(check(base64urlEncode(flipBit(bytes, bit))).ok).toBe(false);
    for (let length = 0; length < proof.length; length += 1) expect(check(proof.slice(0, length)).ok).toBe(false);
  });

  it('is refused with the twin of its signature', () => {
    const bytes = bytesOf(createKeyProof({ nonce, key: holder.key, sign: highS(holder.sign) }));
    expect(check(base64urlEncode(bytes)).ok).toBe(true);
    const twin = Uint8Array.from([...bytes.slice(0, -64), ...twinOf(bytes.slice(-64))]);
    expect(check(base64urlEncode(twin))).toEqual({ ok: false, fault: 'bad_signature' });
  });

  it.each<[string, string]>([
    ['another audience', signed(claims('wechat-id/showing'))],
    ['no audience', signed(claims('wechat-id/mint').slice(1))],
    ['a claim more', signed([...claims('wechat-id/mint'), [6, 1]])],
    ['a named claim more', signed([...claims('wechat-id/mint'), ['purpose', 'parcel-pickup']])],
    ['a short nonce', signed([...claims('wechat-id/mint'), [7, challenge.slice(1)]])],
    ['a key that is none', signed([...claims('wechat-id/mint'), [8, new Map([[1, new Map([[1, 2]])]])]])],
    ['a key beside the key', signed([...claims('wechat-id/mint'), [8, new Map<number, CborValue>([[1, publicKeyToCoseKey(holder.key)], [3, fromHex('00')]])]])], // prettier-ignore
    ['no claims', signed([])],
    ['padding', `${createKeyProof({ nonce, key: holder.key, sign: holder.sign })}=`],
    ['no text', ''],
    ['a key off the curve', signed([...claims('wechat-id/mint'), [8, new Map([[1, new Map<number, CborValue>([[1, 2], [-1, 1], [-2, fromHex('11'.repeat(32))], [-3, fromHex('22'.repeat(32))]])]])]])], // prettier-ignore
  ])('is malformed with %s', (_, text) => {
    expect(check(text)).toEqual({ ok: false, fault: 'malformed' });
  });

  it('is refused where it was signed for another use', () => {
    expect(check(signed(claims('wechat-id/mint'), 'showing'))).toEqual({ ok: false, fault: 'bad_signature' });
    expect(check(signed(claims('wechat-id/mint'), 'code'))).toEqual({ ok: false, fault: 'bad_signature' });
    expect(check(signed(claims('wechat-id/mint')))).toEqual({ ok: true, key: holder.key });
  });

  it('is not made for a nonce of another length', () => {
    expect(() => createKeyProof({ nonce: 'AAAA', key: holder.key, sign: holder.sign })).toThrow(RangeError);
  });
});

describe('the showing statement', () => {
  const content = { handle, key: fresh.key, purpose: 'parcel-pickup' as const, session: null };
  const statement = createShowingStatement({ ...content, sign: holder.sign });
  const expected = { holderKey: holder.key, expectedHandle: handle, verify };

  it('vouches for the fresh key and the purpose', () => {
    expect(verifyShowingStatement(statement, expected)).toEqual({
      ok: true,
      key: fresh.key,
      purpose: 'parcel-pickup',
      session: null,
    });
  });

  it('names the counter’s session that it is for', () => {
    const session = sessionHandle(base64urlEncode(new Uint8Array(16).fill(7)));
    const bound = createShowingStatement({ ...content, session, sign: holder.sign });
    expect(verifyShowingStatement(bound, expected)).toMatchObject({ ok: true, session });
    expect(bound.length).toBeLessThanOrEqual(800);
  });

  it('fits what the wire allows', () => {
    expect(statement.length).toBeLessThanOrEqual(800);
  });

  it('is refused for another handle', () => {
    const other = showingHandle(base64urlEncode(new Uint8Array(16)));
    expect(verifyShowingStatement(statement, { ...expected, expectedHandle: other })).toEqual({
      ok: false,
      fault: 'wrong_handle',
    });
  });

  it('is refused where the fresh key vouches for itself', () => {
    const own = createShowingStatement({ ...content, sign: fresh.sign });
    expect(verifyShowingStatement(own, expected)).toEqual({ ok: false, fault: 'bad_signature' });
  });

  it('is refused with any bit turned, and cut at any place', () => {
    const bytes = bytesOf(statement);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      expect(verifyShowingStatement(base64urlEncode(flipBit(bytes, bit)), expected).ok).toBe(false);
    }
    for (let length = 0; length < statement.length; length += 1) {
      expect(verifyShowingStatement(statement.slice(0, length), expected).ok).toBe(false);
    }
  });

  const showing = claims('wechat-id/showing', fresh.key);
  it.each<[string, string]>([
    ['a purpose that there is not', signed([...showing, ['purpose', 'world-domination']], 'showing')],
    ['a purpose named as every object has one', signed([...showing, ['purpose', 'toString']], 'showing')],
    ['a session that is none', signed([...showing, ['purpose', 'parcel-pickup'], ['session', 'A']], 'showing')],
    ['a number as session', signed([...showing, ['purpose', 'parcel-pickup'], ['session', 0]], 'showing')],
    ['a number as purpose', signed([...showing, ['purpose', 0]], 'showing')],
    ['no purpose', signed(showing, 'showing')],
    ['a claim more', signed([...showing, ['purpose', 'parcel-pickup'], ['claims', 'all']], 'showing')],
    ['the audience of a key proof', signed([...claims('wechat-id/mint'), ['purpose', 'parcel-pickup']], 'showing')],
    ['a key proof in its place', createKeyProof({ nonce, key: holder.key, sign: holder.sign })],
  ])('is malformed with %s', (_, text) => {
    expect(verifyShowingStatement(text, expected)).toEqual({ ok: false, fault: 'malformed' });
  });
});

describe('the guardian’s statement', () => {
  const consent = { challenge: nonce, case: 'c'.repeat(32), text: '2026-11' };
  const statement = createGuardianStatement({ ...consent, holderKey: holder.key, sign: holder.sign });
  const own = (more: [number | string, CborValue][]): string =>
    signed([...claims('wechat-id/guardian'), ...more], 'guardian');
  const good: [string, CborValue][] = [
    ['case', consent.case],
    ['text', consent.text],
  ];

  it('says which case and which text were consented to, by the holder’s key', () => {
    const parsed = parseGuardianStatement(statement);
    expect(parsed).toMatchObject(consent);
    expect(parsed?.isSignedBy(holder.key, verify)).toBe(true);
    expect(parsed?.isSignedBy(fresh.key, verify)).toBe(false);
    expect(statement.length).toBeLessThanOrEqual(700);
    expect(parseGuardianStatement(own(good))).toMatchObject(consent);
  });

  it('is none with any bit turned, and cut at any place', () => {
    const bytes = bytesOf(statement);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const turned = parseGuardianStatement(base64urlEncode(flipBit(bytes, bit)));
      expect(turned?.isSignedBy(holder.key, verify) ?? false).toBe(false);
    }
    for (let length = 0; length < statement.length; length += 1) {
      expect(parseGuardianStatement(statement.slice(0, length))).toBeNull();
    }
  });

  it.each<[string, string]>([
    ['no case', own(good.slice(1))],
    ['no text', own(good.slice(0, 1))],
    ['a claim more', own([...good, ['age', 7]])],
    ['a case that is none', own([['case', 'C'.repeat(32)], ...good.slice(1)])],
    ['a text that is none', own([...good.slice(0, 1), ['text', 'all of it']])],
    ['a number for a case', own([['case', 7], ...good.slice(1)])],
    ['another audience', signed([...claims('wechat-id/deletion'), ...good], 'guardian')],
  ])('is none with %s', (_, text) => {
    expect(parseGuardianStatement(text)).toBeNull();
  });

  it('serves for no other use, nor another statement for it', () => {
    expect(verifyKeyProof(statement, { expectedNonce: nonce, verify }).ok).toBe(false);
    expect(parseOrderStatement('deletion', statement)).toBeNull();
    const deletion = createOrderStatement('deletion', { challenge: nonce, holderKey: holder.key, sign: holder.sign });
    expect(parseGuardianStatement(deletion)).toBeNull();
    const elsewhere = parseGuardianStatement(signed([...claims('wechat-id/guardian'), ...good], 'mint'));
    expect(elsewhere?.isSignedBy(holder.key, verify)).toBe(false);
  });
});

describe('an export statement', () => {
  const statement = createOrderStatement('export', { challenge: nonce, holderKey: holder.key, sign: holder.sign });
  const expected = { holderKey: holder.key, expectedChallenge: nonce } as const;
  /** What is wrong with an export's statement, or null. */
  const exportStatementFault = (
    text: string,
    { holderKey, expectedChallenge }: { readonly holderKey: PublicKey; readonly expectedChallenge: string },
  ) => {
    const parsed = parseOrderStatement('export', text);
    if (!parsed) return 'malformed';
    if (parsed.challenge !== expectedChallenge) return 'wrong_challenge';
    return parsed.isSignedBy(holderKey, verify) ? null : 'bad_signature';
  };

  it('holds for its challenge and the key of the card', () => {
    expect(exportStatementFault(statement, expected)).toBeNull();
    expect(exportStatementFault(statement, { ...expected, holderKey: fresh.key })).toBe('bad_signature');
    expect(exportStatementFault(statement, { ...expected, expectedChallenge: 'B'.repeat(22) })).toBe('wrong_challenge');
  });

  it('fits what the wire allows', () => {
    expect(statement.length).toBeLessThanOrEqual(600);
  });

  it('is none with any bit turned, and cut at any place', () => {
    const bytes = bytesOf(statement);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      expect(exportStatementFault(base64urlEncode(flipBit(bytes, bit)), expected)).not.toBeNull();
    }
    for (let length = 0; length < statement.length; length += 1) {
      expect(exportStatementFault(statement.slice(0, length), expected)).toBe('malformed');
    }
  });

  it('serves for no other use, nor another statement for it', () => {
    expect(verifyKeyProof(statement, { expectedNonce: nonce, verify }).ok).toBe(false);
    expect(parseOrderStatement('deletion', statement)).toBeNull();
    const deletion = createOrderStatement('deletion', { challenge: nonce, holderKey: holder.key, sign: holder.sign });
    const proof = createKeyProof({ nonce, key: holder.key, sign: holder.sign });
    for (const other of [deletion, proof]) expect(exportStatementFault(other, expected)).toBe('malformed');
    const elsewhere = signed(claims('wechat-id/export'), 'deletion');
    expect(exportStatementFault(elsewhere, expected)).toBe('bad_signature');
    const more = signed([...claims('wechat-id/export'), ['age', 7]], 'export');
    expect(exportStatementFault(more, expected)).toBe('malformed');
  });
});
