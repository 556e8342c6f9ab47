import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { createCode, instant, parseCode, showingHandle, verifyCode } from '../protocol';
import { createCredentialIssuer } from '../cloudfunctions/_adapters/crypto/credential-issuer';
import { readSigningKey } from '../cloudfunctions/_adapters/crypto/es256';
import { readIssuerKeys } from '../cloudfunctions/_adapters/crypto/issuer-keys';
import { createSealing } from '../cloudfunctions/_adapters/crypto/sealing';
import type { Identity } from '../cloudfunctions/_core/card/identity';
import { accountKey, calendarDate, cardId, caseId, identityKey, officeKey, parseIdNumber } from '../protocol';
import { heading, ratio } from './report';
import { inTurns } from './timing';

const ROUNDS = { rounds: 41, repeats: 200 } as const;

const fresh = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'der' },
});
const key = createPrivateKey({ key: fresh.privateKey, type: 'pkcs8', format: 'der' });
const jwk = key.export({ format: 'jwk' });
const publicKey = createPublicKey(key);
const entry = { ...jwk, kid: 'bench', state: 'active', nbf: 0, exp: 4_000_000_000 };
const signer = readSigningKey(JSON.stringify(entry));
const keys = readIssuerKeys(JSON.stringify({ keys: [entry] }));

const verifyImported = (message: Uint8Array, signature: Uint8Array): boolean =>
  verify('sha256', message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);

/** Checking one code, from its text to the verdict, against a bare signature check of the same length. */
export const benchCheck = (): void => {
  const handle = showingHandle(randomBytes(16).toString('base64url'));
  const now = instant(Date.now());
  const text = createCode({ handle, issuedAt: Math.floor(now / 1000), sign: signer.sign });
  const message = randomBytes(60);
  const signature = sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' });
  const times = inTurns(
    () => {
      const code = parseCode(text);
      const expected = {
        key: signer.publicKey,
        now,
        verify: (_key: unknown, signed: Uint8Array, by: Uint8Array) => verifyImported(signed, by),
      };
      if (!code.ok || verifyCode(code, expected) !== 'valid') {
        throw new Error('the code was not accepted');
      }
    },
    () => {
      if (!verifyImported(message, signature)) throw new Error('the signature was not accepted');
    },
    ROUNDS,
  );
  heading('Checking a code (base45, CBOR, claims, signature; key imported)');
  ratio('check of one code', times.own, 'a bare crypto.verify', times.bare, 'µs');
};

const today = calendarDate('2026-11-22');

const identity = (): Identity => {
  const parsed = parseIdNumber('330106199502179970', today);
  if (!parsed.ok) throw new Error('the sample number is none');
  return {
    key: identityKey('0'.repeat(64)),
    account: accountKey('1'.repeat(64)),
    caseId: caseId('2'.repeat(32)),
    card: {
      id: cardId('3'.repeat(32)),
      tier: 'light',
      mintedAt: instant(Date.now()),
      validTo: calendarDate('2031-11-22'),
      holderKey: signer.publicKey,
      stops: [],
      limitedUntil: null,
      credential: { kid: signer.kid, issuedAt: instant(0), list: 1, index: 7 },
    },
    office: officeKey('4'.repeat(64)),
    untold: null,
    unannounced: null,
    revision: 0,
    eventCount: 0,
    outbox: [],
    dataKey: createSealing(randomBytes(32)).newDataKey(),
    person: {
      name: '林知远',
      number: parsed.number,
      sex: 'male',
      ethnicity: '汉',
      birthDate: '1995-02-17',
      address: '浙江省杭州市西湖区云栖里路218号3幢502室',
      issuingAuthority: '杭州市公安局西湖分局',
      validFrom: '2019-04-12',
      validTo: '2029-04-12',
      portrait: new Uint8Array(),
    },
    stepUp: { fingerprint: null, template: null, renewal: null, faceTries: { on: today, count: 0 }, pictures: [] },
    showing: null,
    lastShowing: null,
    killCodes: [],
    deletion: null,
    dataExport: null,
    guardian: null,
  };
};

/** Issuing one credential against a bare signature over as many bytes. */
export const benchMint = (): void => {
  const issue = createCredentialIssuer('https://issuer.example', keys, (length) => randomBytes(length));
  const sample = identity();
  const at = instant(Date.now());
  const message = Buffer.from(issue(sample, at).split('~')[0] ?? '');
  const times = inTurns(
    () => {
      issue(sample, at);
    },
    () => {
      sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' });
    },
    ROUNDS,
  );
  heading('Minting a credential (SD-JWT VC, nine claims, salts, digests, signature)');
  ratio('mint of one credential', times.own, 'a bare crypto.sign', times.bare, 'µs');
};
