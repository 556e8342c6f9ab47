import { KILL_PATH } from '../../protocol';
import { validators } from '../../protocol/wire/validators';
import { createActRecords } from '../_adapters/cloudbase/act-records';
import { createAlarms } from '../_adapters/cloudbase/alarms';
import { createAskNumbers } from '../_adapters/cloudbase/ask-numbers';
import { createAsks } from '../_adapters/cloudbase/asks';
import { createCounterSessions } from '../_adapters/cloudbase/counter-sessions';
import { createEvents } from '../_adapters/cloudbase/events';
import { createCases } from '../_adapters/cloudbase/cases';
import { createDeletionRequests } from '../_adapters/cloudbase/deletion-requests';
import { createErasures } from '../_adapters/cloudbase/erasures';
import { createIdentities } from '../_adapters/cloudbase/identities';
import { createKeepForReview, destroyEvidence } from '../_adapters/cloudbase/evidence';
import { massActs } from '../_adapters/cloudbase/mass-acts';
import { loadPartners } from '../_adapters/cloudbase/partners';
import { createGuardianCalls } from '../_adapters/cloudbase/guardian-calls';
import { createNoticeQueue } from '../_adapters/cloudbase/notice-queue';
import { createPasses } from '../_adapters/cloudbase/passes';
import { createReminders } from '../_adapters/cloudbase/reminders';
import { createTakeTurn } from '../_adapters/cloudbase/rate-windows';
import { createProofingClient } from '../_adapters/cloudbase/proofing-client';
import { createVisits } from '../_adapters/cloudbase/visits';
import { openPresentCall } from '../_adapters/cloudbase/caller';
import { createVerifySoter } from '../_adapters/cloudbase/soter';
import { readMessageTemplates, templateIds } from '../_adapters/cloudbase/subscribe-messages';
import { statusLists, statusPlaces } from '../_adapters/cloudbase/status-lists';
import { createBlindIndex } from '../_adapters/crypto/blind-index';
import { createCredentialIssuer } from '../_adapters/crypto/credential-issuer';
import { createDeletionIssuer, createPublishedKeys } from '../_adapters/crypto/deletion-issuer';
import { createPassIssuer } from '../_adapters/crypto/pass-keys';
import { createSealing } from '../_adapters/crypto/sealing';
import { sha256, verifySignature } from '../_adapters/crypto/es256';
import { readIssuerKeys } from '../_adapters/crypto/issuer-keys';
import { createStatusListSigner } from '../_adapters/crypto/status-list-issuer';
import { now, randomBytes, today } from '../_adapters/runtime/ambient';
import { required, requiredKey } from '../_adapters/runtime/environment';
import { log } from '../_adapters/runtime/log';
import { action, byAccount, serve } from '../_adapters/runtime/serve';
import {
  createAuthority,
  createAuthorityClient,
  logAuthorityFault,
} from '../_adapters/tencent/authority-from-environment';
import { createGuardianshipQuestion } from '../_adapters/tencent/guardianship';
import { findAsk, openAskNumber } from '../_core/asks/ask-number';
import { declineAsk } from '../_core/asks/decline-ask';
import { deleteAccount, prepareDeletion } from '../_core/card/delete-account';
import { exportData, prepareExport } from '../_core/card/export-data';
import { issueKillCode } from '../_core/card/kill-card';
import { getCard, resumeCard, suspendCard } from '../_core/card/holder-card';
import { renewCredential } from '../_core/card/renew-credential';
import { listConsents } from '../_core/consents/list-consents';
import { withdrawLastingConsent } from '../_core/consents/withdraw-consent';
import { listHistory } from '../_core/card/list-history';
import { openEntry } from '../_core/card/open-entry';
import { callCounter } from '../_core/operators/visit';
import { appealCase, followCase } from '../_core/enrolment/after-review';
import { bindFingerprint } from '../_core/enrolment/bind-fingerprint';
import { matchFace } from '../_core/enrolment/match-face';
import { mintCard } from '../_core/enrolment/mint-card';
import { readDocument } from '../_core/enrolment/read-document';
import { startEnrolment } from '../_core/enrolment/start-enrolment';
import { consentAsGuardian, openGuardianCall } from '../_core/guardian/consent';
import { callGuardian } from '../_core/guardian/guardian-call';
import { listWards, withdrawAsGuardian } from '../_core/guardian/wards';
import { fetchPasses, preparePasses } from '../_core/pass/issue-passes';
import { askDeletion } from '../_core/rights/ask-deletion';
import { dropReminder, getReminders, wantReminder } from '../_core/reminders/want-reminder';
import { reportPartner } from '../_core/rights/report-partner';
import { aliasShowing } from '../_core/showing/alias-showing';
import { claimCounter } from '../_core/showing/counter';
import { openShowing, prepareShowing } from '../_core/showing/open-showing';
import { prepareRenewal, renewFingerprint } from '../_core/step-up/renew-fingerprint';
import { withdrawTemplate } from '../_core/step-up/withdraw-template';

const sealing = createSealing(requiredKey('DATA_KEY'));
const index = createBlindIndex(requiredKey('INDEX_KEY'));
const issuer = required('ISSUER');
const issuerKeys = readIssuerKeys(required('ISSUER_KEYS'));

const events = createEvents(sealing);

const reminders = createReminders(sealing);

const ports = {
  now,
  today,
  randomBytes,
  log,
  verifySignature,
  sha256,
  ...createCases(sealing),
  ...createIdentities(sealing),
  ...createProofingClient(requiredKey('PROOFING_KEY')),
  destroyEvidence,
  keepForReview: createKeepForReview(sealing),
  ...events,
  ...createActRecords(events),
  ...createCounterSessions(),
  ...createAskNumbers(),
  ...createAsks(sealing),
  askNumberIdOf: index.ofAskNumber,
  loadPartners,
  askAuthority: createAuthority(required('AUTHORITY')),
  ...createVisits(),
  visitIdOf: index.ofVisit,
  ...createGuardianCalls(),
  guardianCallIdOf: index.ofGuardianCall,
  guardianKeyOf: index.ofGuardian,
  confirmGuardian: createGuardianshipQuestion(createAuthorityClient(required('AUTHORITY')), logAuthorityFault),
  identityKeyOf: index.ofNumber,
  killCodeKeyOf: index.ofKillCode,
  killAddress: new URL(KILL_PATH, issuer).href,
  officeKeyOf: index.ofOffice,
  newDataKey: sealing.newDataKey,
  issuePass: createPassIssuer(issuerKeys, now),
  ...createPasses(sealing),
  takeTurn: createTakeTurn(index, now),
  ...createErasures(),
  ...createNoticeQueue(sealing, index),
  ...createDeletionRequests(),
  ...reminders,
  templates: templateIds(readMessageTemplates(required('REMINDER_TEMPLATES'))),
  raiseAlarm: createAlarms().raiseAlarm,
  proveDeletion: createDeletionIssuer(issuer, issuerKeys),
  publishedKeys: createPublishedKeys(issuerKeys),
  ...issuerKeys.names,
  ...statusPlaces,
  writeEntry: statusLists.writeEntry,
  touchList: statusLists.touchList,
  signStatusList: createStatusListSigner(issuer, issuerKeys),
  issueCredential: createCredentialIssuer(issuer, issuerKeys, randomBytes),
  leaveRemintQueue: massActs.leaveRemintQueue,
};

const verifySoter = createVerifySoter(log);

const ofAccount = byAccount({
  startEnrolment: action(validators.StartEnrolmentRequest, (account, request) =>
    startEnrolment(ports, account, request),
  ),
  readDocument: action(validators.ReadDocumentRequest, (account, request) => readDocument(ports, account, request)),
  matchFace: action(validators.MatchFaceRequest, (account, request) => matchFace(ports, account, request)),
  mintCard: action(validators.MintCardRequest, (account, request) => mintCard(ports, account, request)),
  followCase: action(validators.FollowCaseRequest, (account, request) => followCase(ports, account, request)),
  appealCase: action(validators.AppealCaseRequest, (account, request) => appealCase(ports, account, request)),
  callCounter: action(validators.CallCounterRequest, (account, request) => callCounter(ports, account, request)),
  callGuardian: action(validators.CallGuardianRequest, (account, request) => callGuardian(ports, account, request)),
  openGuardianCall: action(validators.OpenGuardianCallRequest, (account, request) =>
    openGuardianCall(ports, account, request),
  ),
  listWards: action(validators.ListWardsRequest, (account) => listWards(ports, account)),
  withdrawAsGuardian: action(validators.WithdrawAsGuardianRequest, (account, request) =>
    withdrawAsGuardian(ports, account, request),
  ),
  getCard: action(validators.GetCardRequest, (account, request) => getCard(ports, account, request)),
  renewCredential: action(validators.RenewCredentialRequest, (account, request) =>
    renewCredential(ports, account, request),
  ),
  suspendCard: action(validators.SuspendCardRequest, (account) => suspendCard(ports, account)),
  resumeCard: action(validators.ResumeCardRequest, (account) => resumeCard(ports, account)),
  issueKillCode: action(validators.IssueKillCodeRequest, (account) => issueKillCode(ports, account)),
  prepareDeletion: action(validators.PrepareDeletionRequest, (account) => prepareDeletion(ports, account)),
  deleteAccount: action(validators.DeleteAccountRequest, (account, request) => deleteAccount(ports, account, request)),
  prepareExport: action(validators.PrepareExportRequest, (account) => prepareExport(ports, account)),
  exportData: action(validators.ExportDataRequest, (account, request) => exportData(ports, account, request)),
  listHistory: action(validators.ListHistoryRequest, (account, request) => listHistory(ports, account, request)),
  openEntry: action(validators.OpenEntryRequest, (account, request) => openEntry(ports, account, request)),
  reportPartner: action(validators.ReportPartnerRequest, (account, request) => reportPartner(ports, account, request)),
  askDeletion: action(validators.AskDeletionRequest, (account, request) => askDeletion(ports, account, request)),
  listConsents: action(validators.ListConsentsRequest, (account) => listConsents(ports, account)),
  withdrawLastingConsent: action(validators.WithdrawLastingConsentRequest, (account, request) =>
    withdrawLastingConsent(ports, account, request),
  ),
  prepareShowing: action(validators.PrepareShowingRequest, (account) => prepareShowing(ports, account)),
  claimCounter: action(validators.ClaimCounterRequest, (account, request) => claimCounter(ports, account, request)),
  openAskNumber: action(validators.OpenAskNumberRequest, (account) => openAskNumber(ports, account)),
  findAsk: action(validators.FindAskRequest, (account, request) => findAsk(ports, account, request)),
  declineAsk: action(validators.DeclineAskRequest, (account, request) => declineAsk(ports, account, request)),
  preparePasses: action(validators.PreparePassesRequest, (account) => preparePasses(ports, account)),
  fetchPasses: action(validators.FetchPassesRequest, (account, request) => fetchPasses(ports, account, request)),
  getReminders: action(validators.GetRemindersRequest, (account) => getReminders(ports, account)),
  dropReminder: action(validators.DropReminderRequest, (account, request) => dropReminder(ports, account, request)),
  aliasShowing: action(validators.AliasShowingRequest, (account) => aliasShowing(ports, account)),
});

/** What a holder's phone may ask. */
export const main = serve('holder', openPresentCall(index), {
  ...ofAccount,
  bindFingerprint: action(validators.BindFingerprintRequest, (user, request) =>
    bindFingerprint({ ...ports, verifySoter: verifySoter(user) }, user.account, request),
  ),
  consentAsGuardian: action(validators.ConsentAsGuardianRequest, (user, request) =>
    consentAsGuardian({ ...ports, verifySoter: verifySoter(user) }, user.account, request),
  ),
  openShowing: action(validators.OpenShowingRequest, (user, request) =>
    openShowing({ ...ports, verifySoter: verifySoter(user) }, user.account, request),
  ),
  prepareRenewal: action(validators.PrepareRenewalRequest, ({ account }) => prepareRenewal(ports, account)),
  renewFingerprint: action(validators.RenewFingerprintRequest, (user, request) =>
    renewFingerprint({ ...ports, verifySoter: verifySoter(user) }, user.account, request),
  ),
  wantReminder: action(validators.WantReminderRequest, (user, request) =>
    wantReminder({ ...ports, keepReminder: reminders.keepReminder(user) }, user.account, request),
  ),
  withdrawConsent: action(validators.WithdrawConsentRequest, ({ account }) => withdrawTemplate(ports, account)),
});
