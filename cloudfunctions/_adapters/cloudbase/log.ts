import { joinHashes, parseCheckpoint, splitHashes, type MerkleHash } from '../../../protocol';
import { base64urlDecode, base64urlEncode, eventId } from '../../../protocol';
import type {
  CloseBatch,
  InsertBatch,
  LoadLeaf,
  LoadNewestBatch,
  LoadNewestCheckpoint,
  LoadTiles,
  LoadWaitingEvents,
  LogBatch,
  MarkSequenced,
  SaveCheckpoint,
  SaveTile,
  SequencedEvent,
} from '../../_core/log/log-ports';
import type { Tile, TilePosition } from '../../../protocol';
import { countOf, database, isDuplicate, only } from './app';

/** A batch as it lies in `log_batches`, under the position of its first leaf. Hashes are base64url, one behind the other. */
interface BatchDocument {
  readonly _id: string;
  readonly events: readonly string[];
  readonly leaves: string;
  readonly size: number;
  readonly frontier: string;
  readonly isFinished: boolean;
}

/** A tile as it lies in `log_tiles`. */
interface TileDocument extends TilePosition {
  readonly _id: string;
  /** How many hashes it holds. */
  readonly width: number;
  readonly hashes: string;
}

/** A checkpoint as it lies in `log_checkpoints`, under its size and time. */
interface CheckpointDocument {
  readonly _id: string;
  readonly text: string;
}

/** An event as far as the log looks at it. */
interface WaitingDocument {
  readonly _id: string;
  readonly commitment: string;
}

/** How many events are told their leaves at the same time. */
const AT_ONCE = 25;

const { command } = database;
const batches = database.collection('log_batches');
const tiles = database.collection('log_tiles');
const checkpoints = database.collection('log_checkpoints');
const events = database.collection('events');

/** Numbers as texts that sort like the numbers: 16 digits hold every size that a tree may have. */
const sortable = (value: number): string => String(value).padStart(16, '0');

const pack = (hashes: readonly MerkleHash[]): string => base64urlEncode(joinHashes(hashes));
/** @throws RangeError where what is stored is not what `pack` made */
const unpack = (text: string): readonly MerkleHash[] => splitHashes(bytesOf(text));
const bytesOf = (text: string): Uint8Array => {
  const bytes = base64urlDecode(text);
  if (bytes === null) throw new RangeError('not base64url');
  return bytes;
};

const add = async (to: typeof batches, document: object): Promise<boolean> => {
  try {
    await to.add(document);
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return false;
  }
};

const loadNewestBatch: LoadNewestBatch = async () => {
  // Written by `insertBatch` alone.
  const found = only(await batches.orderBy('_id', 'desc').limit(1).get()) as BatchDocument | null;
  return (
    found && {
      first: Number(found._id),
      events: found.events.map(eventId),
      leaves: unpack(found.leaves),
      frontier: { size: found.size, hashes: unpack(found.frontier) },
      isFinished: found.isFinished,
    }
  );
};

const documentOf = ({ first, events: ids, leaves, frontier, isFinished }: LogBatch): BatchDocument => ({
  _id: sortable(first),
  events: ids,
  leaves: pack(leaves),
  size: frontier.size,
  frontier: pack(frontier.hashes),
  isFinished,
});

const insertBatch: InsertBatch = (batch) => add(batches, documentOf(batch));

const closeBatch: CloseBatch = async (first) => {
  await batches.where({ _id: sortable(first), isFinished: false }).update({ isFinished: true });
};

const loadWaitingEvents: LoadWaitingEvents = async (limit) => {
  // In the order of the index and no other: so the database stops at the limit, however many wait.
  const waiting = events
    .where({ unsequenced: command.gt(0) })
    .orderBy('unsequenced', 'asc')
    .limit(limit);
  const { data } = (await waiting.get()) as { data: readonly WaitingDocument[] };
  return data.map(({ _id, commitment }) => ({ id: eventId(_id), commitment: bytesOf(commitment) }));
};

const markOne = async ({ id, leaf }: SequencedEvent): Promise<void> => {
  const change = { leaf, unsequenced: command.remove() };
  await events.where({ _id: id, leaf: command.exists(false) }).update(change);
};

const markSequenced: MarkSequenced = async (sequenced) => {
  for (let at = 0; at < sequenced.length; at += AT_ONCE) {
    await Promise.all(sequenced.slice(at, at + AT_ONCE).map(markOne));
  }
};

const tileId = ({ level, index }: TilePosition): string => `${String(level)}-${sortable(index)}`;

const loadTiles: LoadTiles = async (positions) => {
  if (positions.length === 0) return [];
  const query = { _id: command.in(positions.map(tileId)) };
  const { data } = (await tiles.where(query).limit(positions.length).get()) as { data: readonly TileDocument[] };
  return data.map(({ level, index, hashes }): Tile => ({ level, index, hashes: unpack(hashes) }));
};

const saveTile: SaveTile = async ({ level, index, hashes }) => {
  const _id = tileId({ level, index });
  const content = { width: hashes.length, hashes: pack(hashes) };
  const widen = async (): Promise<boolean> => {
    const answer = (await tiles.where({ _id, width: command.lt(hashes.length) }).update(content)) as {
      updated?: unknown;
    };
    return countOf(answer.updated) === 1;
  };
  if (await widen()) return;
  // Whoever was faster may have made a narrower one.
  if (!(await add(tiles, { _id, level, index, ...content }))) await widen();
};

const loadNewestCheckpoint: LoadNewestCheckpoint = async () => {
  const found = only(await checkpoints.orderBy('_id', 'desc').limit(1).get()) as CheckpointDocument | null;
  if (found === null) return null;
  const parsed = parseCheckpoint(found.text);
  if (parsed === null) throw new Error('a stored checkpoint is none');
  return { checkpoint: parsed.checkpoint, text: found.text };
};

const saveCheckpoint: SaveCheckpoint = async ({ checkpoint, text }) => {
  await add(checkpoints, { _id: `${sortable(checkpoint.size)}-${sortable(checkpoint.issuedAt)}`, text });
};

/** The leaf of the event with that commitment; null where there is none, or it has no leaf yet. */
const loadLeaf: LoadLeaf = async (commitment) => {
  const found = only(await events.where({ commitment }).field({ leaf: true }).limit(1).get()) as {
    leaf?: number;
  } | null;
  return found?.leaf ?? null;
};

/** The log of events in the collections `log_batches`, `log_tiles` and `log_checkpoints`. */
export const eventLog = {
  loadNewestBatch,
  insertBatch,
  closeBatch,
  loadWaitingEvents,
  markSequenced,
  loadTiles,
  saveTile,
  loadNewestCheckpoint,
  saveCheckpoint,
  loadLeaf,
};
