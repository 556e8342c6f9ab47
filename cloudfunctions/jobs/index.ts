import { createCheckpoint, type CardId, type Checkpoint, type DeletionId } from '../../protocol';
import { createActRecords } from '../_adapters/cloudbase/act-records';
import { createAlarms } from '../_adapters/cloudbase/alarms';
import { createAskNumbers } from '../_adapters/cloudbase/ask-numbers';
import { createAsks } from '../_adapters/cloudbase/asks';
import { createCases } from '../_adapters/cloudbase/cases';
import { createCounterSessions } from '../_adapters/cloudbase/counter-sessions';
import { createErasures } from '../_adapters/cloudbase/erasures';
import { createEvents } from '../_adapters/cloudbase/events';
import { createKeepForReview, destroyEvidence } from '../_adapters/cloudbase/evidence';
import { createGuardianCalls } from '../_adapters/cloudbase/guardian-calls';
import { createNotices } from '../_adapters/cloudbase/notices';
import { createNoticeQueue } from '../_adapters/cloudbase/notice-queue';
import { createPasses } from '../_adapters/cloudbase/passes';
import { createIdentities } from '../_adapters/cloudbase/identities';
import { registrations } from '../_adapters/cloudbase/institutions';
import { eventLog } from '../_adapters/cloudbase/log';
import { createFacesMark } from '../_adapters/cloudbase/faces-mark';
import { createMembers } from '../_adapters/cloudbase/members';
import { createOperators } from '../_adapters/cloudbase/operators';
import { createOauthRecords } from '../_adapters/cloudbase/oauth-records';
import { createOversight } from '../_adapters/cloudbase/oversight';
import { createPartnerChecks } from '../_adapters/cloudbase/partner-checks';
import { createRegisteredPartners } from '../_adapters/cloudbase/registered-partners';
import { sha256 } from '../_adapters/crypto/es256';
import { createUsedKeys } from '../_adapters/cloudbase/used-keys';
import { createVisits } from '../_adapters/cloudbase/visits';
import { massActs } from '../_adapters/cloudbase/mass-acts';
import { forgetWindows } from '../_adapters/cloudbase/rate-windows';
import { createReminders } from '../_adapters/cloudbase/reminders';
import { createSourcePlace } from '../_adapters/cloudbase/source-place';
import { createSendReminder, readMessageTemplates } from '../_adapters/cloudbase/subscribe-messages';
import { statusLists } from '../_adapters/cloudbase/status-lists';
import { createBlindIndex } from '../_adapters/crypto/blind-index';
import { createDeletionIssuer } from '../_adapters/crypto/deletion-issuer';
import { readIssuerKeys } from '../_adapters/crypto/issuer-keys';
import { createSealing } from '../_adapters/crypto/sealing';
import { createStatusListSigner } from '../_adapters/crypto/status-list-issuer';
import { now, randomBytes, today } from '../_adapters/runtime/ambient';
import { required, requiredKey } from '../_adapters/runtime/environment';
import { serveTimer, type Job } from '../_adapters/runtime/serve-timer';
import { createAuthorityClient, logAuthorityFault } from '../_adapters/tencent/authority-from-environment';
import { createSourceEvents } from '../_adapters/tencent/identity-changes';
import { log as writeLog } from '../_adapters/runtime/log';
import { deleteAtCounter } from '../_core/card/delete-account';
import { finishReviews } from '../_core/enrolment/after-review';
import { eraseReleases } from '../_core/jobs/erase-releases';
import { expireCases } from '../_core/jobs/expire-cases';
import { finishErasures } from '../_core/jobs/finish-erasures';
import { followSource } from '../_core/jobs/follow-source';
import { forgetPasses } from '../_core/jobs/forget-passes';
import { forgetSessions } from '../_core/jobs/forget-sessions';
import { sendReminders } from '../_core/jobs/send-reminders';
import { oneByOne } from '../_core/one-by-one';
import { createCarryOut } from '../_core/operators/carry-out';
import { finishProposals } from '../_core/operators/finish-proposals';
import { watchFaces } from '../_core/operators/stored-faces';
import { keepLog } from '../_core/log/keep-log';
import { finishPartners } from '../_core/partners/finish-partners';
import { watchQuotas } from '../_core/partners/quota';
import { continueMassActs } from '../_core/status/mass-acts';
import { publishStatus } from '../_core/status/publish-status';

const sealing = createSealing(requiredKey('DATA_KEY'));
const index = createBlindIndex(requiredKey('INDEX_KEY'));
const issuer = required('ISSUER');
const issuerKeys = readIssuerKeys(required('ISSUER_KEYS'));

const events = createEvents(sealing);

const reminders = createReminders(sealing);

const { forgetOauthRecords } = createOauthRecords(sealing);
// What is forgotten is not opened, so that it does not matter which key sealed it.
const { forgetOauthRecords: forgetSandboxRecords } = createOauthRecords(sealing, 'sandbox_records');
const { forgetNoticeLines } = createNotices();

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
  ...createOversight(),
  ...createFacesMark(),
  ...createVisits(),
  ...createUsedKeys(),
  ...createGuardianCalls(),
  ...createCounterSessions(),
  ...createAskNumbers(),
  ...createAsks(sealing),
  ...createPasses(sealing),
  ...createErasures(),
  ...createNoticeQueue(sealing, index),
  ...reminders,
  sendReminder: createSendReminder(reminders, readMessageTemplates(required('REMINDER_TEMPLATES')), writeLog),
  destroyEvidence,
  keepForReview: createKeepForReview(sealing),
  ...createIdentities(sealing),
  identityKeyOf: index.ofNumber,
  officeKeyOf: index.ofOffice,
  ...createSourcePlace(),
  loadSourceEvents: createSourceEvents(createAuthorityClient(required('AUTHORITY')), today, logAuthorityFault),
  ...massActs,
  ...registrations,
  issuer,
  ...statusLists,
  ...issuerKeys.names,
  describeCardKeys: issuerKeys.described,
  signStatusList: createStatusListSigner(issuer, issuerKeys),
  proveDeletion: createDeletionIssuer(issuer, issuerKeys),
};

const log = {
  issuer,
  log: writeLog,
  ...eventLog,
  signCheckpoint: (checkpoint: Checkpoint) => createCheckpoint(checkpoint, issuerKeys.signing(now())),
};

const ports = {
  ...stored,
  carryOut: createCarryOut({
    ...stored,
    deleteCard: (card: CardId, id: DeletionId) => deleteAtCounter(stored, card, id),
  }),
};

/** A job of several parts. @returns what does each of them, and counts what all of them did */
const allOf =
  (parts: readonly Job[]): Job =>
  async () => {
    let count = 0;
    await oneByOne(parts, async (part) => {
      count += await part();
    });
    return count;
  };

/** What timers do, by the timer's name. */
export const main = serveTimer('jobs', {
  forget: allOf([
    () => forgetSessions(ports),
    () => forgetPasses(ports),
    () => forgetWindows(now()),
    () => stored.forgetUsedKeys(now()),
    () => stored.forgetAskNumbers(now()),
    () => stored.forgetVisits(now()),
    () => stored.forgetGuardianCalls(now()),
    () => stored.forgetInvitations(now()),
    () => forgetOauthRecords(now()),
    () => forgetSandboxRecords(now()),
    () => forgetNoticeLines(now()),
  ]),
  finish: allOf([() => finishPartners(ports), () => finishProposals(ports), () => finishReviews(ports)]),
  keepLog: async () => {
    const published = await keepLog({ ...ports, ...log });
    if (published === 'inconsistent') throw new Error('the log does not go on from its last checkpoint');
    return published === 'signed' ? 1 : 0;
  },
  quotas: () => watchQuotas(ports),
  faces: () => watchFaces(ports),
  publishStatus: async () => {
    const { carried, published } = await publishStatus(ports);
    return carried + published;
  },
  massActs: () => continueMassActs(ports),
  expire: allOf([() => expireCases(ports), () => finishErasures(ports), () => eraseReleases(ports)]),
  remind: () => sendReminders(ports),
  followSource: () => followSource(ports),
});
