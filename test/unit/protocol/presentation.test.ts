import fc from 'fast-check';
import {
  AnswerAskRequest,
  base64urlEncode,
  claimNames,
  MAX_PRESENTATION_LENGTH,
  presentableClaims,
  publicKeyToJwk,
  utf8Encode,
} from '../../../protocol';
import { libraryOf } from './credential-library';
import { claims, content, genuine, holder, issuer, partsOf } from './credential-support';
import {
  audience,
  check,
  disclosuresOf,
  genuinePresentation,
  halves,
  issuedAt,
  nonce,
  present,
} from './presentation-support';
import { sha256 } from './support';

describe('a presentation', () => {
  it('tells the chosen claims, and what stands in the open', () => {
    expect(check(genuinePresentation)).toEqual({
      ok: true,
      credential: {
        holderKey: holder.key,
        issuedAt: content.issuedAt,
        expiresAt: content.expiresAt,
        status: content.status,
        claims: { name: claims.name, birthdate: claims.birthdate, tier: 'light' },
        disclosed: ['name', 'birthdate'],
      },
    });
  });

  it('holds neither text nor disclosure of what was not chosen', () => {
    expect(disclosuresOf(genuinePresentation)).toHaveLength(2);
    expect(disclosuresOf(genuine)).toHaveLength(3);
    const spelt = disclosuresOf(genuinePresentation).map((text) => Buffer.from(text, 'base64url').toString());
    expect(spelt.join()).not.toContain('address');
  });

  it('discloses any choice of the claims, in the credential’s order, and passes over what it lacks', () => {
    const names = Object.keys(claims);
    fc.assert(
      fc.property(fc.shuffledSubarray([...names, 'ethnicity', '__proto__', 'tier', 'vct']), (disclose) => {
        const chosen = names.filter((name) => disclose.includes(name));
        const verdict = check(present({ disclose }));
        expect(verdict).toMatchObject({ ok: true, credential: { disclosed: chosen } });
        const told = verdict.ok ? Object.keys(verdict.credential.claims) : [];
        expect(told.sort()).toEqual([...chosen, 'tier'].sort());
      }),
      { numRuns: 100 },
    );
  });

  it('is bound to any nonce and audience, and to no other', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 });
    fc.assert(
      fc.property(text, text, text, text, (one, other, to, toOther) => {
        const made = present({ nonce: one, audience: to });
        expect(check(made, { nonce: one, audience: to }).ok).toBe(true);
        fc.pre(one !== other && to !== toOther);
        expect(check(made, { nonce: other, audience: to })).toEqual({ ok: false, fault: 'wrong_nonce' });
        expect(check(made, { nonce: one, audience: toOther })).toEqual({ ok: false, fault: 'wrong_audience' });
      }),
      { numRuns: 50 },
    );
  });

  it('is made of a credential alone', () => {
    const make = (credential: string) => () => present({ credential });
    expect(make(genuinePresentation)).toThrow('no credential');
    expect(make('')).toThrow('no credential');
  });

  it('has a key binding as RFC 9901, section 4.3, wants it', () => {
    const { header, payload } = partsOf(`${halves(genuinePresentation).binding}~`);
    expect(header).toEqual({ alg: 'ES256', typ: 'kb+jwt' });
    const sd_hash = base64urlEncode(sha256(utf8Encode(halves(genuinePresentation).presented)));
    expect(payload).toEqual({ iat: issuedAt, aud: audience, nonce, sd_hash });
  });

  it('is far below the longest that is looked at, and that is the longest that can be sent', () => {
    expect(AnswerAskRequest.properties.presentation.maxLength).toBe(MAX_PRESENTATION_LENGTH);
    expect(present({ disclose: Object.keys(claims) }).length).toBeLessThan(MAX_PRESENTATION_LENGTH / 4);
  });
});

describe('a presentation and an independent library', () => {
  const library = libraryOf();
  const verify = (text: string, keyBindingNonce = nonce) =>
    library.verify(text, { currentDate: issuedAt, keyBindingNonce });

  it('is verified by it, key binding and all', async () => {
    const { payload, kb } = await verify(genuinePresentation);
    expect(payload).toMatchObject({ name: claims.name, birthdate: claims.birthdate, tier: 'light' });
    expect(payload).not.toHaveProperty('address');
    expect(kb?.payload).toMatchObject({ iat: issuedAt, aud: audience, nonce });
  });

  it('is refused by it under another nonce and by another key, as here', async () => {
    await expect(verify(genuinePresentation, 'another')).rejects.toThrow(/nonce/i);
    const stolen = present({ sign: issuer.sign });
    await expect(verify(stolen)).rejects.toThrow(/signature/i);
    expect(check(stolen)).toEqual({ ok: false, fault: 'bad_binding' });
  });

  it('is made by it of our credential, and then verifies here', async () => {
    const presented = await library.present<Record<string, unknown>>(
      genuine,
      { birthdate: true, address: true },
      { kb: { payload: { iat: issuedAt, aud: audience, nonce } } },
    );
    expect(check(presented)).toMatchObject({
      ok: true,
      credential: {
        claims: { birthdate: claims.birthdate, address: claims.address },
        disclosed: ['birthdate', 'address'],
      },
    });
    expect(check(presented, { nonce: 'another' })).toEqual({ ok: false, fault: 'wrong_nonce' });
  });

  it('is made here of its credential, and then verifies in both', async () => {
    const issued = await library.issue(
      {
        iss: content.issuer,
        iat: content.issuedAt,
        exp: content.expiresAt,
        vct: content.vct,
        cnf: { jwk: publicKeyToJwk(holder.key) },
        status: { status_list: { idx: 3, uri: content.status.uri } },
        name: '林晓梅',
        sex: 'female',
      },
      { _sd: ['name', 'sex'] },
      { header: { kid: 'key-1' } },
    );
    const presented = present({ credential: issued, disclose: ['sex'] });
    expect((await verify(presented)).payload).toMatchObject({ sex: 'female' });
    expect(check(presented)).toMatchObject({
      ok: true,
      credential: { claims: { sex: 'female' }, disclosed: ['sex'] },
    });
  });
});

describe('what a presentation can tell', () => {
  it('is each claim under the credential’s name for it, and nothing that the service derives', () => {
    expect(presentableClaims(claimNames)).toEqual([
      'name',
      'personal_administrative_number',
      'sex',
      'birthdate',
      'ethnicity',
      'address',
      'document_issuing_authority',
      'document_expires_on',
    ]);
    expect(presentableClaims(['age_over_18', 'masked_name', 'masked_number'])).toEqual([]);
    expect(presentableClaims(['number', 'masked_name'])).toEqual(['personal_administrative_number']);
  });

  it('is nothing beyond the tier where no claim of the credential was consented to', () => {
    expect(check(present({ disclose: presentableClaims(['age_over_18']) }))).toMatchObject({
      ok: true,
      credential: { claims: { tier: 'light' }, disclosed: [] },
    });
  });
});
