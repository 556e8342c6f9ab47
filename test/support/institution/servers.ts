import * as oauth from 'openid-client';
import { purposeTable, type PurposeId } from '../../../protocol';
import { institutionKeyOf } from '../../../local/ecosystem/institutions';
import { databaseOf } from '../ecosystem/database';
import { startEcosystemUnderTest, type EcosystemUnderTest } from '../ecosystem/ecosystem-under-test';
import { freshServerKey, serverKeyOf, type ServerKey } from './credentials';

export const BANK = 'sample-bank-server';
export const RAILWAY = 'sample-railway-server';
export const SANDBOX = 'sample-bank-sandbox';

/** The key by which a sample partner's server proves who it is. */
export const keyOfServer = ({ dataDir }: EcosystemUnderTest, clientId: string): Promise<ServerKey> =>
  serverKeyOf(institutionKeyOf(dataDir, clientId));

/** An ecosystem, and what the sample partners' servers have of their own. */
export interface Servers {
  readonly world: EcosystemUnderTest;
  /** Where the service is. */
  readonly url: string;
  readonly bankKey: ServerKey;
  readonly railwayKey: ServerKey;
  /** The key that tokens are bound to. */
  readonly binding: ServerKey;
}

export const startServers = async (): Promise<Servers> => {
  const world = await startEcosystemUnderTest();
  const [bankKey, railwayKey, binding] = await Promise.all([
    keyOfServer(world, BANK),
    keyOfServer(world, RAILWAY),
    freshServerKey(),
  ]);
  return { world, url: world.cloud.url, bankKey, railwayKey, binding };
};

/** A partner's server as the library that it is written with knows it. */
export interface PartnerServer {
  readonly config: oauth.Configuration;
  readonly DPoP: oauth.DPoPHandle;
}

/** A sample partner's server, written with the library that such servers are written with, and nothing of ours. */
export const startPartnerServer = async (
  world: EcosystemUnderTest,
  clientId: string,
  customFetch?: oauth.CustomFetch,
  issuer: string = world.cloud.url,
): Promise<PartnerServer> => {
  const { kid, privateKey } = await keyOfServer(world, clientId);
  const authentication = oauth.PrivateKeyJwt({ kid, key: privateKey });
  const config = await oauth.discovery(new URL(issuer), clientId, undefined, authentication, {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- this machine's cloud has no TLS; a server of a bank's leaves it out
    execute: [oauth.allowInsecureRequests, oauth.enableNonRepudiationChecks],
    ...(customFetch && { [oauth.customFetch]: customFetch }),
  });
  return { config, DPoP: oauth.getDPoPHandle(config, await freshServerKey()) };
};

/** The sample bank's. */
export const startBankServer = (world: EcosystemUnderTest, customFetch?: oauth.CustomFetch): Promise<PartnerServer> =>
  startPartnerServer(world, BANK, customFetch);

/** Registers a sample partner for purposes, with all that they may tell. */
export const grantTo = async ({ cloud }: EcosystemUnderTest, partner: string, ...purposes: readonly PurposeId[]) => {
  const grants = purposes.map((purpose) => ({ purpose, claims: purposeTable[purpose].claims, perDay: 2000 }));
  await databaseOf(cloud).collection('partners').doc(partner).update({ grants });
};
