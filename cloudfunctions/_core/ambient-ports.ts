import type { Instant } from '../../protocol';
import type { LogEntry } from './log-entry';

/** The server's clock. */
export type Now = () => Instant;

/** Cryptographically strong random bytes. @param length how many */
export type RandomBytes = (length: number) => Uint8Array;

/** Writes one entry to the service's log. */
export type Log = (entry: LogEntry) => void;
