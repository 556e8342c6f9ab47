import { hex, validators, type DescribeTerminalReply, type PurposeId, type RedeemCodeReply } from '../protocol';
import type {
  AnswerAskReply,
  AnswerAskRequest,
  AnswerDeletionRequest,
  DoneReply,
  ListDeletionRequestsReply,
  ListDeletionRequestsRequest,
  OpenCounterReply,
  OpenCounterRequest,
  PrepareOfflineReply,
  ReadCounterReply,
  ReconcilePassesReply,
  ReconcilePassesRequest,
  RedeemCodeRequest,
  ReportLookReply,
  ReportLookRequest,
  WithoutAction,
} from '../protocol';
import { randomBytes } from '../platform/random';
import { call, type Called } from './call';

/** The function `verifier`, typed; each refusal is in `protocol/errors/error-table`. */

/** How often a scan is sent again where no answer came; the request id makes the repetition harmless. */
const SENDINGS = 3;

/** One scan of a code. Whoever tries again with the same scan hears the same answer again, and burns no second code. */
export const newScan = async (code: string, purpose: PurposeId): Promise<RedeemCodeRequest> => ({
  action: 'redeemCode',
  code,
  purpose,
  requestId: hex(await randomBytes(16)),
});

/** Redeems a scan, which is sent again where no answer comes. */
export const redeem = async (scan: RedeemCodeRequest): Promise<Called<RedeemCodeReply>> => {
  for (let sending = 1; ; sending += 1) {
    const called = await call('verifier', scan, validators.RedeemCodeReply);
    if (called.ok || called.error.code !== 'unreachable' || sending === SENDINGS) return called;
  }
};

/** Scans and redeems in one step, for whoever has no screen on which to try again. */
export const redeemCode = async (code: string, purpose: PurposeId): Promise<Called<RedeemCodeReply>> =>
  redeem(await newScan(code, purpose));

/** Hands the holder's own code in to whoever asks; the same showing's again is harmless. */
export const answerAsk = (request: WithoutAction<AnswerAskRequest>): Promise<Called<AnswerAskReply>> =>
  call('verifier', { action: 'answerAsk', ...request }, validators.AnswerAskReply);

/** Opens a session of this counter, for a holder to scan. */
export const openCounter = (request: WithoutAction<OpenCounterRequest>): Promise<Called<OpenCounterReply>> =>
  call('verifier', { action: 'openCounter', ...request }, validators.OpenCounterReply);

/** What became of a session of this counter. */
export const readCounter = (session: string): Promise<Called<ReadCounterReply>> =>
  call('verifier', { action: 'readCounter', session }, validators.ReadCounterReply);

/** Where the one who is logged in works. */
export const describeTerminal = (): Promise<Called<DescribeTerminalReply>> =>
  call('verifier', { action: 'describeTerminal' }, validators.DescribeTerminalReply);

/** Says what the comparison of portrait and person came to; the same words again are harmless. */
export const reportLook = (request: WithoutAction<ReportLookRequest>): Promise<Called<ReportLookReply>> =>
  call('verifier', { action: 'reportLook', ...request }, validators.ReportLookReply);

/** What this terminal needs to check passes without a network. */
export const prepareOffline = (): Promise<Called<PrepareOfflineReply>> =>
  call('verifier', { action: 'prepareOffline' }, validators.PrepareOfflineReply);

/** Hands in passes that were accepted without a network; the same uses again are harmless. */
export const reconcilePasses = (uses: ReconcilePassesRequest['uses']): Promise<Called<ReconcilePassesReply>> =>
  call('verifier', { action: 'reconcilePasses', uses }, validators.ReconcilePassesReply);

/** A page of what holders ask this business to delete. */
export const listDeletionRequests = (
  request: WithoutAction<ListDeletionRequestsRequest>,
): Promise<Called<ListDeletionRequestsReply>> =>
  call('verifier', { action: 'listDeletionRequests', ...request }, validators.ListDeletionRequestsReply);

/** Answers such a request; the same answer again is harmless. */
export const answerDeletionRequest = (request: WithoutAction<AnswerDeletionRequest>): Promise<Called<DoneReply>> =>
  call('verifier', { action: 'answerDeletionRequest', ...request }, validators.DoneReply);
