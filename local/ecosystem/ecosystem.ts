import { join } from 'node:path';
import { resources } from '../../cloudfunctions/resources';
import { sampleGuardians, sampleRegister, startAuthority, type Authority, type RegisteredPerson } from '../authority';
import { PortTaken, startLocalCloud, type FunctionLogLine, type LocalCloud } from '../cloud';
import { startHeadlessPhone, type HeadlessPhone, type SensorOptions } from '../phone/headless/headless-phone';
import { builtFiles } from './built-files';
import { prepareFolder } from './data-folder';
import { functionEnvironments } from './function-environments';
import { approvedTemplates } from './message-templates';
import { registerInstitutions } from './institutions';
import { registerPartners } from './partners';
import { seederOf } from './seeder';
import { rememberedPort, rememberPort } from './service-port';
import { loadSecrets } from './secrets';

/** Everything on one machine: the service on a local CloudBase, the authority, phones. */
export interface Ecosystem {
  readonly cloud: LocalCloud;
  readonly authority: Authority;
  /** A phone on which that user is logged in. */
  readonly phone: (openId: string, sensor?: SensorOptions) => Promise<HeadlessPhone>;
  /** Wakes models and functions, so that the first call need not wait for them. */
  readonly warm: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface EcosystemOptions {
  /** Where all state lives. */
  readonly dataDir: string;
  /** Begin without what an earlier run left. */
  readonly fresh: boolean;
  /** The one of the runs before, where it is absent. */
  readonly port?: number;
  /** Wake models and functions now, rather than at the first call. */
  readonly warm?: boolean;
  /** Whom the authority knows; the sample people, where it is absent. */
  readonly people?: readonly RegisteredPerson[];
  readonly onLog?: (line: FunctionLogLine) => void;
  /** Whether timers run in their own rhythm, which they do where it is absent. */
  readonly timers?: 'running' | 'by hand';
}

/** Starts the authority and the cloud and registers the sample partners. */
export const startEcosystem = async ({
  dataDir,
  fresh,
  port,
  warm = false,
  people = sampleRegister(),
  onLog,
  timers = 'running',
}: EcosystemOptions): Promise<Ecosystem> => {
  prepareFolder(dataDir, fresh);
  const secrets = loadSecrets(dataDir);
  const authority = await startAuthority({
    dataDir: join(dataDir, 'authority'),
    models: builtFiles.models,
    people,
    guardians: sampleGuardians(),
  });
  const { host } = new URL(authority.url);
  const authorityAddress = JSON.stringify({
    endpoint: host,
    protocol: 'http://',
    region: 'ap-guangzhou',
    ...authority.credentials,
  });
  const environmentOf = functionEnvironments(secrets, authorityAddress);
  let url = '';
  const begun = startLocalCloud({
    envId: 'local-wechat-id',
    dataDir: join(dataDir, 'cloud'),
    functionsDir: builtFiles.functions,
    instanceRunner: builtFiles.instanceRunner,
    resources,
    messageTemplates: approvedTemplates,
    // Asked when an instance starts, which is after the server knows its own address.
    functionEnvironment: (name) => environmentOf(name, url),
    port: port ?? rememberedPort(dataDir),
    timers,
    ...(onLog && { onLog }),
  });
  const cloud = await begun.catch(async (error: unknown) => {
    await authority.close();
    if (port !== undefined || !(error instanceof PortTaken)) throw error;
    const advice = `end the program that has it, or begin anew in another folder or with --fresh`;
    throw new Error(`${error.message}, where the cards of ${dataDir} have their issuer: ${advice}`, { cause: error });
  });
  url = cloud.url;
  rememberPort(dataDir, Number(new URL(url).port));
  const seed = seederOf(cloud);
  await registerPartners(seed, secrets);
  await registerInstitutions(seed, dataDir);
  const wake = async (): Promise<void> => {
    await Promise.all([authority.warm(), ...resources.functions.map(({ name }) => cloud.warm(name))]);
  };
  if (warm) await wake();
  return {
    cloud,
    authority,
    phone: (openId, sensor = {}) =>
      startHeadlessPhone({ cloudUrl: url, openId, programFile: builtFiles.phoneProgram, ...sensor }),
    warm: wake,
    close: async () => {
      await cloud.close();
      await authority.close();
    },
  };
};
