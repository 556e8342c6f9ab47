import { createHash } from 'node:crypto';
import { createCheckpoint, eventId, instant, type EventId } from '../../protocol';
import type { LogEntry } from '../../cloudfunctions/_core/log-entry';
import type { KeepLogPorts } from '../../cloudfunctions/_core/log/keep-log';
import { newKeyPair } from './key-pair';
import { createLogStore } from './log-store';

export const LOG_ISSUER = 'https://issuer.example';
const key = newKeyPair('log-1');
const sha256 = (data: Uint8Array): Uint8Array => createHash('sha256').update(data).digest();

/** The asynchronous ports of the log; `markOne` tells a single event its leaf. */
export const laterLogPorts = [
  'loadNewestBatch',
  'insertBatch',
  'closeBatch',
  'loadWaitingEvents',
  'markOne',
  'loadTiles',
  'saveTile',
  'loadNewestCheckpoint',
  'saveCheckpoint',
] as const;

export type LogPorts = KeepLogPorts & { readonly markOne: KeepLogPorts['markSequenced'] };

export const eventIdOf = (number: number): EventId => eventId(number.toString(16).padStart(32, '0'));
export const commitmentOf = (number: number): Uint8Array => sha256(Buffer.from(`commitment ${number}`));

/** A log in memory, its key, and a clock that only the test moves. */
export const createLogWorld = () => {
  const store = createLogStore();
  const said: LogEntry[] = [];
  let now = 1_795_000_000_000;
  const ports: LogPorts = {
    ...store.ports,
    markOne: store.ports.markSequenced,
    now: () => instant(now),
    log: (entry) => said.push(entry),
    sha256,
    issuer: LOG_ISSUER,
    signCheckpoint: (checkpoint) => createCheckpoint(checkpoint, { kid: 'log-1', sign: key.sign }),
  };
  return {
    store,
    said,
    ports,
    key,
    passSeconds: (seconds: number): void => {
      now += seconds * 1000;
    },
    append: (...numbers: readonly number[]): void =>
      numbers.forEach((number) => store.append(eventIdOf(number), commitmentOf(number))),
  };
};

/** Events are told their leaves one by one, as a database is: between any two of them a run may end. */
export const markingOneByOne = (ports: LogPorts): LogPorts => ({
  ...ports,
  markSequenced: async (sequenced) => {
    for (const one of sequenced) await ports.markOne([one]);
  },
});
