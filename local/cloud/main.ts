import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startLocalCloud } from './index';
import { readEnvironment, readResources } from './manifest';

const USAGE =
  'usage: main.js --env local-NAME --data DIR --functions DIR --resources FILE.json --environment FILE.json [--port N]';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      env: { type: 'string' },
      data: { type: 'string' },
      functions: { type: 'string' },
      resources: { type: 'string' },
      environment: { type: 'string' },
      port: { type: 'string', default: '0' },
    },
  });
  const { env, data, functions, resources, environment } = values;
  if (!env || !data || !functions || !resources || !environment) throw new Error(USAGE);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error('--port must be a number from 0 to 65535');
  if (!isLocal(env)) throw new Error('--env must begin with local-');

  const variables = readEnvironment(readFileSync(environment, 'utf8'), environment);
  const cloud = await startLocalCloud({
    envId: env,
    dataDir: data,
    functionsDir: functions,
    instanceRunner: join(__dirname, 'instance.js'),
    resources: readResources(readFileSync(resources, 'utf8'), resources),
    functionEnvironment: (name) => variables[name] ?? {},
    port,
  });
  process.stdout.write(`${JSON.stringify({ ready: true, url: cloud.url, sdkEnvironment: cloud.sdkEnvironment })}\n`);

  const stop = (): void => {
    void cloud.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function isLocal(env: string): env is `local-${string}` {
  return env.startsWith('local-');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
