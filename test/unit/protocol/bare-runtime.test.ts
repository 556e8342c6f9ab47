import { resolve } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';

const root = resolve(__dirname, '../../..');

/** The room and a signature library, as one script in the language of 2020. */
const bundled = async (): Promise<string> => {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: `export * as protocol from './protocol/index';
        export { p256 } from '@noble/curves/nist.js';
        export { sha256 } from '@noble/hashes/sha2.js';`,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    format: 'iife',
    globalName: 'room',
    target: 'es2020',
    platform: 'neutral',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).toEqual([]);
  return outputFiles[0]?.text ?? '';
};

/** A person's whole way through the language, told by a script that has nothing but the language. */
const story = `
  const { protocol: p, p256, sha256 } = room;
  const keyOf = (byte) => {
    const secret = new Uint8Array(32).fill(byte);
    return {
      key: p.publicKey(p256.getPublicKey(secret, false)),
      sign: (message) => p256.sign(sha256(message), secret, { prehash: false }),
    };
  };
  const verify = (key, message, signature) => p256.verify(signature, sha256(message), key, { prehash: false });
  const [issuer, holder, fresh] = [keyOf(1), keyOf(2), keyOf(3)];
  const nonce = p.base64urlEncode(new Uint8Array(16).fill(7));
  const handle = p.showingHandle(nonce);
  const proof = p.verifyKeyProof(p.createKeyProof({ nonce, ...holder }), { expectedNonce: nonce, verify });
  const statement = p.verifyShowingStatement(
    p.createShowingStatement({ handle, key: fresh.key, purpose: 'parcel-pickup', session: null, sign: holder.sign }),
    { holderKey: holder.key, expectedHandle: handle, verify },
  );
  const now = p.instant(1795000001000);
  const code = p.parseCode(p.createCode({ handle, issuedAt: 1795000000, sign: fresh.sign }));
  let salts = 0;
  const credential = p.createCredential({
    issuer: 'https://issuer.example', vct: 'urn:example', kid: 'k', holderKey: holder.key, issuedAt: 1795000000,
    expiresAt: 1826536000, status: { uri: 'https://issuer.example/status/1', index: 5 }, claims: { name: '林晓梅𠮷' }, alwaysDisclosed: {}, sha256, sign: issuer.sign,
    salt: () => new Uint8Array(16).fill(salts++),
  });
  const trusted = {
    expectedIssuer: 'https://issuer.example', expectedVct: 'urn:example', keys: new Map([['k', issuer.key]]), now, sha256, verify,
  };
  const bound = { audience: 'https://bank.example', nonce: 'n' };
  const presentation = p.createPresentation({
    credential, disclose: ['name'], ...bound, issuedAt: 1795000000, sha256, sign: holder.sign,
  });
  JSON.stringify({
    globals: ['wx', 'process', 'Buffer', 'TextEncoder', 'TextDecoder', 'crypto', 'URL', 'atob', 'console', 'WebAssembly', 'setTimeout', 'require']
      .filter((name) => name in globalThis),
    proof: proof.ok,
    purpose: statement.purpose,
    code: p.verifyCode(code, { key: statement.key, now, verify }),
    strangers: p.verifyCode(code, { key: holder.key, now, verify }),
    claims: p.verifyCredential(credential, trusted).credential.claims,
    presented: p.verifyPresentation(presentation, { ...trusted, ...bound, holderKey: holder.key }).credential.disclosed,
    number: p.parseIdNumber('11010519491231002X', p.calendarDate('2026-11-22')).birthDate,
    refused: p.parseCode('NOT A CODE').ok,
  });
`;

it('needs nothing but the language of 2020, and no code made at run time', async () => {
  const context = createContext({}, { codeGeneration: { strings: false, wasm: false } });
  // V8 gives every context these two, the phone none.
  runInContext('delete globalThis.console; delete globalThis.WebAssembly;', context);
  runInContext(await bundled(), context);
  expect(JSON.parse(String(runInContext(story, context)))).toEqual({
    globals: [],
    proof: true,
    purpose: 'parcel-pickup',
    code: 'valid',
    strangers: 'bad_signature',
    claims: { name: '林晓梅𠮷' },
    presented: ['name'],
    number: '1949-12-31',
    refused: false,
  });
});
