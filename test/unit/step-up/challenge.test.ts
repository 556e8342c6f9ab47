import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { enrolmentChallenge, purposeIds, renewalChallenge, showingHandle, stepUpChallenge } from '../../../protocol';
import { sha256 } from '../../../cloudfunctions/_adapters/crypto/es256';

const handle = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => showingHandle(Buffer.from(bytes).toString('base64url')));
const session = fc.option(fc.string({ maxLength: 30 }));
const showing = fc.record({ handle, session, purpose: fc.constantFrom(...purposeIds) });

describe('a challenge of a step-up', () => {
  it('is 32 bytes as base64url, which SOTER signs', () => {
    fc.assert(
      fc.property(showing, (shown) => {
        expect(stepUpChallenge(shown, sha256)).toMatch(/^[A-Za-z0-9_-]{43}$/);
      }),
    );
  });

  it('of two showings is one only where handle, session and purpose are', () => {
    const pair = showing.chain((one) =>
      fc.tuple(
        fc.constant(one),
        fc.record({
          handle: fc.oneof(handle, fc.constant(one.handle)),
          session: fc.oneof(session, fc.constant(one.session)),
          purpose: fc.constantFrom(...purposeIds),
        }),
      ),
    );
    fc.assert(
      fc.property(pair, ([one, other]) => {
        const isSame = one.handle === other.handle && one.session === other.session && one.purpose === other.purpose;
        expect(stepUpChallenge(one, sha256) === stepUpChallenge(other, sha256)).toBe(isSame);
      }),
    );
  });

  it('tells no session from a session of that name', () => {
    const shown = { handle: showingHandle('AAECAwQFBgcICQoLDA0ODw'), purpose: purposeIds[0] };
    const challenges = [null, '', 'null'].map((named) => stepUpChallenge({ ...shown, session: named }, sha256));
    expect(new Set(challenges).size).toBe(3);
  });

  it('begins with its use: phones and services of different ages agree on it', () => {
    const hashed = (text: string): string => createHash('sha256').update(text).digest('base64url');
    const handle = 'AAECAwQFBgcICQoLDA0ODw';
    expect(renewalChallenge('r', sha256)).toBe(hashed('["wechat-id/step-up/renewal","r"]'));
    expect(enrolmentChallenge({ caseId: 'c', nonce: 'n' }, sha256)).toBe(
      hashed('["wechat-id/step-up/enrolment","c","n"]'),
    );
    const showing = { handle: showingHandle(handle), session: null, purpose: 'train-ticket' } as const;
    expect(stepUpChallenge(showing, sha256)).toBe(
      hashed(`["wechat-id/step-up/showing","${handle}",null,"train-ticket"]`),
    );
  });

  it('for one use is none for another, whatever it is made of', () => {
    const text = 'AAECAwQFBgcICQoLDA0ODw';
    const challenges = [
      enrolmentChallenge({ caseId: text, nonce: text }, sha256),
      renewalChallenge(text, sha256),
      stepUpChallenge({ handle: showingHandle(text), session: text, purpose: purposeIds[0] }, sha256),
    ];
    expect(new Set(challenges).size).toBe(3);
    expect(enrolmentChallenge({ caseId: 'a', nonce: 'bc' }, sha256)).not.toBe(
      enrolmentChallenge({ caseId: 'ab', nonce: 'c' }, sha256),
    );
  });
});
