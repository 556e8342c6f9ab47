import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  appendLeaves,
  consistencyRanges,
  createCheckpoint,
  createProof,
  emptyFrontier,
  growTiles,
  inclusionRanges,
  leafHash,
  publicKeyToJwk,
  rootOf,
  subtreeFromTiles,
  type LeafRange,
  type MerkleHash,
  type TilePosition,
} from '../../protocol';
import { newKeyPair, type KeyPair } from './key-pair';

const sha256 = (data: Uint8Array): Uint8Array => createHash('sha256').update(data).digest();
const spelt = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** What is answered at an address: a document, a text, or nothing (404). */
export type Answer = object | string | null;

/** A published log whose every word the test may choose. */
export interface PublishedLog {
  readonly url: string;
  readonly logKey: KeyPair;
  readonly receiptKey: KeyPair;
  /** Commitments of the events, in the order of their leaves. */
  commitments: Uint8Array[];
  /** How many of them the checkpoint has, signed so many seconds ago. */
  signed: { size: number; secondsAgo: number };
  /** Answers in the place of honest ones, by the beginning of the address. */
  lies: Record<string, (honest: Answer, address: string) => Answer>;
  /** The checkpoint that an honest log of these events signs. */
  checkpoint: () => string;
  close: () => Promise<void>;
}

/** Serves a log as docs/log.md says, on a port of its own, honest until it is told to lie. */
export const startPublishedLog = async (): Promise<PublishedLog> => {
  const [logKey, receiptKey] = [newKeyPair('log-1'), newKeyPair('receipt-1')];

  const leaves = (): readonly MerkleHash[] => log.commitments.map((commitment) => leafHash(sha256, commitment));
  const tileAt = ({ level, index }: TilePosition): readonly MerkleHash[] =>
    growTiles(sha256, 0, leaves(), () => []).find((tile) => tile.level === level && tile.index === index)?.hashes ?? [];
  const proofOf = (ranges: readonly LeafRange[]): readonly string[] =>
    (createProof(sha256, ranges, (subtree) => subtreeFromTiles(sha256, subtree, tileAt)) ?? []).map(spelt);
  const jwks = (key: KeyPair, kid: string): object => ({ keys: [{ ...publicKeyToJwk(key.publicKey), kid }] });

  const honest = (address: string): Answer => {
    const { pathname, searchParams } = new URL(address, log.url);
    const number = (name: string): number => Number(searchParams.get(name));
    if (pathname === '/.well-known/jwks.json') return jwks(logKey, 'log-1');
    if (pathname === '/public/receipt-keys') return { issuer: log.url, ...jwks(receiptKey, 'receipt-1') };
    if (pathname === '/public/log/checkpoint') return log.checkpoint();
    if (pathname === '/public/log/consistency')
      return { proof: proofOf(consistencyRanges(number('from'), number('to'))) };
    if (pathname === '/public/log/inclusion') {
      const leaf = log.commitments.findIndex((one) => spelt(one) === searchParams.get('commitment'));
      const size = number('size');
      return leaf < 0 || leaf >= size ? null : { leaf, size, proof: proofOf(inclusionRanges(leaf, size)) };
    }
    const [level, index] = pathname.replace('/public/log/tiles/', '').split('/').map(Number);
    const hashes = tileAt({ level: level ?? -1, index: index ?? -1 });
    return hashes.length === 0 ? null : { level, index, hashes: hashes.map(spelt) };
  };

  const server = createServer((request, response) => {
    const address = request.url ?? '';
    const lie = Object.entries(log.lies).find(([start]) => address.startsWith(start))?.[1];
    const answer = lie ? lie(honest(address), address) : honest(address);
    response.statusCode = answer === null ? 404 : 200;
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? { error: 'not_found' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const log: PublishedLog = {
    url: `http://127.0.0.1:${String(port)}`,
    logKey,
    receiptKey,
    commitments: [],
    signed: { size: 0, secondsAgo: 0 },
    lies: {},
    checkpoint: () => {
      const { size, secondsAgo } = log.signed;
      const tree = appendLeaves(sha256, emptyFrontier, leaves().slice(0, size));
      const issuedAt = Math.floor(Date.now() / 1000) - secondsAgo;
      const signer = { kid: 'log-1', sign: logKey.sign };
      return createCheckpoint({ issuer: log.url, issuedAt, size, root: rootOf(sha256, tree) }, signer);
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => {
          closed();
        });
        server.closeAllConnections();
      }),
  };
  return log;
};
