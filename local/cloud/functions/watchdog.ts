import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';

/**
 * Ends instances when this server is ended in a way that leaves it no time to: an instance sees that its server is gone only when its own
 * event loop turns, and a function in an endless loop would live on.
 */
export interface Watchdog {
  watch(pid: number): void;
  /** The process has ended, so its number may soon be somebody else's. */
  forget(pid: number): void;
  /** Ends what is still watched. */
  close(): void;
}

/**
 * Reads `+ pid` and `- pid` until the pipe ends, which it does however this server ends; then kills those that are left. Each has begun a
 * group, in which is what it has started.
 */
const SCRIPT = `
trap '' INT TERM HUP
watched=' '
while read -r sign pid; do
  case $sign in
    +) watched="$watched$pid " ;;
    -) case $watched in *" $pid "*) watched="\${watched%% $pid *} \${watched#* $pid }" ;; esac ;;
  esac
done
for pid in $watched; do kill -9 "-$pid"; done`;

/** Makes a watchdog: one shell for all instances, started with the first one. Where there is no shell there is none. */
export function openWatchdog(): Watchdog {
  let shell: Writable | undefined;
  const start = (): Writable => {
    const child = spawn('/bin/sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'] });
    // Without a shell, or with one that was killed, instances run as well; only this last resort is missing.
    child.on('error', () => undefined);
    child.stdin.on('error', () => undefined);
    // Neither keeps this server alive; the pipe to a child is a socket, whatever its declaration says.
    child.unref();
    if (child.stdin instanceof Socket) child.stdin.unref();
    return child.stdin;
  };
  return {
    watch(pid) {
      shell ??= start();
      shell.write(`+ ${String(pid)}\n`);
    },
    forget(pid) {
      shell?.write(`- ${String(pid)}\n`);
    },
    close() {
      shell?.end();
      shell = undefined;
    },
  };
}
