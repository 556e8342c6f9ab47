import type { InstitutionJwk } from '../../protocol';
import type { RegisterPorts } from '../../cloudfunctions/_core/institutions/register';
import type { ListRegistrations, Registration } from '../../cloudfunctions/_core/institutions/registration';
import { deepFreeze } from './freeze';
import { freshKeys } from './fresh-key';
import { issuer } from './issuer';

type Ports = Omit<RegisterPorts, 'sha256' | 'loadPartner'> & { readonly listRegistrations: ListRegistrations };

/** A public key as a partner sends it, of a key pair that nobody else has. */
export const freshJwk = (kid: string): InstitutionJwk => {
  const { x = '', y = '' } = freshKeys().publicKey.export({ format: 'jwk' });
  return { kty: 'EC', crv: 'P-256', x, y, kid };
};

/** A partner's server, in the middle of a change of keys. */
export const aServer: Registration = {
  ...{ clientId: 'bank-branches', partner: 'minjiang-bank', use: 'live', state: 'active' },
  keys: [freshJwk('2026'), freshJwk('2027')],
  redirectUris: ['https://bank.example/back'],
  events: { url: 'https://bank.example/events' },
  ...{ revision: 1, withdrawn: [], carriedOut: [] },
};

/** The ports of partners' servers that answer later. */
export const laterRegistrationPorts = [
  'loadRegistration',
  'createRegistration',
  'replaceRegistration',
] as const satisfies readonly (keyof Ports)[];

/** Partners' servers in memory: each call is one atomic step. */
export const createRegistrationStore = (): {
  readonly ports: Ports;
  readonly all: () => readonly Registration[];
  readonly put: (registration: Registration) => void;
} => {
  const stored = new Map<string, Registration>();
  const put = (registration: Registration): void => {
    stored.set(registration.clientId, deepFreeze(registration));
  };
  return {
    put,
    all: () => [...stored.values()],
    ports: {
      issuer,
      loadRegistration: (client) => Promise.resolve(stored.get(client) ?? null),
      createRegistration: (created) => {
        const isNew = !stored.has(created.clientId);
        if (isNew) put(created);
        return Promise.resolve(isNew);
      },
      replaceRegistration: (prior, next) => {
        const isPrior = stored.get(prior.clientId)?.revision === prior.revision;
        if (isPrior) put(next);
        return Promise.resolve(isPrior);
      },
      listRegistrations: (partner, limit) =>
        Promise.resolve([...stored.values()].filter((one) => one.partner === partner).slice(0, limit)),
    },
  };
};
