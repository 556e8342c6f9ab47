import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What came of a case, and on which server that was seen. */
export interface RecordedShape {
  readonly seen: 'local' | 'cloud';
  readonly shape: unknown;
}

const FILE = join(__dirname, 'record.json');

/** The recorded shapes by the names of their cases. */
export const readRecord = (): Record<string, RecordedShape> =>
  existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, RecordedShape>) : {};

/** Keeps what was seen. What the cloud has answered is not overwritten by what the local server answers. */
export const writeRecord = (seen: Readonly<Record<string, RecordedShape>>): void => {
  const known = readRecord();
  const kept = Object.fromEntries(
    Object.entries(seen).map(([name, fresh]) => [
      name,
      fresh.seen === 'local' && known[name]?.seen === 'cloud' ? known[name] : fresh,
    ]),
  );
  writeFileSync(FILE, `${JSON.stringify(kept, undefined, 2)}\n`);
};
