import { createCases } from '../_adapters/cloudbase/cases';
import { createCounterSessions } from '../_adapters/cloudbase/counter-sessions';
import { createErasures } from '../_adapters/cloudbase/erasures';
import { createEvents } from '../_adapters/cloudbase/events';
import { destroyEvidence } from '../_adapters/cloudbase/evidence';
import { forgetWindows } from '../_adapters/cloudbase/rate-windows';
import { createSealing } from '../_adapters/crypto/sealing';
import { now, randomBytes } from '../_adapters/runtime/ambient';
import { requiredKey } from '../_adapters/runtime/environment';
import { serveTimer } from '../_adapters/runtime/serve-timer';
import { expireCases } from '../_core/jobs/expire-cases';
import { finishErasures } from '../_core/jobs/finish-erasures';
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
};

/** What timers do, by the timer's name. */
export const main = serveTimer('jobs', {
  expire: async () =>
    (await expireCases(ports)) +
    (await forgetSessions(ports)) +
    (await finishErasures(ports)) +
    (await forgetWindows(now())),
});
