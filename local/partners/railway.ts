import { resolve } from 'node:path';
import { startLocalCloud } from '../cloud';
import type { PartnerServer } from './bank';

const dist = resolve(__dirname, '../../dist');

interface RailwayOptions {
  /** Where the service is. */
  readonly issuer: string;
  readonly clientId: string;
  /** The private key by which it proves who it is: a JWK as JSON. */
  readonly key: string;
  /** The private key that its codes and tokens are bound to: a JWK as JSON. */
  readonly tokenKey: string;
  readonly dataDir: string;
  /** The port under which its redirection is registered. */
  readonly port: number;
}

/** What the railway's own environment has: no collection, function or route of the service's. */
const resources = {
  collections: [
    {
      name: 'orders',
      indexes: [{ name: 'by_end', keys: { expiresAt: 1 }, unique: false, sparse: false }],
      clientAccess: 'none',
    },
  ],
  functions: [
    {
      name: 'railway',
      runtime: 'Nodejs20.19',
      memoryMb: 256,
      timeoutSeconds: 20,
      invokedBy: ['http'],
      environment: ['OWN_ADDRESS', 'ISSUER', 'CLIENT_ID', 'CLIENT_KEY', 'TOKEN_KEY'],
    },
  ],
  routes: [{ path: '/', function: 'railway' }],
  timers: [],
  storage: [],
} as const;

/** Starts the railway in an environment of its own, as a partner in the same cloud has one. */
export const startRailway = async ({
  issuer,
  clientId,
  key,
  tokenKey,
  dataDir,
  port,
}: RailwayOptions): Promise<PartnerServer> => {
  const cloud = await startLocalCloud({
    envId: 'local-railway',
    dataDir,
    functionsDir: resolve(dist, 'examples'),
    instanceRunner: resolve(dist, 'local/cloud/instance.js'),
    resources,
    functionEnvironment: () => ({
      OWN_ADDRESS: `http://127.0.0.1:${String(port)}`,
      ISSUER: issuer,
      CLIENT_ID: clientId,
      CLIENT_KEY: key,
      TOKEN_KEY: tokenKey,
    }),
    port,
  });
  return { url: cloud.url, close: () => cloud.close() };
};
