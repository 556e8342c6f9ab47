// The process of one function instance. It loads fast because it loads nothing but the function.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CallMessage, InstanceMessage } from './messages';
import { callVariables } from './call-variables';
import { REQUEST_MARK } from './messages';
import { moveDate } from './moved-date';

type Main = (event: unknown, context: unknown) => unknown;

const directory = process.argv[2] ?? '';

function send(message: InstanceMessage): void {
  process.send?.(message);
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
  try {
    const result = await main(message.event, message.context);
    // JSON has no undefined; the cloud answers null for it.
    const json = (JSON.stringify(result) as string | undefined) ?? 'null';
    if (Buffer.byteLength(json) > message.maxReplyBytes) {
      return { kind: 'failure', error: `the result exceeds ${String(message.maxReplyBytes)} bytes` };
    }
    return { kind: 'result', json };
  } catch (error) {
    return { kind: 'failure', error: describe(error) };
  }
}

// An instance lives no longer than its server.
process.once('disconnect', () => process.exit(0));

// Before the function's module is loaded: it may keep a `Date` of its own.
const offsetMs = Number(process.argv[3] ?? 0);
if (offsetMs !== 0) moveDate(offsetMs);

const main = load();
const variables = callVariables(process.env);
if (main !== undefined) {
  process.on('message', (message: CallMessage) => {
    variables.begin(message.environment, message.environmentMode);
    process.stdout.write(`${REQUEST_MARK}${message.requestId}\n`);
    process.stderr.write(`${REQUEST_MARK}${message.requestId}\n`);
    void call(main, message).then(send);
  });
  send({ kind: 'ready' });
}
