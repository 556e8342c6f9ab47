import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import tcb, { type CloudBase } from '@cloudbase/node-sdk';
import type { Resources } from '../../../cloudfunctions/resources';
import { bundle } from '../../contract/cloud/cloud-under-test';

const root = join(__dirname, '..', '..', '..');

/** A server in a process of its own, which can be killed and started again on the same data. */
export interface KilledServer {
  /** Starts it. The longest that this took, in milliseconds, stands in `longestStart`. */
  start(): Promise<CloudBase>;
  /** Begins to start it and kills it after some milliseconds, wherever it is by then. */
  killWhileStarting(afterMs: number): Promise<void>;
  kill(): Promise<void>;
  readonly longestStart: number;
  remove(): void;
}

/** Bundles the server. @returns the bundle, and what removes it */
export const bundleServer = () => {
  // Beside node_modules, so that the bundle finds its packages.
  const folder = join(root, '.cache', `local-cloud-kill-${String(process.pid)}`);
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  return { file: bundle('main.ts', join(folder, 'main.js')), remove };
};

/** Makes a server on a data folder of its own. */
export const killedServer = (file: string, resources: Resources): KilledServer => {
  const dir = mkdtempSync(join(tmpdir(), 'local-cloud-kill-'));
  writeFileSync(join(dir, 'resources.json'), JSON.stringify(resources));
  writeFileSync(join(dir, 'environment.json'), '{}');
  let child: ChildProcess | undefined;
  let longestStart = 0;

  const begin = () => {
    const begun = spawn(process.execPath, [
      file,
      ...['--env', 'local-kill', '--data', join(dir, 'data'), '--functions', dir],
      ...['--resources', join(dir, 'resources.json'), '--environment', join(dir, 'environment.json')],
    ]);
    begun.stderr.pipe(process.stderr);
    child = begun;
    return begun;
  };
  const kill = async (): Promise<void> => {
    const gone = child && once(child, 'exit');
    child?.kill('SIGKILL');
    await gone;
  };

  return {
    async start() {
      const before = performance.now();
      const [line] = (await once(createInterface({ input: begin().stdout }), 'line')) as [string];
      longestStart = Math.max(longestStart, performance.now() - before);
      const { sdkEnvironment } = JSON.parse(line) as { sdkEnvironment: Record<string, string> };
      const { TENCENTCLOUD_SECRETID: secretId, TENCENTCLOUD_SECRETKEY: secretKey, ...others } = sdkEnvironment;
      const { TCB_CONTEXT_CNFG: context = '', ...shared } = others;
      // Several servers run at once, so what is one's own is not left to the environment.
      Object.assign(process.env, shared);
      const { URL: serviceUrl } = JSON.parse(context) as { URL: string };
      return tcb.init({
        env: 'local-kill',
        secretId: secretId ?? '',
        secretKey: secretKey ?? '',
        serviceUrl,
        timeout: 5000,
      });
    },
    async killWhileStarting(afterMs) {
      begin();
      await wait(afterMs);
      await kill();
    },
    kill,
    get longestStart() {
      return longestStart;
    },
    remove() {
      child?.kill('SIGKILL');
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
