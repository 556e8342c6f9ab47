import { spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import type { CloudFunction } from '../../../cloudfunctions/resources';
import type { Clock } from '../clock';
import { CloudError } from '../cloud-error';
import { MAX_BODY_BYTES } from '../server/request-body';
import { CHANNEL_FD, lineReader, readMessage } from './channel';
import { killGroup } from './kill-group';
import type { FunctionLogLine } from './log-lines';
import { readLines } from './log-lines';
import type { CallMessage, InstanceMessage } from './messages';
import { residentBytes } from './process-memory';
import type { Watchdog } from './watchdog';

/** One running instance of a function. It takes one call at a time. */
export interface Instance {
  readonly pid: number;
  /**
   * Makes one call and gives the result's JSON.
   *
   * @throws CloudError when the function fails, dies, or passes its time or memory
   */
  call(message: CallMessage): Promise<string>;
  /** Whether it can take another call. */
  alive(): boolean;
  /** The most memory that was seen in its last call, native memory included; undefined where that cannot be measured. */
  peakBytes(): number | undefined;
  kill(): void;
}

/** What an instance is started with. */
export interface InstanceOptions {
  readonly declaration: CloudFunction;
  /** The built instance runner. */
  readonly runner: string;
  /** The folder that holds the function's index.js. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly onLine: (line: FunctionLogLine) => void;
  readonly clock: Pick<Clock, 'now' | 'offsetMs'>;
  /** Ends it, also while it loads. */
  readonly signal: AbortSignal;
  readonly watchdog: Watchdog;
}

/** What a function may take to load, in milliseconds. */
const LOAD_LIMIT_MS = 60_000;
const MEMORY_CHECK_MS = 100;
/** What is awaited while the module loads: the answer to no request. */
const LOADING = '';
/** A result is JSON within JSON: each of its quotes is two characters. */
const MAX_MESSAGE_BYTES = 2 * MAX_BODY_BYTES + 1024 * 1024;

/**
 * Starts an instance and waits until its module is loaded. It is a process and not a thread: ending a thread inside
 * native code takes its host down, and limits on a thread do not bind native memory.
 *
 * @throws CloudError when the module cannot be loaded
 */
export async function startInstance(options: InstanceOptions): Promise<Instance> {
  const { declaration, runner, directory, environment, onLine, clock, signal, watchdog } = options;
  const heap = `--max-old-space-size=${String(declaration.memoryMb)}`;
  const child = spawn(process.execPath, [heap, runner, directory, String(clock.offsetMs())], {
    cwd: directory,
    signal,
    killSignal: 'SIGKILL',
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    // A group of its own: what the function has started ends with it, and an interrupt from the keyboard comes to the server alone.
    detached: true,
  });
  const { pid } = child;
  if (pid !== undefined) watchdog.watch(pid);

  /** The request whose answer is awaited. */
  let awaited: string | undefined;
  let waiting: ((outcome: InstanceMessage | CloudError) => void) | undefined;
  let alive = true;
  let peakBytes: number | undefined;

  const settle = (outcome: InstanceMessage | CloudError): void => {
    const waiter = waiting;
    waiting = undefined;
    awaited = undefined;
    waiter?.(outcome);
  };
  const kill = (reason?: CloudError): void => {
    alive = false;
    child.kill('SIGKILL');
    if (pid !== undefined && child.exitCode === null && child.signalCode === null) killGroup(pid);
    if (reason !== undefined) settle(reason);
  };
  const broken = (): void => {
    kill(failed(declaration.name, 'the instance broke its protocol'));
  };
  // A function can write to the channel, too: what it makes up is believed of its own call alone.
  const hear = (line: string): void => {
    const message = readMessage(line);
    if (message === undefined) broken();
    else if (awaited !== undefined && requestOf(message) === awaited) settle(message);
  };
  child.on('error', () => {
    kill(failed(declaration.name, 'the instance could not be reached'));
  });
  // Where this machine can open no more files there is none.
  const channel = (child.stdio as typeof child.stdio | undefined)?.[CHANNEL_FD];
  if (!(channel instanceof Duplex)) throw failed(declaration.name, 'the instance could not be started');
  if (child.stdout) readLines(child.stdout, { function: declaration.name, stream: 'stdout' }, onLine, clock.now);
  if (child.stderr) readLines(child.stderr, { function: declaration.name, stream: 'stderr' }, onLine, clock.now);

  channel.on('data', lineReader(hear, broken, MAX_MESSAGE_BYTES));
  // The channel of a process that ends ends, too; how it ended is said below.
  channel.on('end', kill).on('error', () => {
    kill();
  });
  child.once('exit', (code, ending) => {
    alive = false;
    if (pid !== undefined) {
      killGroup(pid);
      watchdog.forget(pid);
    }
    settle(failed(declaration.name, `the instance ended (${ending ?? `exit code ${String(code)}`})`));
  });
  const exchange = async (
    requestId: string,
    send: () => void,
    limitMs: number,
    onLimit: CloudError,
  ): Promise<InstanceMessage> => {
    const limitBytes = declaration.memoryMb * 1024 * 1024;
    const measure = (): number => {
      const bytes = pid === undefined ? undefined : residentBytes(pid);
      if (bytes !== undefined) peakBytes = Math.max(peakBytes ?? 0, bytes);
      return bytes ?? 0;
    };
    peakBytes = undefined;
    const limit = setTimeout(() => {
      kill(onLimit);
    }, limitMs);
    const watch = setInterval(() => {
      if (measure() > limitBytes) kill(outOfMemory(declaration));
    }, MEMORY_CHECK_MS);
    try {
      const outcome = await new Promise<InstanceMessage | CloudError>((resolve) => {
        waiting = resolve;
        awaited = requestId;
        send();
      });
      if (outcome instanceof CloudError) throw outcome;
      measure();
      return outcome;
    } finally {
      clearTimeout(limit);
      clearInterval(watch);
    }
  };

  const loaded = await exchange(
    LOADING,
    () => undefined,
    LOAD_LIMIT_MS,
    failed(declaration.name, 'the module did not load in time'),
  );
  if (loaded.kind !== 'ready') {
    kill();
    throw failed(declaration.name, loaded.kind === 'unloadable' ? loaded.error : 'the instance broke its protocol');
  }

  return {
    pid: pid ?? 0,
    alive: () => alive,
    peakBytes: () => peakBytes,
    kill: () => {
      kill();
    },
    async call(message) {
      const outcome = await exchange(
        message.requestId,
        () => channel.write(`${JSON.stringify(message)}\n`),
        declaration.timeoutSeconds * 1000,
        outOfTime(declaration),
      );
      if (outcome.kind === 'result') return outcome.json;
      throw failed(declaration.name, outcome.kind === 'failure' ? outcome.error : 'the instance broke its protocol');
    },
  };
}

function requestOf(message: InstanceMessage): string {
  return 'requestId' in message ? message.requestId : LOADING;
}

function failed(name: string, stackTrace: string): CloudError {
  const detail = { errorCode: 1, errorMessage: `function ${name} failed`, stackTrace };
  return new CloudError('FUNCTIONS_EXECUTE_FAIL', JSON.stringify(detail));
}

function outOfTime({ timeoutSeconds }: CloudFunction): CloudError {
  const message = `Invoking task timed out after ${String(timeoutSeconds)} seconds`;
  return new CloudError('FUNCTIONS_TIME_LIMIT_EXCEEDED', message);
}

function outOfMemory({ memoryMb }: CloudFunction): CloudError {
  return new CloudError('FUNCTIONS_MEMORY_LIMIT_EXCEEDED', `the instance used more than ${String(memoryMb)} MB`);
}
