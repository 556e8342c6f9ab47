import { createCheckpoint, type Checkpoint } from '../../protocol';
import { createActRecords } from '../_adapters/cloudbase/act-records';
import { createAlarms } from '../_adapters/cloudbase/alarms';
import { createCases } from '../_adapters/cloudbase/cases';
import { createCounterSessions } from '../_adapters/cloudbase/counter-sessions';
import { createErasures } from '../_adapters/cloudbase/erasures';
import { createEvents } from '../_adapters/cloudbase/events';
import { destroyEvidence } from '../_adapters/cloudbase/evidence';
import { createPasses } from '../_adapters/cloudbase/passes';
import { createIdentities } from '../_adapters/cloudbase/identities';
import { eventLog } from '../_adapters/cloudbase/log';
import { createMembers } from '../_adapters/cloudbase/members';
import { createOperators } from '../_adapters/cloudbase/operators';
import { createPartnerChecks } from '../_adapters/cloudbase/partner-checks';
import { createRegisteredPartners } from '../_adapters/cloudbase/registered-partners';
import { sha256 } from '../_adapters/crypto/es256';
import { createVisits } from '../_adapters/cloudbase/visits';
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
import { log as writeLog } from '../_adapters/runtime/log';
import { finishReviews } from '../_core/enrolment/after-review';
import { expireCases } from '../_core/jobs/expire-cases';
import { finishErasures } from '../_core/jobs/finish-erasures';
import { followSource } from '../_core/jobs/follow-source';
import { forgetPasses } from '../_core/jobs/forget-passes';
import { forgetSessions } from '../_core/jobs/forget-sessions';
import { createCarryOut } from '../_core/operators/carry-out';
import { finishProposals } from '../_core/operators/finish-proposals';
import { keepLog } from '../_core/log/keep-log';
import { finishPartners } from '../_core/partners/finish-partners';
import { watchQuotas } from '../_core/partners/quota';
import { continueMassActs } from '../_core/status/mass-acts';
import { publishStatus } from '../_core/status/publish-status';

const sealing = createSealing(requiredKey('DATA_KEY'));
const issuerKeys = readIssuerKeys(required('ISSUER_KEYS'));

const events = createEvents(sealing);

const stored = {
  now,
  today,
  randomBytes,
  sha256,
  ...createCases(sealing),
  ...events,
  ...createActRecords(events),
  ...createRegisteredPartners(),
  ...createMembers(),
  ...createPartnerChecks(),
  ...createOperators(),
  ...createAlarms(),
  ...createVisits(),
  ...createCounterSessions(),
  ...createPasses(sealing),
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

const issuer = required('ISSUER');

const log = {
  issuer,
  log: writeLog,
  ...eventLog,
  signCheckpoint: (checkpoint: Checkpoint) => createCheckpoint(checkpoint, issuerKeys.signing(now())),
};

const ports = { ...stored, carryOut: createCarryOut(stored) };

/** What timers do, by the timer's name. */
export const main = serveTimer('jobs', {
  forget: async () => {
    const counts = [
      await forgetSessions(ports),
      await forgetPasses(ports),
      await forgetWindows(now()),
      await stored.forgetVisits(now()),
      await stored.forgetInvitations(now()),
    ];
    return counts.reduce((sum, count) => sum + count, 0);
  },
  finish: async () => (await finishPartners(ports)) + (await finishProposals(ports)),
  keepLog: async () => {
    const published = await keepLog({ ...ports, ...log });
    if (published === 'inconsistent') throw new Error('the log does not go on from its last checkpoint');
    return published === 'signed' ? 1 : 0;
  },
  quotas: () => watchQuotas(ports),
  publishStatus: async () => {
    const { carried, published } = await publishStatus(ports);
    return carried + published;
  },
  massActs: () => continueMassActs(ports),
  expire: async () => (await expireCases(ports)) + (await finishReviews(ports)) + (await finishErasures(ports)),
  followSource: () => followSource(ports),
});
