import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeIssuerKey, type LocalIssuerKey } from './issuer-keys';
import type { Seed } from './seeder';

/** A sample partner's server: its client id, and the partner that it is of. */
interface SampleInstitution {
  readonly clientId: string;
  readonly partner: string;
}

/** The sample partners that ask from servers of their own. */
const sampleInstitutions = [
  { clientId: 'sample-bank-server', partner: 'sample-bank' },
  { clientId: 'sample-railway-server', partner: 'sample-railway' },
] as const satisfies readonly SampleInstitution[];

/** A private P-256 key as its owner keeps it: a JWK (RFC 7517) with `kid`. */
export type PrivateJwk = Pick<LocalIssuerKey, 'kty' | 'crv' | 'x' | 'y' | 'd' | 'kid'>;

/** The private key of a sample partner's server: made at the first start, in the partner's own file. The service never sees it. */
export const institutionKeyOf = (dataDir: string, clientId: string): PrivateJwk => {
  const folder = join(dataDir, 'institutions');
  const file = join(folder, `${clientId}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as PrivateJwk;
  const { kty, crv, x, y, d, kid } = makeIssuerKey();
  const made: PrivateJwk = { kty, crv, x, y, d, kid };
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify(made, null, 2), { mode: 0o600, flag: 'wx' });
  return made;
};

/** Registers the sample partners' servers with their public keys, as an operator would; what is there already stays. */
export const registerInstitutions = async (seed: Seed, dataDir: string): Promise<void> => {
  const registered = sampleInstitutions.map(({ clientId, partner }) => {
    const { d: _private, ...key } = institutionKeyOf(dataDir, clientId);
    return { _id: clientId, partner, state: 'active', keys: [key] };
  });
  await seed('institutions', registered);
};
