import { validators } from '../protocol';
import type {
  AliasShowingReply,
  AskDeletionRequest,
  AppealCaseRequest,
  BindFingerprintRequest,
  CallCounterReply,
  CallCounterRequest,
  CallGuardianReply,
  CallGuardianRequest,
  CardReply,
  ConsentAsGuardianReply,
  ConsentAsGuardianRequest,
  DeclineAskReply,
  DeclineAskRequest,
  DeleteAccountReply,
  DeleteAccountRequest,
  DoneReply,
  DropReminderRequest,
  ExportDataReply,
  ExportDataRequest,
  FetchPassesReply,
  FetchPassesRequest,
  ClaimCounterReply,
  ClaimCounterRequest,
  FindAskReply,
  FindAskRequest,
  FingerprintBoundReply,
  FollowCaseReply,
  FollowCaseRequest,
  IssueKillCodeReply,
  ListConsentsReply,
  GetCardRequest,
  ListHistoryReply,
  ListHistoryRequest,
  ListWardsReply,
  MatchFaceReply,
  MatchFaceRequest,
  MintCardReply,
  MintCardRequest,
  OpenAskNumberReply,
  OpenEntryReply,
  OpenEntryRequest,
  OpenGuardianCallReply,
  OpenGuardianCallRequest,
  OpenShowingReply,
  OpenShowingRequest,
  PrepareDeletionReply,
  PrepareExportReply,
  PreparePassesReply,
  PrepareRenewalReply,
  PrepareShowingReply,
  ReadDocumentReply,
  ReadDocumentRequest,
  RenewCredentialRequest,
  RenewFingerprintRequest,
  RemindersReply,
  ReportPartnerRequest,
  StandingReply,
  StartEnrolmentReply,
  StartEnrolmentRequest,
  WantReminderRequest,
  WithdrawAsGuardianRequest,
  WithdrawConsentReply,
  WithdrawLastingConsentRequest,
  WithoutAction,
} from '../protocol';
import { call, type Called } from './call';

/** The function `holder`, typed; each refusal is in `protocol/errors/error-table`. */

export const startEnrolment = (request: WithoutAction<StartEnrolmentRequest>): Promise<Called<StartEnrolmentReply>> =>
  call('holder', { action: 'startEnrolment', ...request }, validators.StartEnrolmentReply);

export const readDocument = (request: WithoutAction<ReadDocumentRequest>): Promise<Called<ReadDocumentReply>> =>
  call('holder', { action: 'readDocument', ...request }, validators.ReadDocumentReply);

export const matchFace = (request: WithoutAction<MatchFaceRequest>): Promise<Called<MatchFaceReply>> =>
  call('holder', { action: 'matchFace', ...request }, validators.MatchFaceReply);

export const bindFingerprint = (
  request: WithoutAction<BindFingerprintRequest>,
): Promise<Called<FingerprintBoundReply>> =>
  call('holder', { action: 'bindFingerprint', ...request }, validators.FingerprintBoundReply);

export const mintCard = (request: WithoutAction<MintCardRequest>): Promise<Called<MintCardReply>> =>
  call('holder', { action: 'mintCard', ...request }, validators.MintCardReply);

export const getCard = (request: WithoutAction<GetCardRequest> = {}): Promise<Called<CardReply>> =>
  call('holder', { action: 'getCard', ...request }, validators.CardReply);

export const renewCredential = (request: WithoutAction<RenewCredentialRequest>): Promise<Called<MintCardReply>> =>
  call('holder', { action: 'renewCredential', ...request }, validators.MintCardReply);

export const suspendCard = (): Promise<Called<CardReply>> =>
  call('holder', { action: 'suspendCard' }, validators.CardReply);

export const resumeCard = (): Promise<Called<CardReply>> =>
  call('holder', { action: 'resumeCard' }, validators.CardReply);

/** Claims the session of a counter whose code was scanned: who asks, for what, and what they will be told. */
export const claimCounter = (request: WithoutAction<ClaimCounterRequest>): Promise<Called<ClaimCounterReply>> =>
  call('holder', { action: 'claimCounter', ...request }, validators.ClaimCounterReply);

/** Declines what an institution asks by a session that was claimed; again is once. */
export const declineAsk = (request: WithoutAction<DeclineAskRequest>): Promise<Called<DeclineAskReply>> =>
  call('holder', { action: 'declineAsk', ...request }, validators.DeclineAskReply);

/** A number to read out to an institution; the one before it ends. */
export const openAskNumber = (): Promise<Called<OpenAskNumberReply>> =>
  call('holder', { action: 'openAskNumber' }, validators.OpenAskNumberReply);

/** The session by which an institution has asked by a number of the caller's own. */
export const findAsk = (request: WithoutAction<FindAskRequest>): Promise<Called<FindAskReply>> =>
  call('holder', { action: 'findAsk', ...request }, validators.FindAskReply);

export const prepareShowing = (): Promise<Called<PrepareShowingReply>> =>
  call('holder', { action: 'prepareShowing' }, validators.PrepareShowingReply);

/** A number that stands for the open showing, for scanners of bar codes. */
export const aliasShowing = (): Promise<Called<AliasShowingReply>> =>
  call('holder', { action: 'aliasShowing' }, validators.AliasShowingReply);

export const openShowing = (request: WithoutAction<OpenShowingRequest>): Promise<Called<OpenShowingReply>> =>
  call('holder', { action: 'openShowing', ...request }, validators.OpenShowingReply);

export const preparePasses = (): Promise<Called<PreparePassesReply>> =>
  call('holder', { action: 'preparePasses' }, validators.PreparePassesReply);

export const fetchPasses = (request: WithoutAction<FetchPassesRequest>): Promise<Called<FetchPassesReply>> =>
  call('holder', { action: 'fetchPasses', ...request }, validators.FetchPassesReply);

/** A page of the holder's own history; `before` is the `next` of the page before. */
export const listHistory = (request: WithoutAction<ListHistoryRequest> = {}): Promise<Called<ListHistoryReply>> =>
  call('holder', { action: 'listHistory', ...request }, validators.ListHistoryReply);

/** One entry of the holder's own history, with what proves it. */
export const openEntry = (request: WithoutAction<OpenEntryRequest>): Promise<Called<OpenEntryReply>> =>
  call('holder', { action: 'openEntry', ...request }, validators.OpenEntryReply);

/** Reports the partner of a look to the operators; again is once. */
export const reportPartner = (request: WithoutAction<ReportPartnerRequest>): Promise<Called<StandingReply>> =>
  call('holder', { action: 'reportPartner', ...request }, validators.StandingReply);

/** Asks the partner of a look to delete what it was told; again is once. */
export const askDeletion = (request: WithoutAction<AskDeletionRequest>): Promise<Called<StandingReply>> =>
  call('holder', { action: 'askDeletion', ...request }, validators.StandingReply);

/** Who may ask after the card. */
export const listConsents = (): Promise<Called<ListConsentsReply>> =>
  call('holder', { action: 'listConsents' }, validators.ListConsentsReply);

/** Withdraws that the partner of a check may ask after the card; again is once. */
export const withdrawLastingConsent = (
  request: WithoutAction<WithdrawLastingConsentRequest>,
): Promise<Called<StandingReply>> =>
  call('holder', { action: 'withdrawLastingConsent', ...request }, validators.StandingReply);

export const prepareRenewal = (): Promise<Called<PrepareRenewalReply>> =>
  call('holder', { action: 'prepareRenewal' }, validators.PrepareRenewalReply);

export const renewFingerprint = (
  request: WithoutAction<RenewFingerprintRequest>,
): Promise<Called<FingerprintBoundReply>> =>
  call('holder', { action: 'renewFingerprint', ...request }, validators.FingerprintBoundReply);

/** Withdraws the consent to keep a face template, which deletes it. */
export const withdrawFaceTemplate = (): Promise<Called<WithdrawConsentReply>> =>
  call('holder', { action: 'withdrawConsent', subject: 'faceTemplate' }, validators.WithdrawConsentReply);

/** Makes the code that stops the card without this phone; the one before it is void. */
export const issueKillCode = (): Promise<Called<IssueKillCodeReply>> =>
  call('holder', { action: 'issueKillCode' }, validators.IssueKillCodeReply);

/** A number for the counter: about the case that is named, or else about the card. */
export const callCounter = (request: WithoutAction<CallCounterRequest> = {}): Promise<Called<CallCounterReply>> =>
  call('holder', { action: 'callCounter', ...request }, validators.CallCounterReply);

/** A page of everything that is stored; `before` is the `next` of the page before. */
export const prepareExport = (): Promise<Called<PrepareExportReply>> =>
  call('holder', { action: 'prepareExport' }, validators.PrepareExportReply);

export const exportData = (request: WithoutAction<ExportDataRequest>): Promise<Called<ExportDataReply>> =>
  call('holder', { action: 'exportData', ...request }, validators.ExportDataReply);

export const prepareDeletion = (): Promise<Called<PrepareDeletionReply>> =>
  call('holder', { action: 'prepareDeletion' }, validators.PrepareDeletionReply);

export const deleteAccount = (request: WithoutAction<DeleteAccountRequest>): Promise<Called<DeleteAccountReply>> =>
  call('holder', { action: 'deleteAccount', ...request }, validators.DeleteAccountReply);

/** Where a case stands that is not decided on this phone. */
export const followCase = (request: WithoutAction<FollowCaseRequest>): Promise<Called<FollowCaseReply>> =>
  call('holder', { action: 'followCase', ...request }, validators.FollowCaseReply);

/** Asks for other reviewers, once. */
export const appealCase = (request: WithoutAction<AppealCaseRequest>): Promise<Called<DoneReply>> =>
  call('holder', { action: 'appealCase', ...request }, validators.DoneReply);

/** Which messages the holder can be reminded by, and which of them are waited for. */
export const getReminders = (): Promise<Called<RemindersReply>> =>
  call('holder', { action: 'getReminders' }, validators.RemindersReply);

export const wantReminder = (request: WithoutAction<WantReminderRequest>): Promise<Called<RemindersReply>> =>
  call('holder', { action: 'wantReminder', ...request }, validators.RemindersReply);

export const dropReminder = (request: WithoutAction<DropReminderRequest>): Promise<Called<RemindersReply>> =>
  call('holder', { action: 'dropReminder', ...request }, validators.RemindersReply);

/** A number that a child's guardian types on their own phone. */
export const callGuardian = (request: WithoutAction<CallGuardianRequest>): Promise<Called<CallGuardianReply>> =>
  call('holder', { action: 'callGuardian', ...request }, validators.CallGuardianReply);

/** Opens a child's call, as the adult who was read the number out. */
export const openGuardianCall = (
  request: WithoutAction<OpenGuardianCallRequest>,
): Promise<Called<OpenGuardianCallReply>> =>
  call('holder', { action: 'openGuardianCall', ...request }, validators.OpenGuardianCallReply);

export const consentAsGuardian = (
  request: WithoutAction<ConsentAsGuardianRequest>,
): Promise<Called<ConsentAsGuardianReply>> =>
  call('holder', { action: 'consentAsGuardian', ...request }, validators.ConsentAsGuardianReply);

/** The children whose cards the holder has consented to. */
export const listWards = (): Promise<Called<ListWardsReply>> =>
  call('holder', { action: 'listWards' }, validators.ListWardsReply);

/** Takes the consent for one of these children back. */
export const withdrawAsGuardian = (request: WithoutAction<WithdrawAsGuardianRequest>): Promise<Called<DoneReply>> =>
  call('holder', { action: 'withdrawAsGuardian', ...request }, validators.DoneReply);
