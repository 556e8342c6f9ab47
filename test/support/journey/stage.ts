import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEcosystem, type Ecosystem, type EcosystemOptions } from '../../../local/ecosystem/ecosystem';
import { startPartners, type Partners } from '../../../local/partners';
import { startStage, type Stage } from '../../../local/stage/server';

const root = resolve(__dirname, '../../..');

/** The mini-program's sources, and what WeChat's compiler made of them. */
export const miniProgram = { sources: join(root, 'miniprogram'), compiled: join(root, 'dist', 'miniprogram') } as const;

export interface Running {
  readonly stage: Stage;
  /** The sample partners' own servers, where they were asked for. */
  readonly partners: Partners | null;
  readonly ecosystem: Ecosystem;
  readonly close: () => Promise<void>;
}

export interface WholeOptions extends Pick<EcosystemOptions, 'people' | 'timers'> {
  /** Start the bank's and the railway's servers, too. */
  readonly withPartners?: boolean;
  /** What has happened in the data folder before: an ecosystem that ran there, and is closed. */
  readonly before?: (dataDir: string) => Promise<void>;
}

/** Starts the whole ecosystem with the page of the phones, in a data folder of its own. */
export const startWhole = async (
  folder: string,
  { before, withPartners = false, ...options }: WholeOptions = {},
): Promise<Running> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'wechat-id-journey-'));
  await before?.(dataDir);
  const late: { stage?: Stage } = {};
  const onLog = (line: unknown): void => late.stage?.tell({ kind: 'log', line });
  const ecosystem = await startEcosystem({ dataDir, fresh: false, onLog, ...options });
  const partners = withPartners ? await startPartners(ecosystem.cloud.url, dataDir) : null;
  const stage = await startStage({ ecosystem, partners, port: 0, miniProgram: folder, watch: false });
  late.stage = stage;
  return {
    stage,
    partners,
    ecosystem,
    close: async () => {
      await stage.close();
      await partners?.close();
      await ecosystem.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
