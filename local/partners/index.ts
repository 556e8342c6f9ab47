import { join } from 'node:path';
import { institutionKeyFile, institutionKeyOf, partnerPort } from '../ecosystem/institutions';
import { startBank } from './bank';
import { startRailway } from './railway';

/** The servers of sample partners that ask holders themselves. */
export interface Partners {
  /** The page of the bank's counter. */
  readonly bank: string;
  /** The railway's web page. */
  readonly railway: string;
  readonly close: () => Promise<void>;
}

/**
 * Starts the sample partners' servers beside a service that runs.
 * @param issuer where the service is
 * @param dataDir the folder of all state: their keys are there, and the railway's own environment
 */
export const startPartners = async (issuer: string, dataDir: string): Promise<Partners> => {
  const [bankId, railwayId] = ['sample-bank-server', 'sample-railway-server'] as const;
  const railway = await startRailway({
    issuer,
    clientId: railwayId,
    key: JSON.stringify(institutionKeyOf(dataDir, railwayId)),
    tokenKey: JSON.stringify(institutionKeyOf(dataDir, `${railwayId}-tokens`)),
    dataDir: join(dataDir, 'railway'),
    port: await partnerPort(dataDir, 'railway'),
  });
  try {
    institutionKeyOf(dataDir, bankId);
    const bank = await startBank({
      ...{ issuer, clientId: bankId, keyFile: institutionKeyFile(dataDir, bankId) },
      port: await partnerPort(dataDir, 'bank'),
    });
    return {
      bank: bank.url,
      railway: railway.url,
      close: async () => {
        await bank.close();
        await railway.close();
      },
    };
  } catch (error) {
    await railway.close();
    throw error;
  }
};
