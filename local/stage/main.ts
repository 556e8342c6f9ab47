import { relative, resolve } from 'node:path';
import { startEcosystem, type Ecosystem } from '../ecosystem/ecosystem';
import { bringSampleWork } from '../ecosystem/sample-work';
import { startPartners, type Partners } from '../partners';
import { given, UsageError } from '../ecosystem/command-line';
import { institutionKeyFile, sandboxClientId } from '../ecosystem/institutions';
import { readArguments, USAGE, type StartArguments } from './arguments';
import { startStage, type Stage, type StageOptions } from './server';

const DEFAULT_PORT = 7600;
const MOST_PORTS = 20;

const root = resolve(__dirname, '../..');
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
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

/** What a developer pastes to take the first steps in the sandbox. */
const firstSteps = ({ cloud }: Ecosystem, dataDir: string): string => {
  const key = relative(given('.'), institutionKeyFile(dataDir, sandboxClientId));
  return `node examples/first-steps/main.mjs --issuer ${cloud.url}/sandbox --client-id ${sandboxClientId} --key ${key}`;
};

const greet = (
  { url }: Stage,
  ecosystem: Ecosystem,
  partners: Partners,
  { seconds, dataDir }: { readonly seconds: string; readonly dataDir: string },
): void => {
  say(`
  ${url}

  Ready in ${seconds} s. Open the address: two phones, a holder's on the left and a merchant's on the right.
  1. On the left: get a card. The camera sees a sample person and their card.
  2. On the left: show it. 3. On the right: scan it.

  As a partner's developer, who asks test persons (docs/sandbox.md):
  ${firstSteps(ecosystem, dataDir)}

  Bank's counter ${partners.bank}   railway ${partners.railway}
  CloudBase ${ecosystem.cloud.url}   authority ${ecosystem.authority.url}
  CloudBase's documents, calls, logs, faults and clock ${ecosystem.cloud.url}/_local/
  Ctrl-C ends it; the cards stay in the data folder.`);
};

/** Has sample people come to the operators' desk: after the start, since proofing takes seconds. What it comes to is said; it ends nothing. */
const fillDesk = async (ecosystem: Ecosystem, dataDir: string, isClosing: () => boolean): Promise<void> => {
  try {
    const isBrought = await bringSampleWork(ecosystem, dataDir);
    if (isBrought) say("  The operators' desk has work: a case in review and a business that applies.");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (!isClosing()) process.stderr.write(`  The operators' desk has no sample work: ${why}\n`);
  }
};

/** Starts everything and keeps it running until a signal comes. */
const start = async ({ port, fresh, compiled, dataDir }: StartArguments): Promise<void> => {
  const began = performance.now();
  process.stderr.write('  starting authority and CloudBase …\n');
  const late: { stage?: Stage; partners?: Partners } = {};
  const ecosystem = await startEcosystem({
    dataDir,
    fresh,
    onLog: (line) => late.stage?.tell({ kind: 'log', line }),
  });
  let isClosing = false;
  const close = async (): Promise<void> => {
    isClosing = true;
    await late.stage?.close();
    await late.partners?.close();
    await ecosystem.close();
  };
  try {
    process.stderr.write('  starting bank and railway …\n');
    late.partners = await startPartners(ecosystem.cloud.url, dataDir);
    process.stderr.write('  bundling the mini-program …\n');
    late.stage = await startOn(port, {
      ecosystem,
      partners: late.partners,
      miniProgram: resolve(root, compiled ? 'dist/miniprogram' : 'miniprogram'),
      watch: !compiled,
    });
  } catch (error) {
    await close();
    throw error;
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      void close().then(() => process.exit(0));
    });
  }
  greet(late.stage, ecosystem, late.partners, { seconds: ((performance.now() - began) / 1000).toFixed(1), dataDir });
  // The first call need not wait for the models. Whoever ends it meanwhile does not wait for them either.
  await ecosystem.warm();
  await fillDesk(ecosystem, dataDir, () => isClosing);
};

const main = async (): Promise<void> => {
  try {
    const wanted = readArguments(process.argv.slice(2));
    if (wanted === 'help') say(USAGE);
    else await start(wanted);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const isUsage = error instanceof UsageError;
    process.stderr.write(isUsage ? `${message}\n\n${USAGE}\n` : `${message}\n`);
    process.exitCode = isUsage ? 2 : 1;
  }
};

void main();
