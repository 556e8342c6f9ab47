#!/usr/bin/env node
// An auditor of the event log, as an outsider would write it: Node alone, from the page docs/log.md of the project. README.md says
// how it is used and what its exit codes mean.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkEvent, checkFreshness, checkKept, checkReceipt, newestCheckpoint, readLeaves } from './checks.mjs';
import { loadKept, saveEvidence, saveKept, withCheckpoint } from './kept.mjs';
import { Lie, Unchecked } from './outcome.mjs';
import { createReader } from './published.mjs';
import { fromBase64url, rootsAt } from './tree.mjs';

const USAGE = `node audit.mjs <issuer url> [--kept <file>] [--event <file>] [--receipt <file>]

  --kept     remembers the signed checkpoints; each run is held against all before it
  --event    JSON with salt and content of an event, from its holder's export: is it in the log?
  --receipt  a receipt: did the issuer sign it? With --event, also: is this its event?

Exit codes: 0 all holds; 1 the log lies; 2 it could not be checked, or not yet; 3 the receipt or event is not genuine`;

const readText = (file) => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Unchecked(`${file} cannot be read: ${error.code}`);
  }
};

/** @throws Unchecked where the file holds no event */
const readEvent = (file) => {
  try {
    const { salt: spelt, content } = JSON.parse(readText(file));
    const salt = fromBase64url(spelt, 16);
    if (salt && typeof JSON.parse(content) === 'object') return { salt, content };
  } catch (error) {
    if (error instanceof Unchecked) throw error;
  }
  throw new Unchecked(`${file} holds no event: JSON with salt (16 bytes as base64url) and content (a text of JSON)`);
};

const audit = async (address, options) => {
  const issuer = address.replace(/\/$/, '');
  const reader = createReader(issuer);
  const event = options.event && readEvent(options.event);
  if (options.receipt) await checkReceipt(reader, issuer, readText(options.receipt), event);

  const kept = options.kept ? loadKept(options.kept, issuer) : { keys: [], checkpoints: [] };
  const { checkpoint, jwk } = await newestCheckpoint(reader, issuer, kept.checkpoints);
  const { size, root, iat } = checkpoint;
  console.log(`checkpoint   ${size} leaves, signed at ${new Date(iat * 1000).toISOString()}`);

  const now = withCheckpoint(kept, checkpoint, jwk);
  let leaves = [];
  try {
    leaves = await readLeaves(reader, size, now.checkpoints);
    if (!rootsAt(leaves, [size]).get(size).equals(root)) throw new Lie('the leaves do not make up the signed root');
    console.log('root         computed again from all leaves: the same');
    if (kept.checkpoints.length > 0) await checkKept(reader, checkpoint, kept.checkpoints, leaves, now.checkpoints);
    if (event) await checkEvent(reader, event, checkpoint, leaves, now.checkpoints);
  } catch (error) {
    if (error instanceof Lie && options.kept)
      console.error(`evidence     ${saveEvidence(options.kept, issuer, now, { says: error.message, leaves })}`);
    throw error;
  }
  if (options.kept) saveKept(options.kept, issuer, now);
  checkFreshness(checkpoint);
};

const begin = async () => {
  const names = { kept: { type: 'string' }, event: { type: 'string' }, receipt: { type: 'string' } };
  let read;
  try {
    read = parseArgs({ options: names, allowPositionals: true });
  } catch (error) {
    throw new Unchecked(`${error.message}\n\n${USAGE}`);
  }
  const [address, ...more] = read.positionals;
  if (more.length > 0 || !URL.canParse(address)) throw new Unchecked(`which issuer?\n\n${USAGE}`);
  await audit(address, read.values);
};

try {
  await begin();
  console.log('the log holds');
} catch (error) {
  const openings = { 1: 'THE LOG LIES', 3: 'not genuine' };
  console.error(`${openings[error.exitCode] ?? 'not checked'}: ${error.message}`);
  process.exitCode = error.exitCode ?? 2;
}
