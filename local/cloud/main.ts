import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { LocalCloudOptions } from './index';
import { emptyDataFolder, PortTaken, startLocalCloud } from './index';
import { readEnvironment, readResources } from './manifest';

const USAGE = `usage: main.js --env local-NAME --data DIR --functions DIR --resources FILE.json --environment FILE.json [--port N]
  --environment-mode clean   take a caller's variables out of a warm instance before its next call; the default, sticky, leaves them
  --fresh          forget the documents, files and messages of an earlier run
  --import FILE    add a snapshot before the first request
  --seed FILE      the same, where nothing is stored
  --export FILE    write a snapshot when the server is told to stop`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      env: { type: 'string' },
      data: { type: 'string' },
      functions: { type: 'string' },
      resources: { type: 'string' },
      environment: { type: 'string' },
      port: { type: 'string', default: '0' },
      'environment-mode': { type: 'string', default: 'sticky' },
      fresh: { type: 'boolean', default: false },
      import: { type: 'string' },
      seed: { type: 'string' },
      export: { type: 'string' },
    },
  });
  const { env, data, functions, resources, environment } = values;
  if (!env || !data || !functions || !resources || !environment) throw new Error(USAGE);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error('--port must be a number from 0 to 65535');
  if (!isLocal(env)) throw new Error('--env must begin with local-');
  const environmentMode = values['environment-mode'];
  if (environmentMode !== 'sticky' && environmentMode !== 'clean') {
    throw new Error('--environment-mode must be sticky or clean');
  }
  const load = loadOf(values);

  const variables = readEnvironment(readFileSync(environment, 'utf8'), environment);
  const declared = readResources(readFileSync(resources, 'utf8'), resources);
  if (values.fresh) emptyDataFolder(data);
  const cloud = await startLocalCloud({
    envId: env,
    dataDir: data,
    functionsDir: functions,
    instanceRunner: join(__dirname, 'instance.js'),
    resources: declared,
    functionEnvironment: (name) => variables[name] ?? {},
    port,
    environmentMode,
    onReload: (name) => process.stderr.write(`function ${name} is loaded again: its files have changed\n`),
    // No handler runs and nothing is flushed: what is on the disk is what was committed.
    crash: () => process.kill(process.pid, 'SIGKILL'),
    ...(load && { load }),
  });
  const { url, sdkEnvironment } = cloud;
  process.stdout.write(`${JSON.stringify({ ready: true, url, tools: `${url}/_local/`, sdkEnvironment })}\n`);

  const end = async (): Promise<void> => {
    if (values.export !== undefined) await cloud.export(values.export);
    await cloud.close();
  };
  const stop = (): void => {
    end().then(() => process.exit(0), fail);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function loadOf(given: { import?: string | undefined; seed?: string | undefined }): LocalCloudOptions['load'] {
  if (given.import !== undefined && given.seed !== undefined) throw new Error('give --import or --seed, not both');
  if (given.import !== undefined) return { snapshot: given.import, when: 'always' };
  return given.seed === undefined ? undefined : { snapshot: given.seed, when: 'where empty' };
}

function isLocal(env: string): env is `local-${string}` {
  return env.startsWith('local-');
}

function fail(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  const advice = error instanceof PortTaken ? '; choose another with --port, or leave it out' : '';
  process.stderr.write(`${message}${advice}\n`);
  process.exit(1);
}

main().catch(fail);
