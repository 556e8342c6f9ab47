// The Merkle tree of RFC 9162, section 2.1, with SHA-256.
import { createHash } from 'node:crypto';

const HASH_LENGTH = 32;

export const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
export const leafHash = (content) => sha256(Buffer.of(0), content);
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);

/** The bytes that a text spells in its one spelling; null where it spells none, or another number of them. */
export const fromBase64url = (text, length) => {
  if (typeof text !== 'string') return null;
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text && (length ?? bytes.length) === bytes.length ? bytes : null;
};

/** A hash is 32 bytes and nothing else: with any other length, one run of bytes could be read as several trees. */
export const readHash = (text) => fromBase64url(text, HASH_LENGTH);

/** The roots of the trees of these sizes over the first leaves, by one walk over all of them. */
export const rootsAt = (leaves, sizes) => {
  const roots = new Map();
  const wanted = new Set(sizes);
  // Complete subtrees, the largest first; the whole tree is their fold from the right.
  const subtrees = [];
  const note = (size) => {
    if (!wanted.has(size)) return;
    const hashes = subtrees.map(({ hash }) => hash);
    roots.set(size, hashes.length === 0 ? sha256() : hashes.reduceRight((right, left) => nodeHash(left, right)));
  };
  note(0);
  leaves.forEach((leaf, at) => {
    let subtree = { hash: leaf, count: 1 };
    while (subtrees.at(-1)?.count === subtree.count)
      subtree = { hash: nodeHash(subtrees.pop().hash, subtree.hash), count: subtree.count * 2 };
    subtrees.push(subtree);
    note(at + 1);
  });
  return roots;
};

const half = Math.floor;

/** RFC 9162, 2.1.3.2. */
export const checkInclusion = (hash, leaf, size, proof, root) => {
  if (!Number.isSafeInteger(leaf) || leaf < 0 || leaf >= size) return false;
  let [fn, sn, r] = [leaf, size - 1, hash];
  for (const p of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      r = nodeHash(p, r);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn / 2), half(sn / 2)];
    } else r = nodeHash(r, p);
    [fn, sn] = [half(fn / 2), half(sn / 2)];
  }
  return sn === 0 && r.equals(root);
};

/** RFC 9162, 2.1.4.2. */
export const checkConsistency = (first, firstRoot, second, secondRoot, proof) => {
  if (first === second) return proof.length === 0 && firstRoot.equals(secondRoot);
  if (proof.length === 0) return false;
  const path = Number.isInteger(Math.log2(first)) ? [firstRoot, ...proof] : proof;
  let [fn, sn] = [first - 1, second - 1];
  while (fn % 2 === 1) [fn, sn] = [half(fn / 2), half(sn / 2)];
  let [fr, sr] = [path[0], path[0]];
  for (const c of path.slice(1)) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [fr, sr] = [nodeHash(c, fr), nodeHash(c, sr)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn / 2), half(sn / 2)];
    } else sr = nodeHash(sr, c);
    [fn, sn] = [half(fn / 2), half(sn / 2)];
  }
  return sn === 0 && fr.equals(firstRoot) && sr.equals(secondRoot);
};
