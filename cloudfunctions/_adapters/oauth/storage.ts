import type { Adapter, AdapterFactory, AdapterPayload, AllClientMetadata } from 'oidc-provider';
import type { Now } from '../../_core/ambient-ports';
import type { FoundRecord, OauthRecords } from '../cloudbase/oauth-records';
import { errors } from './library';

interface StoragePorts extends OauthRecords {
  readonly now: Now;
  /** The metadata of a client, or null where it is none or may not ask now. */
  readonly loadClient: (clientId: string) => Promise<AllClientMetadata | null>;
}

/** The library looks a time of use up as `consumed`, in seconds. */
const foundOf = (found: FoundRecord | null): AdapterPayload | undefined =>
  found
    ? { ...found.payload, ...(found.consumedAt === null ? {} : { consumed: Math.floor(found.consumedAt / 1000) }) }
    : undefined;

/** Clients are entered by operators: the library reads them and writes none. */
const clients = ({ loadClient }: StoragePorts): Adapter => {
  const refuse = (): Promise<never> => Promise.reject(new Error('clients are not kept by the provider'));
  return {
    find: async (id) => (await loadClient(id)) ?? undefined,
    findByUid: refuse,
    findByUserCode: refuse,
    upsert: refuse,
    consume: refuse,
    destroy: refuse,
    revokeByGrantId: refuse,
  };
};

/** How whoever comes second is refused, where something serves once. */
const usedBefore = (model: string): Error => {
  switch (model) {
    // An authorization that waits in a browser; the library sends nobody back with such an error.
    case 'Interaction':
      return new errors.SessionNotFound('the authorization is over');
    case 'PushedAuthorizationRequest':
      return new errors.InvalidRequestUri('request_uri was used before');
    default:
      return new errors.InvalidGrant('it was used before');
  }
};

/** Whether it is said what a request of CIBA or an authorization in a browser has come to: it was kept before, then without that. */
const isSettled = (model: string, { grantId, error, result }: AdapterPayload): boolean =>
  model === 'Interaction'
    ? result !== undefined
    : model === 'BackchannelAuthenticationRequest' && (grantId !== undefined || error !== undefined);

const records = (ports: StoragePorts, model: string): Adapter => ({
  find: async (id) => foundOf(await ports.loadRecord(model, id)),
  findByUid: async (uid) => foundOf(await ports.loadRecordByUid(model, uid)),
  // Only the device flow has such codes, and it is off.
  findByUserCode: () => Promise.resolve(undefined),
  upsert: async (id, payload, expiresIn) => {
    if (expiresIn === undefined) throw new Error(`a record of ${model} would never end`);
    const expiresAt = ports.now() + expiresIn * 1000;
    const record = { model, id, payload: { ...payload }, grantId: payload.grantId, uid: payload.uid, expiresAt };
    if (model === 'ReplayDetection') {
      // The library has looked and found none; of two instances that did so at once, one is first.
      if (!(await ports.addRecord(record))) throw new errors.InvalidRequest('this proof was used before');
    } else if (isSettled(model, payload)) {
      // A poll or a tab that was slower than another one must not bring back to life what that one has used up.
      if (!(await ports.replaceUnusedRecord(record))) throw usedBefore(model);
    } else await ports.putRecord(record);
  },
  consume: async (id) => {
    if (!(await ports.consumeRecord(model, id, ports.now()))) throw usedBefore(model);
  },
  destroy: async (id) => {
    const isFirst = await ports.removeRecord(model, id);
    // Of two tabs that come back at once, one goes on to its institution.
    if (model === 'Interaction' && !isFirst) throw usedBefore(model);
  },
  revokeByGrantId: (grantId) => ports.removeGrant(grantId),
});

/** The library's storage contract, on the collections of the environment. */
export const createStorage =
  (ports: StoragePorts): AdapterFactory =>
  (model) =>
    model === 'Client' ? clients(ports) : records(ports, model);
