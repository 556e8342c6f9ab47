import { errorTable, type LogLevel } from '../../../protocol';
import type { Log } from '../../_core/ambient-ports';
import type { LogEntry } from '../../_core/log-entry';

const levelOf = (entry: LogEntry): LogLevel => {
  const errors: readonly LogEntry['event'][] = ['CALL_FAILED', 'AUTHORITY_FAULT', 'LOG_INCONSISTENT'];
  if (errors.includes(entry.event)) return 'error';
  return entry.event === 'CALL_REFUSED' ? errorTable[entry.code].log : 'info';
};

/** One JSON line an entry, for the platform's log service. */
// eslint-disable-next-line no-console -- the platform collects what a function prints
export const log: Log = (entry) => console.log(JSON.stringify({ level: levelOf(entry), ...entry }));
