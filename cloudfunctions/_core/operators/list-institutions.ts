import {
  jwkThumbprint,
  publicKeyFromJwk,
  type AccountKey,
  type ListInstitutionsReply,
  type ListInstitutionsRequest,
  type Sha256,
} from '../../../protocol';
import type { ListRegistrations } from '../institutions/registration';
import type { LoadPartner } from '../partners/partner-ports';
import { done, refuse, type Result } from '../result';
import { asOperator, type OperatorPorts } from './operator';

export interface ListInstitutionsPorts extends OperatorPorts {
  readonly sha256: Sha256;
  readonly loadPartner: LoadPartner;
  readonly listRegistrations: ListRegistrations;
}

/** How many servers of a partner are listed. */
const PAGE = 50;

/** The servers of a partner, with the thumbprints by which two people compare keys. Refuses `not_permitted`, and `not_found` for no partner. */
export const listInstitutions = (
  ports: ListInstitutionsPorts,
  account: AccountKey,
  { partner: id }: Pick<ListInstitutionsRequest, 'partner'>,
): Promise<Result<ListInstitutionsReply>> =>
  asOperator(ports, account, 'seeInstitutions', async () => {
    const partner = await ports.loadPartner(id);
    if (!partner) return refuse('not_found');
    const found = await ports.listRegistrations(id, PAGE);
    const institutions = found.map(({ clientId, use, state, keys, redirectUris, events }) => ({
      ...{ client: clientId, use, state, events },
      redirectUris: [...redirectUris],
      keys: keys.map((key) => ({ kid: key.kid, thumbprint: jwkThumbprint(publicKeyFromJwk(key), ports.sha256) })),
    }));
    return done({ ok: true, names: partner.names, isActive: partner.state === 'active', institutions });
  });
