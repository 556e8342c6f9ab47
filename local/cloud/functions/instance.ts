// The process of one function instance. It loads fast because it loads nothing but the function.
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { CHANNEL_FD, lineReader } from './channel';
import type { CallMessage, InstanceMessage } from './messages';
import { callVariables } from './call-variables';
import { REQUEST_MARK } from './messages';
import { moveDate } from './moved-date';

type Main = (event: unknown, context: unknown) => unknown;

const directory = process.argv[2] ?? '';

const channel = new Socket({ fd: CHANNEL_FD, readable: true, writable: true });

function send(message: InstanceMessage): void {
  channel.write(`${JSON.stringify(message)}\n`);
}

const MAX_ERROR_LENGTH = 32 * 1024;

function describe(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text.slice(0, MAX_ERROR_LENGTH);
}

function load(): Main | undefined {
  try {
    // The function is user code: whatever it exports, only a callable `main` is used.
    const exported = createRequire(join(directory, 'index.js'))('./index.js') as { main?: unknown };
    if (typeof exported.main === 'function') return exported.main as Main;
    send({ kind: 'unloadable', error: 'index.js exports no function main' });
  } catch (error) {
    send({ kind: 'unloadable', error: describe(error) });
  }
  return undefined;
}

async function call(main: Main, message: CallMessage): Promise<InstanceMessage> {
  const { requestId } = message;
  try {
    const result = await main(message.event, message.context);
    // JSON has no undefined; the cloud answers null for it.
    const json = (JSON.stringify(result) as string | undefined) ?? 'null';
    if (Buffer.byteLength(json) > message.maxReplyBytes) {
      return { kind: 'failure', requestId, error: `the result exceeds ${String(message.maxReplyBytes)} bytes` };
    }
    return { kind: 'result', requestId, json };
  } catch (error) {
    return { kind: 'failure', requestId, error: describe(error) };
  }
}

// An instance lives no longer than its server.
const end = (): never => process.exit(0);
channel.once('end', end).once('error', end);

// Before the function's module is loaded: it may keep a `Date` of its own.
const offsetMs = Number(process.argv[3] ?? 0);
if (offsetMs !== 0) moveDate(offsetMs);

const main = load();
const variables = callVariables(process.env);
if (main !== undefined) {
  const begin = (line: string): void => {
    const message = JSON.parse(line) as CallMessage;
    variables.begin(message.environment, message.environmentMode);
    process.stdout.write(`${REQUEST_MARK}${message.requestId}\n`);
    process.stderr.write(`${REQUEST_MARK}${message.requestId}\n`);
    void call(main, message).then(send);
  };
  channel.on('data', lineReader(begin, end, Infinity));
  send({ kind: 'ready' });
} else {
  // Flows, so that its end is seen.
  channel.resume();
}
