#!/usr/bin/env node
// An auditor of the event log, as an outsider would write it: Node alone, from the page docs/log.md of the project.
//
//   node audit.mjs <issuer url> [--kept <file>] [--event <file>]
//
// --kept   remembers the last checkpoint; each run is held against the one before
// --event  JSON with `salt` and `content` of an event of yours, from your own export: is it in the log?
//
// Exit: 0 all holds, 1 the log lies, 2 it could not be checked.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

class Lie extends Error {}

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const leafHash = (content) => sha256(Buffer.of(0), content);
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);
const fromBase64url = (text) => Buffer.from(text, 'base64url');

/** RFC 9162, 2.1.1: the largest power of two below the size parts the tree. */
const rootOf = (hashes) => {
  if (hashes.length === 0) return sha256();
  if (hashes.length === 1) return hashes[0];
  const k = 2 ** Math.floor(Math.log2(hashes.length - 1));
  return nodeHash(rootOf(hashes.slice(0, k)), rootOf(hashes.slice(k)));
};

/** RFC 9162, 2.1.3.2. */
const checkInclusion = (hash, leaf, size, proof, root) => {
  let [fn, sn, r] = [leaf, size - 1, hash];
  for (const p of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      r = nodeHash(p, r);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else r = nodeHash(r, p);
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && r.equals(root);
};

/** RFC 9162, 2.1.4.2. */
const checkConsistency = (first, firstRoot, second, secondRoot, proof) => {
  if (first === second) return proof.length === 0 && firstRoot.equals(secondRoot);
  const path = Number.isInteger(Math.log2(first)) ? [firstRoot, ...proof] : proof;
  if (path.length === 0) return false;
  let [fn, sn] = [first - 1, second - 1];
  while (fn % 2 === 1) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  let [fr, sr] = [path[0], path[0]];
  for (const c of path.slice(1)) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [fr, sr] = [nodeHash(c, fr), nodeHash(c, sr)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else sr = nodeHash(sr, c);
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && fr.equals(firstRoot) && sr.equals(secondRoot);
};

const [issuer, ...options] = process.argv.slice(2);
const option = (name) => (options.includes(name) ? options[options.indexOf(name) + 1] : undefined);

const get = async (path) => {
  const response = await fetch(new URL(path, issuer), { redirect: 'error', signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response;
};

const readCheckpoint = (text, keys) => {
  const [header, payload, signature] = text.split('.');
  const { alg, typ, kid } = JSON.parse(fromBase64url(header));
  if (alg !== 'ES256' || typ !== 'wechat-id-checkpoint+jwt') throw new Lie('this is no checkpoint');
  const jwk = keys.find((key) => key.kid === kid);
  if (!jwk) throw new Lie('the checkpoint is signed by a key that is not published');
  const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' };
  if (!verify('sha256', Buffer.from(`${header}.${payload}`), key, fromBase64url(signature)))
    throw new Lie('the signature of the checkpoint is false');
  const { iss, iat, size, root } = JSON.parse(fromBase64url(payload));
  if (iss !== issuer.replace(/\/$/, '')) throw new Lie('the checkpoint is another issuer’s');
  return { iat, size, root: fromBase64url(root) };
};

const readLeaves = async (size) => {
  const leaves = [];
  for (let index = 0; leaves.length < size; index += 1) {
    const { hashes } = await (await get(`/public/log/tiles/0/${index}`)).json();
    if (hashes.length === 0) throw new Lie('leaves are missing');
    leaves.push(...hashes.map(fromBase64url));
  }
  return leaves.slice(0, size);
};

const audit = async () => {
  const { keys } = await (await get('/.well-known/jwks.json')).json();
  const text = await (await get('/public/log/checkpoint')).text();
  const { iat, size, root } = readCheckpoint(text, keys);
  console.log(`checkpoint   ${size} leaves, signed at ${new Date(iat * 1000).toISOString()}`);

  if (!rootOf(await readLeaves(size)).equals(root)) throw new Lie('the leaves do not make up the signed root');
  console.log('root         computed again from all leaves: the same');

  const kept = option('--kept');
  if (kept && existsSync(kept)) {
    const before = JSON.parse(readFileSync(kept, 'utf8'));
    if (before.size > size) throw new Lie('the log is shorter than it was');
    const { proof } =
      before.size === size
        ? { proof: [] }
        : await (await get(`/public/log/consistency?from=${before.size}&to=${size}`)).json();
    if (!checkConsistency(before.size, fromBase64url(before.root), size, root, proof.map(fromBase64url)))
      throw new Lie('the log does not go on from the checkpoint that was kept');
    console.log(`consistency  it goes on from the ${before.size} leaves that were kept`);
  }
  if (kept) writeFileSync(kept, JSON.stringify({ size, root: root.toString('base64url') }));

  const mine = option('--event');
  if (mine) {
    const { salt, content } = JSON.parse(readFileSync(mine, 'utf8'));
    const commitment = sha256(fromBase64url(salt), Buffer.from(content));
    const address = `/public/log/inclusion?commitment=${commitment.toString('base64url')}&size=${size}`;
    const response = await fetch(new URL(address, issuer));
    if (response.status === 404) throw new Lie('the event is not in the log, or not yet');
    const { leaf, proof } = await response.json();
    if (!checkInclusion(leafHash(commitment), leaf, size, proof.map(fromBase64url), root))
      throw new Lie('the proof that the event is in the log is false');
    console.log(`event        leaf ${leaf}: it is in the log`);
  }
};

try {
  if (!issuer) throw new Error('which issuer? node audit.mjs <issuer url> [--kept <file>] [--event <file>]');
  await audit();
  console.log('the log holds');
} catch (error) {
  console.error(error instanceof Lie ? `THE LOG LIES: ${error.message}` : `not checked: ${error.message}`);
  process.exitCode = error instanceof Lie ? 1 : 2;
}
