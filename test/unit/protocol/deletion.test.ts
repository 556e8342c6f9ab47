import fc from 'fast-check';
import { verifySignature } from '../../../cloudfunctions/_adapters/crypto/es256';
import {
  base64urlEncode,
  createDeletionProof,
  createOrderStatement,
  createKeyProof,
  destroyedParts,
  parseOrderStatement,
  verifyDeletionProof,
} from '../../../protocol';
import { newKeyPair } from '../../support/key-pair';

const key = newKeyPair();
const other = newKeyPair();
const challenge = base64urlEncode(new Uint8Array(16).fill(9));

describe('a deletion statement', () => {
  const text = createOrderStatement('deletion', { challenge, holderKey: key.publicKey, sign: key.sign });

  it('holds for its challenge and its own key', () => {
    const parsed = parseOrderStatement('deletion', text);
    expect(parsed?.challenge).toBe(challenge);
    expect(parsed?.isSignedBy(key.publicKey, verifySignature)).toBe(true);
    expect(parsed?.isSignedBy(other.publicKey, verifySignature)).toBe(false);
  });

  it('is no statement for any other use', () => {
    const proof = createKeyProof({ nonce: challenge, key: key.publicKey, sign: key.sign });
    expect(parseOrderStatement('deletion', proof)).toBeNull();
    expect(parseOrderStatement('deletion', proof.slice(1))).toBeNull();
    expect(parseOrderStatement('deletion', '')).toBeNull();
  });
});

describe('a deletion proof', () => {
  const content = {
    issuer: 'https://issuer.example',
    id: 'ab'.repeat(16),
    deletedAt: 1_770_000_000,
    destroyed: destroyedParts,
    unreadableEvents: 12,
  };
  const proof = createDeletionProof({ ...content, kid: 'issuer-1', sign: key.sign });
  const keys = new Map([['issuer-1', key.publicKey]]);
  const verify = (text: string, known = keys) => verifyDeletionProof(text, { keys: known, verify: verifySignature });

  it('is read back with the issuer’s key', () => {
    expect(verify(proof)).toEqual(content);
  });

  it('is none with another key, under another name, or with any character changed', () => {
    expect(verify(proof, new Map([['issuer-1', other.publicKey]]))).toBeNull();
    expect(verify(proof, new Map([['issuer-2', key.publicKey]]))).toBeNull();
    for (let at = 0; at < proof.length; at += 1) {
      const changed = proof.slice(0, at) + (proof.charAt(at) === 'A' ? 'B' : 'A') + proof.slice(at + 1);
      expect(verify(changed)).toBeNull();
    }
    expect(verify(`${proof}.`)).toBeNull();
    expect(verify(proof.split('.').slice(0, 2).join('.'))).toBeNull();
  });

  it('is none of what anybody makes up', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(verify(text)).toBeNull();
      }),
    );
  });
});
