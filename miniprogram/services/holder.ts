import { validators } from '../protocol';
import type {
  AliasShowingReply,
  BindFingerprintRequest,
  CardReply,
  ClaimCounterReply,
  ClaimCounterRequest,
  FingerprintBoundReply,
  ListHistoryReply,
  ListHistoryRequest,
  MatchFaceReply,
  MatchFaceRequest,
  MintCardReply,
  MintCardRequest,
  OpenShowingReply,
  OpenShowingRequest,
  PrepareRenewalReply,
  PrepareShowingReply,
  ReadDocumentReply,
  ReadDocumentRequest,
  RenewCredentialRequest,
  RenewFingerprintRequest,
  StartEnrolmentReply,
  StartEnrolmentRequest,
  WithdrawConsentReply,
} from '../protocol';
import { call, type Called } from './call';

type Without<Request> = Omit<Request, 'action'>;

/** The function `holder`, typed; each refusal is in `protocol/errors/error-table`. */

export const startEnrolment = (request: Without<StartEnrolmentRequest>): Promise<Called<StartEnrolmentReply>> =>
  call('holder', { action: 'startEnrolment', ...request }, validators.StartEnrolmentReply);

export const readDocument = (request: Without<ReadDocumentRequest>): Promise<Called<ReadDocumentReply>> =>
  call('holder', { action: 'readDocument', ...request }, validators.ReadDocumentReply);

export const matchFace = (request: Without<MatchFaceRequest>): Promise<Called<MatchFaceReply>> =>
  call('holder', { action: 'matchFace', ...request }, validators.MatchFaceReply);

export const bindFingerprint = (request: Without<BindFingerprintRequest>): Promise<Called<FingerprintBoundReply>> =>
  call('holder', { action: 'bindFingerprint', ...request }, validators.FingerprintBoundReply);

export const mintCard = (request: Without<MintCardRequest>): Promise<Called<MintCardReply>> =>
  call('holder', { action: 'mintCard', ...request }, validators.MintCardReply);

export const getCard = (): Promise<Called<CardReply>> => call('holder', { action: 'getCard' }, validators.CardReply);

export const renewCredential = (request: Without<RenewCredentialRequest>): Promise<Called<MintCardReply>> =>
  call('holder', { action: 'renewCredential', ...request }, validators.MintCardReply);

export const suspendCard = (): Promise<Called<CardReply>> =>
  call('holder', { action: 'suspendCard' }, validators.CardReply);

export const resumeCard = (): Promise<Called<CardReply>> =>
  call('holder', { action: 'resumeCard' }, validators.CardReply);

/** Claims the session of a counter whose code was scanned: who asks, for what, and what they will be told. */
export const claimCounter = (request: Without<ClaimCounterRequest>): Promise<Called<ClaimCounterReply>> =>
  call('holder', { action: 'claimCounter', ...request }, validators.ClaimCounterReply);

export const prepareShowing = (): Promise<Called<PrepareShowingReply>> =>
  call('holder', { action: 'prepareShowing' }, validators.PrepareShowingReply);

/** A number that stands for the open showing, for scanners of bar codes. */
export const aliasShowing = (): Promise<Called<AliasShowingReply>> =>
  call('holder', { action: 'aliasShowing' }, validators.AliasShowingReply);

export const openShowing = (request: Without<OpenShowingRequest>): Promise<Called<OpenShowingReply>> =>
  call('holder', { action: 'openShowing', ...request }, validators.OpenShowingReply);

/** A page of the holder's own history; `before` is the `next` of the page before. */
export const listHistory = (request: Without<ListHistoryRequest> = {}): Promise<Called<ListHistoryReply>> =>
  call('holder', { action: 'listHistory', ...request }, validators.ListHistoryReply);

export const prepareRenewal = (): Promise<Called<PrepareRenewalReply>> =>
  call('holder', { action: 'prepareRenewal' }, validators.PrepareRenewalReply);

export const renewFingerprint = (request: Without<RenewFingerprintRequest>): Promise<Called<FingerprintBoundReply>> =>
  call('holder', { action: 'renewFingerprint', ...request }, validators.FingerprintBoundReply);

/** Withdraws the consent to keep a face template, which deletes it. */
export const withdrawFaceTemplate = (): Promise<Called<WithdrawConsentReply>> =>
  call('holder', { action: 'withdrawConsent', subject: 'faceTemplate' }, validators.WithdrawConsentReply);
