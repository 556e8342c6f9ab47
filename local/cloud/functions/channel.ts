import type { InstanceMessage } from './messages';

/** The file descriptor by which an instance and its server talk, a message a line. Node's own channel ends a server by a line that is no JSON. */
export const CHANNEL_FD = 3;

const LINE_FEED = 10;

/**
 * Makes what takes the parts of a channel and gives its lines.
 *
 * @param maxBytes of a line; one that is longer is given up, and the rest with it
 */
export function lineReader(
  onLine: (line: string) => void,
  onTooLong: () => void,
  maxBytes: number,
): (part: Buffer) => void {
  let held: Buffer[] = [];
  let size = 0;
  return (part) => {
    let from = 0;
    for (let end = part.indexOf(LINE_FEED); end !== -1; end = part.indexOf(LINE_FEED, from)) {
      held.push(part.subarray(from, end));
      const line = Buffer.concat(held).toString('utf8');
      [held, size, from] = [[], 0, end + 1];
      onLine(line);
    }
    size += part.length - from;
    if (from < part.length) held.push(part.subarray(from));
    if (size <= maxBytes) return;
    [held, size] = [[], 0];
    onTooLong();
  };
}

/** What an instance said; undefined where it is no message: a function can write whatever it likes to the channel. */
export function readMessage(line: string): InstanceMessage | undefined {
  let said: unknown;
  try {
    said = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof said !== 'object' || said === null) return undefined;
  const { kind, requestId, json, error } = said as Readonly<Record<string, unknown>>;
  switch (kind) {
    case 'ready':
      return { kind };
    case 'unloadable':
      return typeof error === 'string' ? { kind, error } : undefined;
    case 'result':
      return typeof requestId === 'string' && typeof json === 'string' ? { kind, requestId, json } : undefined;
    case 'failure':
      return typeof requestId === 'string' && typeof error === 'string' ? { kind, requestId, error } : undefined;
    default:
      return undefined;
  }
}
