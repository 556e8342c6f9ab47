import { loadInstitution } from '../_adapters/cloudbase/institutions';
import { createOauthRecords } from '../_adapters/cloudbase/oauth-records';
import { createRegisteredPartners } from '../_adapters/cloudbase/registered-partners';
import { createTakeTurn } from '../_adapters/cloudbase/rate-windows';
import { createBlindIndex } from '../_adapters/crypto/blind-index';
import { createSealing } from '../_adapters/crypto/sealing';
import { createAuthenticate } from '../_adapters/oauth/access-guard';
import { createBrowserTickets } from '../_adapters/oauth/browser-tickets';
import { clientMetadata } from '../_adapters/oauth/client-metadata';
import { createCurrentProvider } from '../_adapters/oauth/current-provider';
import { createHeldStanding, type LoadCaller } from '../_adapters/oauth/held-answer';
import { INSTITUTION_PATH } from '../_adapters/oauth/paths';
import { readProviderKeys } from '../_adapters/oauth/provider-keys';
import { createStorage } from '../_adapters/oauth/storage';
import { now } from '../_adapters/runtime/ambient';
import { required, requiredKey } from '../_adapters/runtime/environment';
import { faultOf } from '../_adapters/runtime/fault';
import { readHttpEvent } from '../_adapters/runtime/http-event';
import { log } from '../_adapters/runtime/log';
import { problemReply } from '../_adapters/runtime/problem';
import { serveHttp } from '../_adapters/runtime/serve-http';
import { findInstitution } from '../_core/institutions/institution';
import { createAnswer } from './answer';
import { createHolderAsks } from './asks';
import { createBrowserRoutes } from './browser';
import { createVerificationPorts } from './ports';
import { createVerificationRoutes } from './routes';

const NAME = 'institution';
const ACTION = 'answer';

const issuer = required('ISSUER');
const keys = readProviderKeys(required('INSTITUTION_KEYS'));

const secrets = {
  dataKey: requiredKey('DATA_KEY'),
  indexKey: requiredKey('INDEX_KEY'),
  referenceKey: requiredKey('REFERENCE_KEY'),
};
const pairwiseKey = requiredKey('PAIRWISE_KEY');

const ports = {
  now,
  loadInstitution,
  loadPartner: createRegisteredPartners().loadPartner,
  ...createOauthRecords(createSealing(secrets.dataKey)),
};

const loadCaller: LoadCaller = async (clientId) => {
  const found = await findInstitution(ports, clientId);
  return found && { clientId, partner: found.partner };
};

const asks = createHolderAsks(secrets);
const standingOf = createHeldStanding({ ...asks, loadCaller });

const takeTurn = createTakeTurn(createBlindIndex(secrets.indexKey), now);

const provider = createCurrentProvider(
  {
    issuer,
    pairwiseKey,
    asks: { ...asks, now, loadCaller, standingOf, takeTurn },
    storage: createStorage({
      ...ports,
      loadClient: async (clientId) => {
        const found = await findInstitution(ports, clientId);
        return found && clientMetadata(found, issuer);
      },
    }),
    onRefused: (at, error) => log({ event: 'ACCESS_REFUSED', at, error }),
    onFault: (error) => log({ event: 'CALL_FAILED', function: NAME, action: ACTION, fault: faultOf(error) }),
  },
  keys,
  now,
);

const authenticate = createAuthenticate({
  ...ports,
  issuer,
  provider,
  onRefused: (error) => log({ event: 'ACCESS_REFUSED', at: 'token', error }),
});

const verifications = createVerificationRoutes(
  createVerificationPorts({ ...secrets, issuer, receiptKeys: required('RECEIPT_KEYS') }),
  { issuer, path: INSTITUTION_PATH },
);

const tickets = createBrowserTickets(pairwiseKey, issuer);
const browser = createBrowserRoutes({ ...ports, ...asks, provider, tickets, standingOf, takeTurn });

const answer = createAnswer({
  ...{ issuer, provider, tickets, authenticate, verifications, browser },
  // Asked anew each time: keys come and go with the clock.
  publishedKeys: () => keys.published(now()),
});

/**
 * What partners' servers ask, by HTTP or as the same event from a function of their own: who invokes says nothing, the token says
 * who asks.
 */
export const main = serveHttp(
  NAME,
  ACTION,
  (event) => answer(readHttpEvent(event)),
  () => problemReply(issuer, { code: 'internal' }),
);
