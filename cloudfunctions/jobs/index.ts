import { createCases } from '../_adapters/cloudbase/cases';
import { createCounterSessions } from '../_adapters/cloudbase/counter-sessions';
import { createErasures } from '../_adapters/cloudbase/erasures';
import { createEvents } from '../_adapters/cloudbase/events';
import { destroyEvidence } from '../_adapters/cloudbase/evidence';
import { createIdentities } from '../_adapters/cloudbase/identities';
import { forgetWindows } from '../_adapters/cloudbase/rate-windows';
import { createSourcePlace } from '../_adapters/cloudbase/source-place';
import { createBlindIndex } from '../_adapters/crypto/blind-index';
import { createSealing } from '../_adapters/crypto/sealing';
import { now, randomBytes, today } from '../_adapters/runtime/ambient';
import { required, requiredKey } from '../_adapters/runtime/environment';
import { serveTimer } from '../_adapters/runtime/serve-timer';
import { createAuthorityClient, logAuthorityFault } from '../_adapters/tencent/authority-from-environment';
import { createSourceEvents } from '../_adapters/tencent/identity-changes';
import { expireCases } from '../_core/jobs/expire-cases';
import { finishErasures } from '../_core/jobs/finish-erasures';
import { followSource } from '../_core/jobs/follow-source';
import { forgetSessions } from '../_core/jobs/forget-sessions';

const sealing = createSealing(requiredKey('DATA_KEY'));

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
};

/** What timers do, by the timer's name. */
export const main = serveTimer('jobs', {
  expire: async () =>
    (await expireCases(ports)) +
    (await forgetSessions(ports)) +
    (await finishErasures(ports)) +
    (await forgetWindows(now())),
  'follow-source': () => followSource(ports),
});
