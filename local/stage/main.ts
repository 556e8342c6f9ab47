import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startEcosystem, type Ecosystem } from '../ecosystem/ecosystem';
import { startStage, type Stage, type StageOptions } from './server';

const USAGE = `npm start -- [--port <number>] [--fresh] [--compiled] [--data <folder>]

  --port      where the page listens on 127.0.0.1 (default 7600, or the next free one)
  --fresh     forget every card, history and secret of earlier runs
  --compiled  run the compiled upload files instead of the sources
  --data      folder of all state (default .local/start)`;

const DEFAULT_PORT = 7600;
const MOST_PORTS = 20;

const root = resolve(__dirname, '../..');
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const readOptions = () => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      fresh: { type: 'boolean', default: false },
      compiled: { type: 'boolean', default: false },
      data: { type: 'string', default: '.local/start' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const port = values.port === undefined ? null : Number(values.port);
  if (port !== null && !(Number.isInteger(port) && port >= 0 && port < 65536))
    throw new Error(`--port ${values.port ?? ''} is no port`);
  return { ...values, port };
};

const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

/** On the port that was asked for, or on the first free one where none was. */
const startOn = async (asked: number | null, options: Omit<StageOptions, 'port'>): Promise<Stage> => {
  const first = asked ?? DEFAULT_PORT;
  for (let port = first; ; port += 1) {
    try {
      return await startStage({ ...options, port });
    } catch (error) {
      if (!isTaken(error)) throw error;
      if (asked !== null || port === first + MOST_PORTS) {
        throw new Error(`Port ${String(port)} is taken by another program. Say --port with a free one.`, {
          cause: error,
        });
      }
    }
  }
};

const greet = ({ url }: Stage, ecosystem: Ecosystem, seconds: string): void => {
  say(`
  ${url}

  Ready in ${seconds} s. Open the address: two phones, a holder's on the left and a merchant's on the right.
  1. On the left: get a card. The camera sees a sample person and their card.
  2. On the left: show it. 3. On the right: scan it.

  CloudBase ${ecosystem.cloud.url}   authority ${ecosystem.authority.url}
  Ctrl-C ends it; the cards stay in the data folder.`);
};

const main = async (): Promise<void> => {
  const options = readOptions();
  if (options.help) {
    say(USAGE);
    return;
  }
  const began = performance.now();
  mkdirSync(options.data, { recursive: true });
  process.stderr.write('  starting authority and CloudBase …\n');
  const late: { stage?: Stage } = {};
  const ecosystem = await startEcosystem({
    dataDir: options.data,
    fresh: options.fresh,
    onLog: (line) => late.stage?.tell({ kind: 'log', line }),
  });
  const close = async (): Promise<void> => {
    await late.stage?.close();
    await ecosystem.close();
  };
  try {
    process.stderr.write('  bundling the mini-program …\n');
    late.stage = await startOn(options.port, {
      ecosystem,
      miniProgram: resolve(root, options.compiled ? 'dist/miniprogram' : 'miniprogram'),
      watch: !options.compiled,
    });
  } catch (error) {
    await close();
    throw error;
  }
  greet(late.stage, ecosystem, ((performance.now() - began) / 1000).toFixed(1));
  // The first call need not wait for the models.
  void ecosystem.warm();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      void close().then(() => process.exit(0));
    });
  }
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
