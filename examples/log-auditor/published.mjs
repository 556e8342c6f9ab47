// What the issuer publishes, read as something that may be slow, broken, endless or false.
import { Lie, Unchecked } from './outcome.mjs';
import { readHash } from './tree.mjs';

const MAX_BYTES = 1 << 20;
const MAX_MS = 10_000;
const TILE_WIDTH = 256;

/** The text at an address; null where there is nothing (404). @throws Unchecked for any other trouble */
const read = async (issuer, path) => {
  try {
    const response = await fetch(new URL(path, issuer), { redirect: 'error', signal: AbortSignal.timeout(MAX_MS) });
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`answered ${response.status}`);
    const chunks = [];
    let length = 0;
    for await (const chunk of response.body) {
      length += chunk.length;
      if (length > MAX_BYTES) throw new Error('answers without an end');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString();
  } catch (error) {
    throw new Unchecked(`${path}: ${error.cause?.code ?? error.message}`);
  }
};

const readObject = async (issuer, path) => {
  const text = await read(issuer, path);
  if (text === null) return null;
  try {
    const value = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // As below.
  }
  throw new Unchecked(`${path}: the answer is no JSON object`);
};

/** @throws Lie where one is no hash: what follows from it would follow from several trees */
const hashesOf = (values, path) => {
  if (!Array.isArray(values)) throw new Unchecked(`${path}: the answer holds no hashes`);
  return values.map((value) => {
    const hash = readHash(value);
    if (hash === null) throw new Lie(`${path} holds something that is no hash of 32 bytes`);
    return hash;
  });
};

/** Reads from one issuer; a document that is not there is null. */
export const createReader = (issuer) => ({
  checkpoint: () => read(issuer, '/public/log/checkpoint'),

  /** Keys by their `kid`. */
  keys: async (path) => {
    const found = await readObject(issuer, path);
    if (!Array.isArray(found?.keys)) throw new Unchecked(`${path}: no keys are published`);
    return new Map(found.keys.map((jwk) => [jwk?.kid, jwk]));
  },

  /** The leaf hashes of a tile, as far as they are there. */
  leaves: async (index) => {
    const path = `/public/log/tiles/0/${index}`;
    const tile = await readObject(issuer, path);
    if (tile === null) return [];
    const hashes = hashesOf(tile.hashes, path);
    if (tile.level !== 0 || tile.index !== index || hashes.length > TILE_WIDTH)
      throw new Lie(`${path} answers with another tile`);
    return hashes;
  },

  consistency: async (from, to) => {
    const path = `/public/log/consistency?from=${from}&to=${to}`;
    const answer = await readObject(issuer, path);
    return answer && hashesOf(answer.proof, path);
  },

  inclusion: async (commitment, size) => {
    const path = `/public/log/inclusion?commitment=${commitment}&size=${size}`;
    const answer = await readObject(issuer, path);
    return answer && { leaf: answer.leaf, proof: hashesOf(answer.proof, path) };
  },
});

export { TILE_WIDTH };
