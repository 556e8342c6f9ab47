import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Resources } from '../../cloudfunctions/resources';
import { cpuTimeOf, type Measured } from './cpu-time';

/** A local CloudBase in a process of its own, on a data folder of its own. */
export interface BenchServer extends Measured {
  readonly url: string;
  /** What points an SDK at it. */
  readonly sdkEnvironment: Readonly<Record<string, string>>;
  /** Resident memory of its process, in megabytes. */
  memory(): number;
  openFiles(): number;
  /** Processes that it has started and that are still there. */
  children(): number;
  close(): Promise<void>;
}

/** What a server is started with. */
export interface BenchSetting {
  readonly resources: Resources;
  /** The lines of a snapshot to begin with. */
  readonly seed?: Iterable<string>;
  /** The functions' index.js texts by name. */
  readonly functions?: Readonly<Record<string, string>>;
  /** Options of Node. */
  readonly node?: readonly string[];
}

const root = join(__dirname, '..', '..');

/** Bundles the server as it is published, and starts it. Its memory and CPU time are read from `/proc`. */
export const startServer = async ({
  resources,
  seed,
  functions = {},
  node = [],
}: BenchSetting): Promise<BenchServer> => {
  // Beside node_modules, so that the bundles find their packages.
  const built = join(root, '.cache', `cloud-bench-${String(process.pid)}`);
  const folder = mkdtempSync(join(tmpdir(), 'local-cloud-bench-'));
  const inFolder = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  for (const [name, source] of Object.entries(functions)) {
    mkdirSync(join(folder, 'functions', name), { recursive: true });
    inFolder(join('functions', name, 'index.js'), source);
  }
  bundle('main.ts', join(built, 'main.js'));
  bundle('functions/instance.ts', join(built, 'instance.js'));
  const child = spawn(
    process.execPath,
    [
      ...node,
      join(built, 'main.js'),
      ...['--env', 'local-bench', '--data', join(folder, 'data'), '--functions', join(folder, 'functions')],
      ...['--resources', inFolder('resources.json', JSON.stringify(resources))],
      ...['--environment', inFolder('environment.json', '{}')],
      ...(seed === undefined ? [] : ['--seed', inFolder('seed.jsonl', [...seed].join('\n'))]),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { url, sdkEnvironment } = JSON.parse(line) as Pick<BenchServer, 'url' | 'sdkEnvironment'>;
  const proc = (file: string): string => readFileSync(`/proc/${String(child.pid)}/${file}`, 'utf8');
  return {
    url,
    sdkEnvironment,
    cpuTime: () => cpuTimeOf(child.pid),
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(proc('status'))?.[1]) / 1024,
    openFiles: () => readdirSync(`/proc/${String(child.pid)}/fd`).length,
    children: () =>
      proc(`task/${String(child.pid)}/children`)
        .split(' ')
        .filter(Boolean).length,
    async close() {
      child.kill('SIGTERM');
      await once(child, 'exit');
      for (const folderOf of [folder, built]) rmSync(folderOf, { recursive: true, force: true });
    },
  };
};

const bundle = (entry: string, outfile: string): void => {
  const options = ['--bundle', '--platform=node', '--format=cjs', '--external:libsql', '--log-level=error'];
  const esbuild = join(root, 'node_modules', '.bin', 'esbuild');
  execFileSync(esbuild, [join(root, 'local', 'cloud', entry), ...options, `--outfile=${outfile}`]);
};
