import { randomBytes } from 'node:crypto';
import tcb, { type CloudBase } from '@cloudbase/node-sdk';
import { cloudFunction, collection, startCloudUnderTest } from '../contract/cloud/cloud-under-test';
import type { ParityDatabase, ParityWorld } from './parity-case';

/** What every target must have, so that the cases find the same: README.md of the local CloudBase says how to make it in the cloud. */
const RESOURCES = {
  collections: [
    collection('parity_plain', [{ name: 'by_mark', keys: { mark: 1 }, unique: false, sparse: false }]),
    collection('parity_unique', [{ name: 'one_key', keys: { key: 1 }, unique: true, sparse: true }]),
  ],
  functions: [cloudFunction('parity_echo')],
  storage: [{ prefix: 'parity/', clientAccess: 'none' as const, maxBytes: 1_000_000 }],
};
const ECHO = `exports.main = async (event) => {
  if (event.fail) throw new Error('asked to fail');
  const { userInfo, tcbContext, ...given } = event;
  return given;
};`;

/** A server that the cases run on. */
export interface ParityTarget {
  readonly kind: 'local' | 'cloud';
  readonly world: ParityWorld;
  close(): Promise<void>;
}

const worldOf = (app: CloudBase): ParityWorld => ({
  app,
  // The SDK declares its database without the types of its answers.
  db: app.database() as unknown as ParityDatabase,
  mark: `parity-${randomBytes(6).toString('hex')}`,
});

const startLocal = async (): Promise<ParityTarget> => {
  const under = await startCloudUnderTest(RESOURCES, { parity_echo: ECHO });
  return { kind: 'local', world: worldOf(under.app), close: () => under.close() };
};

const required = (value: string | undefined): string => {
  if (!value) throw new Error('PARITY_TARGET=cloud needs PARITY_ENV, PARITY_SECRET_ID and PARITY_SECRET_KEY');
  return value;
};

const connectCloud = (): ParityTarget => {
  const env = required(process.env['PARITY_ENV']);
  // The cases write and remove: an environment that somebody uses must not be named by mistake.
  if (!env.includes('parity'))
    throw new Error('PARITY_ENV must be an environment with "parity" in its id, made for this');
  const app = tcb.init({
    env,
    secretId: required(process.env['PARITY_SECRET_ID']),
    secretKey: required(process.env['PARITY_SECRET_KEY']),
  });
  const world = worldOf(app);
  const of = (name: string) => world.db.collection(name).where({ mark: world.db.RegExp({ regexp: `^${world.mark}` }) });
  return {
    kind: 'cloud',
    world,
    async close() {
      await Promise.all([of('parity_plain').remove(), of('parity_unique').remove()]);
    },
  };
};

/** The local CloudBase, or the environment that `PARITY_TARGET=cloud` and its companions name. */
export const openTarget = async (): Promise<ParityTarget> => {
  const target = process.env['PARITY_TARGET'] ?? 'local';
  if (target === 'local') return startLocal();
  if (target === 'cloud') return connectCloud();
  throw new Error('PARITY_TARGET is local or cloud');
};
