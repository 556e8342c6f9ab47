import { join } from 'node:path';
import { resources } from '../../cloudfunctions/resources';
import { sampleGuardians, sampleRegister, startAuthority, type Authority, type RegisteredPerson } from '../authority';
import { PortTaken, startLocalCloud, type FunctionLogLine, type LocalCloud } from '../cloud';
import { startHeadlessPhone, type HeadlessPhone, type SensorOptions } from '../phone/headless/headless-phone';
import { builtFiles } from './built-files';
import { prepareFolder } from './data-folder';
import { registerInstitutions } from './institutions';
import { messageTemplates } from './message-templates';
import { registerPartners } from './partners';
import { seederOf } from './seeder';
import { rememberedPort, rememberPort } from './service-port';
import { keySetOf, loadSecrets, publicKeySetOf } from './secrets';

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
  const environments: Readonly<Record<string, (issuer: string) => Readonly<Record<string, string>>>> = {
    holder: (issuer) => ({
      ISSUER: issuer,
      ISSUER_KEYS: keySetOf(secrets.issuerKeys),
      DATA_KEY: secrets.dataKey,
      INDEX_KEY: secrets.indexKey,
      PROOFING_KEY: secrets.proofingKey,
      AUTHORITY: authorityAddress,
      REMINDER_TEMPLATES: messageTemplates,
    }),
    verifier: (issuer) => ({
      ISSUER: issuer,
      RECEIPT_KEYS: keySetOf(secrets.receiptKeys),
      DATA_KEY: secrets.dataKey,
      INDEX_KEY: secrets.indexKey,
      ISSUER_PUBLIC_KEYS: publicKeySetOf(secrets.issuerKeys),
    }),
    public: (issuer) => ({
      ISSUER: issuer,
      ISSUER_PUBLIC_KEYS: publicKeySetOf(secrets.issuerKeys),
      RECEIPT_PUBLIC_KEYS: publicKeySetOf(secrets.receiptKeys),
    }),
    operator: (issuer) => ({
      ISSUER: issuer,
      DATA_KEY: secrets.dataKey,
      INDEX_KEY: secrets.indexKey,
      ISSUER_PUBLIC_KEYS: publicKeySetOf(secrets.issuerKeys),
      RECEIPT_PUBLIC_KEYS: publicKeySetOf(secrets.receiptKeys),
    }),
    institution: (issuer) => ({
      ISSUER: issuer,
      INSTITUTION_KEYS: keySetOf(secrets.institutionKeys),
      PAIRWISE_KEY: secrets.pairwiseKey,
      REFERENCE_KEY: secrets.referenceKey,
      DATA_KEY: secrets.dataKey,
      INDEX_KEY: secrets.indexKey,
      RECEIPT_KEYS: keySetOf(secrets.receiptKeys),
    }),
    sandbox: (issuer) => ({
      ISSUER: issuer,
      SANDBOX_KEYS: keySetOf(secrets.sandboxKeys),
      SANDBOX_RECEIPT_KEYS: keySetOf(secrets.sandboxReceiptKeys),
      SANDBOX_SECRET: secrets.sandboxSecret,
    }),
    notices: (issuer) => ({
      ISSUER: issuer,
      INSTITUTION_KEYS: keySetOf(secrets.institutionKeys),
      PAIRWISE_KEY: secrets.pairwiseKey,
      REFERENCE_KEY: secrets.referenceKey,
      DATA_KEY: secrets.dataKey,
      INDEX_KEY: secrets.indexKey,
    }),
    emergency: () => ({ DATA_KEY: secrets.dataKey, INDEX_KEY: secrets.indexKey }),
    jobs: (issuer) => ({
      ISSUER: issuer,
      ISSUER_KEYS: keySetOf(secrets.issuerKeys),
      DATA_KEY: secrets.dataKey,
      INDEX_KEY: secrets.indexKey,
      AUTHORITY: authorityAddress,
      REMINDER_TEMPLATES: messageTemplates,
    }),
    proofing: () => ({ PROOFING_KEY: secrets.proofingKey, PROOFING_PROVIDER: 'embedded' }),
  };
  let url = '';
  const begun = startLocalCloud({
    envId: 'local-wechat-id',
    dataDir: join(dataDir, 'cloud'),
    functionsDir: builtFiles.functions,
    instanceRunner: builtFiles.instanceRunner,
    resources,
    // Asked when an instance starts, which is after the server knows its own address.
    functionEnvironment: (name) => environments[name]?.(url) ?? {},
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
