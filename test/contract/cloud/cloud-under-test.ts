import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import tcb, { type CloudBase } from '@cloudbase/node-sdk';
import type { CloudFunction, Collection, Resources } from '../../../cloudfunctions/resources';
import { startLocalCloud, type FunctionLogLine, type LocalCloud, type LocalCloudOptions } from '../../../local/cloud';

const root = join(__dirname, '..', '..', '..');

/** What a test sees of a cloud of its own. */
export interface CloudUnderTest {
  readonly cloud: LocalCloud;
  readonly app: CloudBase;
  readonly dataDir: string;
  readonly functionsDir: string;
  readonly logs: FunctionLogLine[];
  /** Stops the server and starts another one on the same data, at another address. */
  restart(resources?: Partial<Resources>): Promise<void>;
  close(): Promise<void>;
}

/** A declared collection without anything special. */
export const collection = (name: string, indexes: Collection['indexes'] = []): Collection => ({
  name,
  indexes,
  clientAccess: 'none',
});

/** A declared function with room for a test. */
export const cloudFunction = (name: string, more: Partial<CloudFunction> = {}): CloudFunction => ({
  name,
  runtime: 'Nodejs20.19',
  memoryMb: 256,
  timeoutSeconds: 10,
  invokedBy: ['function', 'wechat', 'http'],
  environment: [],
  ...more,
});

/** Builds one of the local cloud's entries, so that a test never proves a stale one. */
export const bundle = (entry: string, outfile: string): string => {
  const esbuild = join(root, 'node_modules', '.bin', 'esbuild');
  const options = ['--bundle', '--platform=node', '--format=cjs', '--external:libsql', '--log-level=error'];
  execFileSync(esbuild, [join(root, 'local', 'cloud', entry), ...options, `--outfile=${outfile}`]);
  return outfile;
};

/** Starts a cloud in a folder of its own. `sources` are the functions' index.js texts by name. */
export const startCloudUnderTest = async (
  resources: Partial<Resources>,
  sources: Readonly<Record<string, string>> = {},
  functionEnvironment: (name: string) => Record<string, string> = () => ({}),
  more: Pick<
    LocalCloudOptions,
    'after' | 'environmentMode' | 'messageTemplates' | 'reload' | 'onReload' | 'timers'
  > = {},
): Promise<CloudUnderTest> => {
  const dir = mkdtempSync(join(tmpdir(), 'local-cloud-'));
  const dataDir = join(dir, 'data');
  const functionsDir = join(dir, 'functions');
  for (const [name, source] of Object.entries(sources)) {
    const file = join(functionsDir, name, 'index.js');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, source);
  }
  const instanceRunner = join(dir, 'instance.js');
  if (Object.keys(sources).length > 0) bundle('functions/instance.ts', instanceRunner);
  const logs: FunctionLogLine[] = [];
  let declared: Resources = { collections: [], functions: [], routes: [], timers: [], storage: [], ...resources };
  const start = () =>
    startLocalCloud({
      envId: 'local-test',
      dataDir,
      functionsDir,
      instanceRunner,
      resources: declared,
      functionEnvironment,
      timers: 'by hand',
      onLog: (line) => {
        logs.push(line);
      },
      ...more,
    });

  let cloud = await start();
  let app = connect(cloud);
  return {
    get cloud() {
      return cloud;
    },
    get app() {
      return app;
    },
    dataDir,
    functionsDir,
    logs,
    async restart(changed = {}) {
      await cloud.close();
      declared = { ...declared, ...changed };
      cloud = await start();
      app = connect(cloud);
    },
    async close() {
      await cloud.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

/** The unmodified SDK, pointed at a cloud by environment variables alone. */
const connect = (cloud: LocalCloud): CloudBase => {
  Object.assign(process.env, cloud.sdkEnvironment);
  return tcb.init({ env: tcb.SYMBOL_CURRENT_ENV });
};

/** The SDK's operators for queries and updates. */
export const command = tcb.init({ env: 'local-test' }).database().command;

/** The code and message that a call was refused with. */
export const refusal = async (call: Promise<unknown>): Promise<{ code: unknown; message: string }> => {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('the call was not refused');
};

/** A query of the SDK, whose declarations leave the results untyped. */
interface Query {
  get(): Promise<unknown>;
  count(): Promise<unknown>;
}

/** The documents that a query gives. */
export const found = async (query: Pick<Query, 'get'>): Promise<Record<string, unknown>[]> =>
  ((await query.get()) as { data: Record<string, unknown>[] }).data;

/** How many documents a query counts. */
export const counted = async (query: Query): Promise<number> => ((await query.count()) as { total: number }).total;

/** Whether a process of this id runs. */
export const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Waits until something holds; the test's own time limit ends a wait in vain. */
export const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) {
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
};
