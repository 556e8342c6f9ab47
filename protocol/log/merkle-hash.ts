import { base64urlDecode, base64urlEncode } from '../bytes/base64';
import { concatBytes } from '../bytes/bytes';
import type { Sha256 } from '../crypto';
import type { Brand } from '../ids';
import { merkleTree } from '../spec/rfc9162';

/** Hash of a leaf, of an inner node or of a whole tree: 32 bytes. */
export type MerkleHash = Brand<Uint8Array, 'MerkleHash'>;

/** @throws RangeError where the bytes are not 32 */
const merkleHash = (bytes: Uint8Array): MerkleHash => {
  if (bytes.length !== merkleTree.hashLength) throw new RangeError('not a hash of 32 bytes');
  return new Uint8Array(bytes) as MerkleHash; // eslint-disable-line @typescript-eslint/consistent-type-assertions -- the one maker of the brand
};

/** A hash as base64url, 43 characters. */
export const merkleHashToBase64url = (hash: MerkleHash): string => base64urlEncode(hash);

/** Reads a hash of anybody's making. @returns null where the text is not base64url of 32 bytes */
export const readMerkleHash = (text: string): MerkleHash | null => {
  const bytes = base64urlDecode(text);
  return bytes?.length === merkleTree.hashLength ? merkleHash(bytes) : null;
};

/** Hash of a leaf with that content (RFC 9162, section 2.1.1). */
export const leafHash = (sha256: Sha256, content: Uint8Array): MerkleHash =>
  merkleHash(sha256(concatBytes(Uint8Array.of(merkleTree.leafPrefix), content)));

/** Hash of the node above two others (RFC 9162, section 2.1.1). */
export const nodeHash = (sha256: Sha256, left: MerkleHash, right: MerkleHash): MerkleHash =>
  merkleHash(sha256(concatBytes(Uint8Array.of(merkleTree.nodePrefix), left, right)));

/** Hash of the tree without leaves (RFC 9162, section 2.1.1). */
export const emptyTreeHash = (sha256: Sha256): MerkleHash => merkleHash(sha256(new Uint8Array()));

/** Several hashes as one run of bytes. */
export const joinHashes = (hashes: readonly MerkleHash[]): Uint8Array => concatBytes(...hashes);

/** The hashes of such a run. @throws RangeError where the run does not divide into hashes */
export const splitHashes = (bytes: Uint8Array): readonly MerkleHash[] => {
  const { hashLength } = merkleTree;
  if (bytes.length % hashLength !== 0) throw new RangeError('not a run of hashes');
  return Array.from({ length: bytes.length / hashLength }, (_, at) =>
    merkleHash(bytes.subarray(at * hashLength, (at + 1) * hashLength)),
  );
};
