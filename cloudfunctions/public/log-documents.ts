import { base64urlEncode, tlogTiles } from '../../protocol';
import { eventLog } from '../_adapters/cloudbase/log';
import { sha256 } from '../_adapters/crypto/es256';
import { proveConsistency, proveInclusion } from '../_core/log/prove';

/** Below this path lies what anyone may read of the event log. */
export const LOG_PATH = '/public/log/';

/** What is answered: a document, for how many seconds it may be kept, and as what. */
export interface LogDocument {
  readonly body: string;
  readonly type: string;
  readonly cacheSeconds: number;
}

/** A fault of the one who asks. */
export type LogRefusal = 'not_found' | 'invalid';

const JSON_TYPE = 'application/json; charset=utf-8';
/** A complete tile and a proof between two sizes never change: a year. */
const FOR_EVER = 31_536_000;
/** A checkpoint is renewed every few seconds while the log grows. */
const CHECKPOINT_SECONDS = 5;

const json = (content: unknown, cacheSeconds: number): LogDocument => ({
  body: JSON.stringify(content),
  type: JSON_TYPE,
  cacheSeconds,
});

/** A whole number as its address spells it; null for anything else. */
const numberIn = (text: string | undefined): number | null =>
  text !== undefined && /^(?:0|[1-9]\d{0,14})$/.test(text) ? Number(text) : null;

const checkpoint = async (): Promise<LogDocument | LogRefusal> => {
  const newest = await eventLog.loadNewestCheckpoint();
  return newest ? { body: newest.text, type: 'application/jwt', cacheSeconds: CHECKPOINT_SECONDS } : 'not_found';
};

const ports = { sha256, loadTiles: eventLog.loadTiles };

type Query = Readonly<Record<string, string | undefined>>;

const consistency = async ({ from, to }: Query): Promise<LogDocument | LogRefusal> => {
  const [older, newer] = [numberIn(from), numberIn(to)];
  if (older === null || newer === null) return 'invalid';
  const proof = await proveConsistency(ports, older, newer);
  return proof ? json({ from: older, to: newer, proof: proof.map(base64urlEncode) }, FOR_EVER) : 'not_found';
};

/** Asked by the commitment, which nobody knows but those whose event it is: a leaf's number alone would prove nothing to them. */
const inclusion = async ({ commitment, size }: Query): Promise<LogDocument | LogRefusal> => {
  const leaves = numberIn(size);
  if (leaves === null || commitment === undefined || !/^[A-Za-z0-9_-]{43}$/.test(commitment)) return 'invalid';
  const leaf = await eventLog.loadLeaf(commitment);
  if (leaf === null) return 'not_found';
  const proof = await proveInclusion(ports, leaf, leaves);
  return proof ? json({ leaf, size: leaves, proof: proof.map(base64urlEncode) }, FOR_EVER) : 'not_found';
};

const tile = async (path: string): Promise<LogDocument | LogRefusal> => {
  const [level, index, ...more] = path.split('/').map(numberIn);
  if (level === null || level === undefined || index === null || index === undefined || more.length > 0)
    return 'invalid';
  const [found] = await eventLog.loadTiles([{ level, index }]);
  if (!found) return 'not_found';
  const isComplete = found.hashes.length === tlogTiles.width;
  return json({ level, index, hashes: found.hashes.map(base64urlEncode) }, isComplete ? FOR_EVER : 0);
};

/**
 * What anyone may read of the event log: the newest checkpoint, proofs between two sizes, proofs of one event, and the tiles out of
 * which everything can be computed again (docs/log.md).
 * @param path what follows `LOG_PATH`
 */
export const logDocument = (path: string, query: Query): Promise<LogDocument | LogRefusal> => {
  if (path === 'checkpoint') return checkpoint();
  if (path === 'consistency') return consistency(query);
  if (path === 'inclusion') return inclusion(query);
  return path.startsWith('tiles/') ? tile(path.slice('tiles/'.length)) : Promise.resolve('not_found');
};
