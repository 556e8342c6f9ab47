import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { InstitutionUse } from '../../protocol';
import { makeIssuerKey, type LocalIssuerKey } from './issuer-keys';
import type { Seed } from './seeder';

/** A sample partner's server: its client id, the partner that it is of, and what it is for. */
interface SampleInstitution {
  readonly clientId: string;
  readonly partner: string;
  readonly use: InstitutionUse;
}

/** The sample bank's server for its developers, who try the sandbox from a program on this machine. */
export const sandboxClientId = 'sample-bank-sandbox';
/** Where a browser of theirs comes back to: nobody listens there until they do. */
const sandboxCallback = 'http://127.0.0.1:8765/callback';

/** The sample partners' servers. */
const sampleInstitutions = [
  { clientId: 'sample-bank-server', partner: 'sample-bank', use: 'live' },
  { clientId: 'sample-railway-server', partner: 'sample-railway', use: 'live' },
  { clientId: sandboxClientId, partner: 'sample-bank', use: 'sandbox' },
] as const satisfies readonly SampleInstitution[];

/** A private P-256 key as its owner keeps it: a JWK (RFC 7517) with `kid`. */
export type PrivateJwk = Pick<LocalIssuerKey, 'kty' | 'crv' | 'x' | 'y' | 'd' | 'kid'>;

const folderIn = (dataDir: string): string => join(dataDir, 'institutions');

/** Where the private key of a sample partner's server lies. */
export const institutionKeyFile = (dataDir: string, clientId: string): string =>
  join(folderIn(dataDir), `${clientId}.json`);

/** The private key of a sample partner's server: made at the first start, in the partner's own file. The service never sees it. */
export const institutionKeyOf = (dataDir: string, clientId: string): PrivateJwk => {
  const file = institutionKeyFile(dataDir, clientId);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as PrivateJwk;
  const { kty, crv, x, y, d, kid } = makeIssuerKey();
  const made: PrivateJwk = { kty, crv, x, y, d, kid };
  mkdirSync(folderIn(dataDir), { recursive: true });
  writeFileSync(file, JSON.stringify(made, null, 2), { mode: 0o600, flag: 'wx' });
  return made;
};

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const address = server.address();
  await new Promise<void>((closed) => {
    server.close(() => {
      closed();
    });
  });
  if (address === null || typeof address === 'string') throw new Error('there is no port');
  return address.port;
};

/** The port of a sample partner's server: drawn at the first start, since addresses on it are registered. */
export const partnerPort = async (dataDir: string, partner: 'bank' | 'railway'): Promise<number> => {
  const file = join(folderIn(dataDir), `${partner}-port`);
  if (!existsSync(file)) {
    const drawn = await freePort();
    mkdirSync(folderIn(dataDir), { recursive: true });
    writeFileSync(file, String(drawn));
  }
  return Number(readFileSync(file, 'utf8'));
};

/** Registers the sample partners' servers with their public keys, as an operator would; what is there already stays. */
export const registerInstitutions = async (seed: Seed, dataDir: string): Promise<void> => {
  const addressOf = async (partner: 'bank' | 'railway', path: string): Promise<string> =>
    `http://127.0.0.1:${String(await partnerPort(dataDir, partner))}${path}`;
  const addresses = {
    'sample-bank-server': { redirectUris: [], events: { url: await addressOf('bank', '/events') } },
    'sample-railway-server': { redirectUris: [await addressOf('railway', '/callback')] },
    [sandboxClientId]: { redirectUris: [sandboxCallback] },
  } as const;
  const registered = sampleInstitutions.map(({ clientId, partner, use }) => {
    const { d: _private, ...key } = institutionKeyOf(dataDir, clientId);
    return { _id: clientId, partner, use, state: 'active', keys: [key], ...addresses[clientId] };
  });
  await seed('institutions', registered);
};
