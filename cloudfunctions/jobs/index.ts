import { createCases } from '../_adapters/cloudbase/cases';
import { createCounterSessions } from '../_adapters/cloudbase/counter-sessions';
import { createErasures } from '../_adapters/cloudbase/erasures';
import { createEvents } from '../_adapters/cloudbase/events';
import { destroyEvidence } from '../_adapters/cloudbase/evidence';
import { createIdentities } from '../_adapters/cloudbase/identities';
import { massActs } from '../_adapters/cloudbase/mass-acts';
import { forgetWindows } from '../_adapters/cloudbase/rate-windows';
import { createSourcePlace } from '../_adapters/cloudbase/source-place';
import { statusLists } from '../_adapters/cloudbase/status-lists';
import { createBlindIndex } from '../_adapters/crypto/blind-index';
import { readIssuerKeys } from '../_adapters/crypto/issuer-keys';
import { createSealing } from '../_adapters/crypto/sealing';
import { createStatusListSigner } from '../_adapters/crypto/status-list-issuer';
import { now, randomBytes, today } from '../_adapters/runtime/ambient';
import { required, requiredKey } from '../_adapters/runtime/environment';
import { serveTimer } from '../_adapters/runtime/serve-timer';
import { createAuthorityClient, logAuthorityFault } from '../_adapters/tencent/authority-from-environment';
import { createSourceEvents } from '../_adapters/tencent/identity-changes';
import { expireCases } from '../_core/jobs/expire-cases';
import { finishErasures } from '../_core/jobs/finish-erasures';
import { followSource } from '../_core/jobs/follow-source';
import { forgetSessions } from '../_core/jobs/forget-sessions';
import { continueMassActs } from '../_core/status/mass-acts';
import { publishStatus } from '../_core/status/publish-status';

const sealing = createSealing(requiredKey('DATA_KEY'));
const issuerKeys = readIssuerKeys(required('ISSUER_KEYS'));

const ports = {
  now,
  randomBytes,
  ...createCases(sealing),
  ...createEvents(sealing),
  ...createCounterSessions(),
  ...createErasures(),
  destroyEvidence,
  ...createIdentities(sealing),
  identityKeyOf: createBlindIndex(requiredKey('INDEX_KEY')).ofNumber,
  ...createSourcePlace(),
  loadSourceEvents: createSourceEvents(createAuthorityClient(required('AUTHORITY')), today, logAuthorityFault),
  ...massActs,
  ...statusLists,
  ...issuerKeys.names,
  signStatusList: createStatusListSigner(required('ISSUER'), issuerKeys),
};

/** What timers do, by the timer's name. */
export const main = serveTimer('jobs', {
  publishStatus: async () => {
    const { carried, published } = await publishStatus(ports);
    return carried + published;
  },
  massActs: () => continueMassActs(ports),
  expire: async () =>
    (await expireCases(ports)) +
    (await forgetSessions(ports)) +
    (await finishErasures(ports)) +
    (await forgetWindows(now())),
  'follow-source': () => followSource(ports),
});
