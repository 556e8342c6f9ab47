import {
  base64urlDecode,
  base64urlEncode,
  createReceipt,
  publicKeyToJwk,
  type EntryOpening,
  type HistoryEntry,
} from '../../../protocol';
import { sha256 } from '../../../cloudfunctions/_adapters/crypto/es256';
import { keepLog } from '../../../cloudfunctions/_core/log/keep-log';
import { proveConsistency, proveInclusion } from '../../../cloudfunctions/_core/log/prove';
import { newKeyPair } from '../../support/key-pair';
import { createLogWorld, eventIdOf, LOG_ISSUER } from '../../support/log-world';
import type { FunctionCall } from './fake-wx';
import { published } from './replies';

export type Check = Extract<HistoryEntry, { readonly kind: 'card_checked' }>;

const receiptKey = newKeyPair('receipts-1');

/** When the entries happened: seconds before the log's clock begins. */
const HAPPENED_AT = 1_795_000_000_000 - 5000;

/** A check with its receipt, and what it was committed to with. */
export const checkedEntry = (
  number = 4,
  sign = receiptKey.sign,
): { readonly entry: Check; readonly opening: EntryOpening } => {
  const id = number.toString(16).padStart(32, '0');
  const place = { shop: 'yunqi', terminal: 'counter-1' };
  const told = { purpose: 'parcel-pickup', mode: 'shown', claims: ['masked_name'] } as const;
  const receipt = createReceipt(
    {
      issuer: LOG_ISSUER,
      eventId: id,
      issuedAt: HAPPENED_AT / 1000,
      codeMadeAt: HAPPENED_AT / 1000 - 3,
      partner: 'courier',
      tier: 'light',
      ...place,
      ...told,
    },
    { kid: 'receipts-1', sign },
  );
  const facts = { kind: 'card_checked', ...told, claims: [...told.claims], stepUp: [], receipt } as const;
  const happening = { ...facts, partner: 'courier', tier: 'light', ...place };
  const partner = { zh: '云栖路快递驿站', en: 'Yunqi Road Parcel Station' };
  const entry = {
    ...facts,
    claims: [...facts.claims],
    stepUp: [],
    id,
    at: HAPPENED_AT,
    number,
    terminal: place.terminal,
    partner,
    look: null,
  };
  return {
    entry,
    opening: {
      salt: base64urlEncode(new Uint8Array(16).fill(number)),
      content: JSON.stringify({ id, at: HAPPENED_AT, happening }),
    },
  };
};

/** SHA-256 of salt and content. */
const commitmentTo = ({ salt, content }: EntryOpening): Uint8Array =>
  sha256(Buffer.concat([base64urlDecode(salt) ?? new Uint8Array(), Buffer.from(content)]));

/** A log with its keys as the function `public` tells of it, each document open to a forger's hand. */
export const createPublicLog = () => {
  const world = createLogWorld();
  const leaves = new Map<string, number>();
  let next = 1;
  const ports = { sha256, loadTiles: world.ports.loadTiles };
  const jwk = (kid: string, key = world.key) => ({
    ...publicKeyToJwk(key.publicKey),
    kid,
    use: 'sig',
    alg: 'ES256',
    nbf: 1_700_000_000,
    exp: 1_900_000_000,
  });
  const forged = new Map<string, (told: unknown) => unknown>();
  const documents: Readonly<Record<string, (query: Readonly<Record<string, string>>) => Promise<unknown>>> = {
    '/.well-known/jwt-vc-issuer': () => Promise.resolve({ issuer: LOG_ISSUER, jwks: { keys: [jwk('log-1')] } }),
    '/public/receipt-keys': () => Promise.resolve({ issuer: LOG_ISSUER, keys: [jwk('receipts-1', receiptKey)] }),
    '/public/log/checkpoint': async () => (await world.ports.loadNewestCheckpoint())?.text ?? null,
    '/public/log/inclusion': async ({ commitment = '', size }) => {
      const leaf = leaves.get(commitment);
      const proof = leaf === undefined ? null : await proveInclusion(ports, leaf, Number(size));
      return proof && { leaf, size: Number(size), proof: proof.map(base64urlEncode) };
    },
    '/public/log/consistency': async ({ from, to }) => {
      const proof = await proveConsistency(ports, Number(from), Number(to));
      return proof && { from: Number(from), to: Number(to), proof: proof.map(base64urlEncode) };
    },
  };
  return {
    key: world.key,
    jwk,
    passSeconds: world.passSeconds,
    /** Adds events; those with an opening can be asked for. */
    append: (...openings: readonly (EntryOpening | null)[]): void => {
      for (const opening of openings) {
        const number = next;
        const commitment = opening ? commitmentTo(opening) : sha256(Buffer.from(`event ${String(number)}`));
        leaves.set(base64urlEncode(commitment), number - 1);
        world.store.append(eventIdOf(number), commitment);
        next += 1;
      }
    },
    /** What the timer does. */
    publish: () => keepLog(world.ports),
    /** Changes a document from now on. @param change makes null of what is not to be found */
    forge: (path: string, change: (told: unknown) => unknown): void => void forged.set(path, change),
    answer: async ({ data }: FunctionCall) => {
      const path = String(data['path']);
      const told = await documents[path]?.(data['queryStringParameters'] as Readonly<Record<string, string>>);
      const document = forged.get(path)?.(told) ?? (forged.has(path) ? null : (told ?? null));
      return published(document, document === null ? 404 : 200);
    },
  };
};
