// Each check of docs/log.md, and of a receipt.
import { Lie, NotGenuine, Unchecked } from './outcome.mjs';
import { TILE_WIDTH } from './published.mjs';
import { isSignedBy, readCheckpoint, readSigned } from './signed.mjs';
import { checkConsistency, checkInclusion, leafHash, rootsAt, sha256 } from './tree.mjs';

/** For so long the log may be late with what it has signed: caches and jobs take their time. After that, absence is denial. */
const GRACE_S = 600;
/** A checkpoint is signed anew every hour, even where nothing happened. */
const RENEWAL_S = 3600;

const ageOf = (checkpoint) => Date.now() / 1000 - checkpoint.iat;

/** Nothing is held against a log that is silent, but it is no news of it either. @throws Unchecked */
export const checkFreshness = (checkpoint) => {
  if (ageOf(checkpoint) > RENEWAL_S + GRACE_S)
    throw new Unchecked('what there is holds, but nothing was signed for more than an hour: is the log kept still?');
};

/** What is missing is a lie where a checkpoint that covers it is old enough, and else only late. */
const missing = (what, size, claims) =>
  claims.some((claim) => claim.size >= size && ageOf(claim) > GRACE_S)
    ? new Lie(`${what}, though it was signed more than ${GRACE_S / 60} minutes ago`)
    : new Unchecked(`${what} yet: try again in some minutes`);

/** The newest checkpoint, signed by a published key, and that key. */
export const newestCheckpoint = async (reader, issuer, kept) => {
  const text = await reader.checkpoint();
  if (text === null) throw missing('there is no checkpoint', 0, kept);
  const checkpoint = readCheckpoint(text.trim());
  if (!checkpoint) throw new Unchecked('what is published as the checkpoint is none');
  if (checkpoint.iss !== issuer)
    throw new Unchecked(`the checkpoint is of the issuer ${checkpoint.iss}; give that address`);
  const jwk = (await reader.keys('/.well-known/jwks.json')).get(checkpoint.signed.kid);
  // A key that was given up is no lie: what it signed is signed anew within the hour.
  if (!jwk) throw new Unchecked('the key of the checkpoint is not published any more, or not yet');
  if (!isSignedBy(checkpoint.signed, jwk)) throw new Lie('the signature of the checkpoint is false');
  if (ageOf(checkpoint) < -GRACE_S)
    throw new Unchecked('the checkpoint is of the future: is the clock of this computer right?');
  return { checkpoint, jwk };
};

/** The leaves of a tree of that size, out of its tiles. */
export const readLeaves = async (reader, size, claims) => {
  const leaves = [];
  for (let index = 0; leaves.length < size; index += 1) {
    const needed = Math.min(TILE_WIDTH, size - leaves.length);
    const hashes = await reader.leaves(index);
    if (hashes.length < needed)
      throw missing(`tile ${index} is not whole`, index * TILE_WIDTH + hashes.length + 1, claims);
    leaves.push(...hashes.slice(0, needed));
  }
  return leaves;
};

/** Each kept checkpoint against the leaves, and the proof from the last of them, which others must rely on. */
export const checkKept = async (reader, { size, root }, before, leaves, claims) => {
  const largest = before.reduce((one, other) => (other.size > one.size ? other : one));
  if (largest.size > size)
    throw missing(`the log has not the ${largest.size} leaves that it had`, largest.size, before);
  const roots = rootsAt(
    leaves,
    before.map((checkpoint) => checkpoint.size),
  );
  for (const checkpoint of before)
    if (!roots.get(checkpoint.size).equals(checkpoint.root))
      throw new Lie(`two signed trees do not go together: of ${checkpoint.size} and of ${size} leaves`);
  if (largest.size > 0 && largest.size < size) {
    const proof = await reader.consistency(largest.size, size);
    if (proof === null) throw missing('the consistency proof is not there', size, claims);
    if (!checkConsistency(largest.size, largest.root, size, root, proof))
      throw new Lie('the proof that the log goes on from what was kept is false');
  }
  console.log(`consistency  it goes on from the ${largest.size} leaves that were kept`);
};

/** Whether the event is a leaf of the tree. */
export const checkEvent = async (reader, { salt, content }, { size, root }, leaves, claims) => {
  const commitment = sha256(salt, Buffer.from(content));
  const hash = leafHash(commitment);
  const answer = await reader.inclusion(commitment.toString('base64url'), size);
  if (answer === null) {
    const at = leaves.findIndex((leaf) => leaf.equals(hash));
    // Salt and content are the word of whoever brings them: that the log lacks them convicts nobody.
    if (at < 0) throw new Unchecked('the event is not in the log, or not yet');
    throw missing(`leaf ${at} is this event, and its proof is not there`, at + 1, claims);
  }
  if (!checkInclusion(hash, answer.leaf, size, answer.proof, root))
    throw new Lie('the proof that the event is in the log is false');
  console.log(`event        leaf ${answer.leaf}: it is in the log`);
};

/** Whether the issuer signed the receipt, and for this event, where there is one. */
export const checkReceipt = async (reader, issuer, text, event) => {
  const signed = readSigned(text, 'wechat-id-receipt+jwt');
  if (!signed) throw new NotGenuine('this is no receipt');
  const { iss, iat, jti } = signed.payload;
  if (iss !== issuer) throw new NotGenuine(`the receipt is of the issuer ${iss}`);
  const jwk = (await reader.keys('/public/receipt-keys')).get(signed.kid);
  if (!jwk) throw new Unchecked('the key of the receipt is not published any more, or not yet');
  if (!isSignedBy(signed, jwk)) throw new NotGenuine('the issuer did not sign this receipt');
  console.log(`receipt      signed by the issuer at ${new Date(iat * 1000).toISOString()}, for event ${jti}`);
  if (!event) {
    console.log('             whether that event is in the log is told by its salt and content: --event');
    return;
  }
  const { id, happening } = JSON.parse(event.content);
  if (id !== jti || happening?.receipt !== text) throw new NotGenuine('the event is not the one of this receipt');
};
