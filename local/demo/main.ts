import { readFileSync } from 'node:fs';
import { picturePath, samplePeople } from '../people';
import { UsageError } from '../ecosystem/command-line';
import { readArguments, USAGE, type DemoArguments } from './arguments';
import { createFunctionLog } from './function-log';
import { jsonReport, plainReport } from './report';
import type { Ending } from './story';

const exitCodes = { holds: 0, refused: 1, inReview: 3 } as const satisfies Record<Ending, number>;

const play = async (wanted: DemoArguments): Promise<Ending> => {
  // Servers and models take seconds to load: whoever mistyped an option hears of it first.
  const [{ startEcosystem }, { enterIntoRegister }, { playStory }] = await Promise.all([
    import('../ecosystem/ecosystem'),
    import('../ecosystem/register-entry'),
    import('./story'),
  ]);
  const { dataDir } = wanted;
  const report = wanted.json ? jsonReport : plainReport;
  const [person] = samplePeople;
  if (!person) throw new Error('there are no sample people');
  const before = performance.now();
  const log = createFunctionLog();
  const ecosystem = await startEcosystem({ dataDir, fresh: true, warm: true, onLog: log.collect });
  try {
    report.step('start', 'Service, authority and phones started', Math.round(performance.now() - before), {
      person: wanted.front ? 'of the given pictures' : `sample person ${person.id}`,
      service: ecosystem.cloud.url,
      authority: ecosystem.authority.url,
      data: dataDir,
    });
    const front = wanted.front ?? picturePath(person, 'card-front');
    return await playStory(ecosystem, {
      front,
      back: wanted.back ?? picturePath(person, 'card-back'),
      selfie: wanted.selfie ?? picturePath(person, 'selfie-1'),
      seedAuthority:
        wanted.front && !wanted.strictAuthority
          ? (read) => enterIntoRegister(ecosystem.authority, read, readFileSync(front))
          : null,
      outputDir: dataDir,
      report,
      log,
    });
  } finally {
    await ecosystem.close();
  }
};

/** Neither the story's end nor the caller's fault (sysexits.h, EX_SOFTWARE). */
const FAILED = 70;

const main = async (): Promise<number> => {
  try {
    const wanted = readArguments(process.argv.slice(2));
    if (wanted === 'help') {
      process.stdout.write(`${USAGE}\n`);
      return 0;
    }
    return exitCodes[await play(wanted)];
  } catch (error) {
    if (!(error instanceof UsageError)) {
      process.stderr.write(
        `The demonstration itself failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      );
      return FAILED;
    }
    process.stderr.write(`${error.message}\n\n${USAGE}\n`);
    return 2;
  }
};

// Whoever reads the story may stop reading it, as `head` does.
process.stdout.on('error', () => process.exit(FAILED));

void main().then((code) => {
  process.exitCode = code;
});
