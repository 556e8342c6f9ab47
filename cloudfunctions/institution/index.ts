import { TRUST_FRAMEWORK } from '../../protocol';
import { loadInstitution } from '../_adapters/cloudbase/institutions';
import { createOauthRecords } from '../_adapters/cloudbase/oauth-records';
import { createRegisteredPartners } from '../_adapters/cloudbase/registered-partners';
import { createTakeTurn } from '../_adapters/cloudbase/rate-windows';
import { createBlindIndex } from '../_adapters/crypto/blind-index';
import { createSealing } from '../_adapters/crypto/sealing';
import { API_ACTION, createInstitutionApi } from '../_adapters/institutions/api';
import { redeeming } from '../_adapters/institutions/routes';
import { readProviderKeys } from '../_adapters/oauth/provider-keys';
import { now } from '../_adapters/runtime/ambient';
import { required, requiredKey } from '../_adapters/runtime/environment';
import { readHttpEvent } from '../_adapters/runtime/http-event';
import { problemReply } from '../_adapters/runtime/problem';
import { serveHttp } from '../_adapters/runtime/serve-http';
import { createHolderAsks } from './asks';
import { createVerificationPorts } from './ports';

const NAME = 'institution';

const issuer = required('ISSUER');

const secrets = {
  dataKey: requiredKey('DATA_KEY'),
  indexKey: requiredKey('INDEX_KEY'),
  referenceKey: requiredKey('REFERENCE_KEY'),
};

const answer = createInstitutionApi({
  name: NAME,
  issuer,
  problemsOf: issuer,
  providerKeys: readProviderKeys(required('INSTITUTION_KEYS')),
  pairwiseKey: requiredKey('PAIRWISE_KEY'),
  trustFramework: TRUST_FRAMEWORK,
  // On one machine, where the service itself has no TLS, pages of partners have none either.
  takesLoopback: new URL(issuer).protocol === 'http:',
  institutions: { loadInstitution, loadPartner: createRegisteredPartners().loadPartner },
  records: createOauthRecords(createSealing(secrets.dataKey)),
  takeTurn: createTakeTurn(createBlindIndex(secrets.indexKey), now),
  asks: createHolderAsks(secrets),
  verifications: redeeming(createVerificationPorts({ ...secrets, issuer, receiptKeys: required('RECEIPT_KEYS') })),
});

/**
 * What partners' servers ask, by HTTP or as the same event from a function of their own: who invokes says nothing, the token says
 * who asks.
 */
export const main = serveHttp(
  NAME,
  API_ACTION,
  (event) => answer(readHttpEvent(event)),
  () => problemReply(issuer, { code: 'internal' }),
);
