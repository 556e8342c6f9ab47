import * as oauth from 'openid-client';
import { institutionKeyOf } from '../../../local/ecosystem/institutions';
import { startEcosystemUnderTest, type EcosystemUnderTest } from '../ecosystem/ecosystem-under-test';
import { freshServerKey, serverKeyOf, type ServerKey } from './credentials';

export const BANK = 'sample-bank-server';
export const RAILWAY = 'sample-railway-server';

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

/** A bank's server, written with the library that such servers are written with, and nothing of ours. */
export const startBankServer = async (
  world: EcosystemUnderTest,
  customFetch?: oauth.CustomFetch,
): Promise<{ readonly config: oauth.Configuration; readonly DPoP: oauth.DPoPHandle }> => {
  const { kid, privateKey } = await keyOfServer(world, BANK);
  const authentication = oauth.PrivateKeyJwt({ kid, key: privateKey });
  const config = await oauth.discovery(new URL(world.cloud.url), BANK, undefined, authentication, {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- this machine's cloud has no TLS; a server of a bank's leaves it out
    execute: [oauth.allowInsecureRequests],
    ...(customFetch && { [oauth.customFetch]: customFetch }),
  });
  return { config, DPoP: oauth.getDPoPHandle(config, await freshServerKey()) };
};
