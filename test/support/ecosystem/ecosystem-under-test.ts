// The headless phone is typed by what a mini-program sees.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resources } from '../../../cloudfunctions/resources';
import { builtFiles } from '../../../local/ecosystem/built-files';
import { startEcosystem, type Ecosystem, type EcosystemOptions } from '../../../local/ecosystem/ecosystem';
import { createClient, type Client } from './client';
import { createFunctionLog, type FunctionLog } from './function-log';

/** An ecosystem of a test's own, in a folder that is gone afterwards. */
export interface EcosystemUnderTest extends Ecosystem {
  readonly dataDir: string;
  /** Everything that the functions wrote. */
  readonly log: FunctionLog;
  /** A WeChat user, as a program without our phone's manners. */
  readonly client: (openId: string) => Client;
}

/** How long an ecosystem may take to start, with an enrolment in it. */
export const START_TIMEOUT = 120_000;

const requireBuild = (): void => {
  const functions = resources.functions.map(({ name }) => join(builtFiles.functions, name, 'index.js'));
  const missing = [...Object.values(builtFiles), ...functions].filter((path) => !existsSync(path));
  if (missing.length > 0) {
    throw new Error(
      `these tests run what is built: npm run models, then npm run build (missing: ${missing.join(', ')})`,
    );
  }
};

/** Starts the built functions, the authority and the local cloud. @throws Error where nothing is built */
export const startEcosystemUnderTest = async (
  options: Pick<EcosystemOptions, 'people' | 'warm'> = {},
): Promise<EcosystemUnderTest> => {
  requireBuild();
  const dataDir = mkdtempSync(join(tmpdir(), 'ecosystem-'));
  const log = createFunctionLog();
  const ecosystem = await startEcosystem({ dataDir, fresh: false, onLog: log.collect, timers: 'by hand', ...options });
  return {
    ...ecosystem,
    dataDir,
    log,
    client: (openId) => createClient(ecosystem.cloud.url, openId),
    close: async () => {
      await ecosystem.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
