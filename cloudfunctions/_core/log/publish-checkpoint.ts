import { equalBytes, rootOf, verifyConsistency } from '../../../protocol';
import type { Frontier, Sha256, TreeHead } from '../../../protocol';
import type { Log, Now } from '../ambient-ports';
import type { LoadTiles, SaveCheckpoint, SignCheckpoint, SignedCheckpoint } from './log-ports';
import { proveConsistency, rootByTiles } from './prove';

export interface PublishCheckpointPorts {
  readonly now: Now;
  readonly log: Log;
  readonly sha256: Sha256;
  /** The issuer's URL. */
  readonly issuer: string;
  readonly loadTiles: LoadTiles;
  readonly saveCheckpoint: SaveCheckpoint;
  readonly signCheckpoint: SignCheckpoint;
}

/** How long a checkpoint stands while the log does not grow, in seconds: after that, silence would look like a log held back. */
const RENEWAL_S = 3600;

/** What publishing came to. */
export type Published = 'signed' | 'unchanged' | 'inconsistent';

/**
 * Whether the tiles, out of which everybody's proofs are made, make up this tree and say that it begins with the older one. The
 * root comes from the batches: both would have to be wrong in the same way.
 */
const isContinued = async (ports: PublishCheckpointPorts, older: TreeHead | null, tree: TreeHead): Promise<boolean> => {
  if (older && older.size > tree.size) return false;
  const root = await rootByTiles(ports, tree.size);
  if (root === null || !equalBytes(root, tree.root)) return false;
  if (older === null) return true;
  const proof = await proveConsistency(ports, older.size, tree.size);
  return proof !== null && verifyConsistency(ports.sha256, older, tree, proof);
};

/**
 * Signs the tree as a checkpoint, if it has grown since the last one or that one is an hour old, and only after proving that it
 * goes on from there: whoever has signed two trees that do not continue each other can never take that back.
 * @param last the newest checkpoint, as it was before the tree was read: then a tree that is smaller was cut
 */
export const publishCheckpoint = async (
  ports: PublishCheckpointPorts,
  last: SignedCheckpoint | null,
  frontier: Frontier,
): Promise<Published> => {
  const older = last?.checkpoint ?? null;
  const tree = { size: frontier.size, root: rootOf(ports.sha256, frontier) };
  const issuedAt = Math.floor(ports.now() / 1000);
  if (!older && tree.size === 0) return 'unchanged';
  const isSame = older?.size === tree.size && equalBytes(older.root, tree.root);
  if (isSame && issuedAt - older.issuedAt < RENEWAL_S) return 'unchanged';
  if (!(await isContinued(ports, older, tree))) {
    ports.log({ event: 'LOG_INCONSISTENT', from: older?.size ?? 0, to: tree.size });
    return 'inconsistent';
  }
  const checkpoint = { issuer: ports.issuer, issuedAt, ...tree };
  await ports.saveCheckpoint({ checkpoint, text: ports.signCheckpoint(checkpoint) });
  ports.log({ event: 'LOG_PUBLISHED', size: tree.size });
  return 'signed';
};
