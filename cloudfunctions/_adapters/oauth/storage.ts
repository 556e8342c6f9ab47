import type { Adapter, AdapterFactory, AdapterPayload, AllClientMetadata } from 'oidc-provider';
import type { ActiveInstitution } from '../../_core/institutions/institution';
import type { Now } from '../../_core/ambient-ports';
import type { FoundRecord, OauthRecords } from '../cloudbase/oauth-records';
import { errors } from './library';
import { sectorOf } from './pairwise';

interface StoragePorts extends OauthRecords {
  readonly now: Now;
  /** The metadata of a client, or null where it is none or may not ask now. */
  readonly loadClient: (clientId: string) => Promise<AllClientMetadata | null>;
}

/** What of an institution the library needs to know. */
export const clientMetadata = ({ institution, partner }: ActiveInstitution): AllClientMetadata => ({
  client_id: institution.clientId,
  client_name: partner.names.en,
  grant_types: ['client_credentials'],
  response_types: [],
  redirect_uris: [],
  token_endpoint_auth_method: 'private_key_jwt',
  token_endpoint_auth_signing_alg: 'ES256',
  dpop_bound_access_tokens: true,
  subject_type: 'pairwise',
  sector_identifier_uri: sectorOf(partner.id),
  jwks: { keys: institution.keys.map((key) => ({ ...key, use: 'sig', alg: 'ES256' })) },
});

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

const records = (ports: StoragePorts, model: string): Adapter => ({
  find: async (id) => foundOf(await ports.loadRecord(model, id)),
  findByUid: async (uid) => foundOf(await ports.loadRecordByUid(model, uid)),
  // Only the device flow has such codes, and it is off.
  findByUserCode: () => Promise.resolve(undefined),
  upsert: async (id, payload, expiresIn) => {
    if (expiresIn === undefined) throw new Error(`a record of ${model} would never end`);
    const expiresAt = ports.now() + expiresIn * 1000;
    const record = { model, id, payload: { ...payload }, grantId: payload.grantId, uid: payload.uid, expiresAt };
    if (model !== 'ReplayDetection') await ports.putRecord(record);
    // The library has looked and found none; of two instances that did so at once, one is first.
    else if (!(await ports.addRecord(record))) throw new errors.InvalidRequest('this proof was used before');
  },
  consume: async (id) => {
    if (!(await ports.consumeRecord(model, id, ports.now()))) throw new errors.InvalidGrant('it was used before');
  },
  destroy: (id) => ports.removeRecord(model, id),
  revokeByGrantId: (grantId) => ports.removeGrant(grantId),
});

/** The library's storage contract, on the collections of the environment. */
export const createStorage =
  (ports: StoragePorts): AdapterFactory =>
  (model) =>
    model === 'Client' ? clients(ports) : records(ports, model);
