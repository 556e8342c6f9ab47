import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { LocalCloudOptions } from './index';
import { emptyDataFolder, PortTaken, startLocalCloud } from './index';
import { readEnvironment, readResources, readTemplates, refuseContradictions } from './manifest';

const USAGE = `usage: main.js --env local-NAME --data DIR --functions DIR --resources FILE.json --environment FILE.json [--port N]
  --message-templates FILE   the message templates that WeChat has approved, as JSON
  --environment-mode clean   take a caller's variables out of a warm instance before its next call; the default, sticky, leaves them
  --fresh          forget the documents, files and messages of an earlier run
  --import FILE    add a snapshot before the first request
  --seed FILE      the same, where nothing is stored
  --export FILE    write a snapshot when the server is told to stop`;

function read(): ReturnType<typeof parse> {
  try {
    return parse();
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`, { cause: error });
  }
}

function parse() {
  return parseArgs({
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      env: { type: 'string' },
      data: { type: 'string' },
      functions: { type: 'string' },
      resources: { type: 'string' },
      environment: { type: 'string' },
      port: { type: 'string', default: '0' },
      'message-templates': { type: 'string' },
      'environment-mode': { type: 'string', default: 'sticky' },
      fresh: { type: 'boolean', default: false },
      import: { type: 'string' },
      seed: { type: 'string' },
      export: { type: 'string' },
    },
  }).values;
}

async function main(): Promise<void> {
  const values = read();
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const { env, data, functions, resources, environment } = values;
  if (!env || !data || !functions || !resources || !environment) throw new Error(USAGE);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error('--port must be a number from 0 to 65535');
  if (!isLocal(env)) {
    throw new Error('--env must begin with local-, and go on with lower-case letters, digits or hyphens');
  }
  const environmentMode = values['environment-mode'];
  if (environmentMode !== 'sticky' && environmentMode !== 'clean') {
    throw new Error('--environment-mode must be sticky or clean');
  }
  const load = loadOf(values);

  const variables = readEnvironment(contentOf('--environment', environment), environment);
  const declared = readResources(contentOf('--resources', resources), resources);
  refuseContradictions(declared);
  const templates = values['message-templates'];
  const messageTemplates =
    templates === undefined ? {} : readTemplates(contentOf('--message-templates', templates), templates);
  if (load !== undefined) readable(values.import === undefined ? '--seed' : '--import', load.snapshot);
  // Last: whoever mistypes something else loses nothing.
  if (values.fresh) emptyDataFolder(data);
  const cloud = await startLocalCloud({
    envId: env,
    dataDir: data,
    functionsDir: functions,
    instanceRunner: join(__dirname, 'instance.js'),
    resources: declared,
    messageTemplates,
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
  return /^local-[a-z0-9-]+$/.test(env);
}

/** @throws Error that names the option, where its file cannot be read */
function readable(option: string, file: string): void {
  try {
    accessSync(file, constants.R_OK);
  } catch (error) {
    throw new Error(`${option}: there is no file ${file} that can be read`, { cause: error });
  }
}

function contentOf(option: string, file: string): string {
  readable(option, file);
  return readFileSync(file, 'utf8');
}

function fail(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  const advice = error instanceof PortTaken ? '; choose another with --port, or leave it out' : '';
  process.stderr.write(`${message}${advice}\n`);
  process.exit(1);
}

main().catch(fail);
