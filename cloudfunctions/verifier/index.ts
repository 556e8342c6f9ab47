import { validators } from '../../protocol/wire/validators';
import { createActRecords } from '../_adapters/cloudbase/act-records';
import { createAsks } from '../_adapters/cloudbase/asks';
import { openUserCall } from '../_adapters/cloudbase/caller';
import { createCounterSessions } from '../_adapters/cloudbase/counter-sessions';
import { createDeletionRequests } from '../_adapters/cloudbase/deletion-requests';
import { createEvents } from '../_adapters/cloudbase/events';
import { createIdentities } from '../_adapters/cloudbase/identities';
import { loadInstitution } from '../_adapters/cloudbase/institutions';
import { createMembers } from '../_adapters/cloudbase/members';
import { createPartnerChecks } from '../_adapters/cloudbase/partner-checks';
import { loadPartners } from '../_adapters/cloudbase/partners';
import { createPasses } from '../_adapters/cloudbase/passes';
import { createRegisteredPartners } from '../_adapters/cloudbase/registered-partners';
import { loadUsedQuotas } from '../_adapters/cloudbase/used-quotas';
import { createBlindIndex } from '../_adapters/crypto/blind-index';
import { createDecoyKey, sha256, verifySignature } from '../_adapters/crypto/es256';
import { readIssuerKeys, readPublicIssuerKeys } from '../_adapters/crypto/issuer-keys';
import { createPassKeys } from '../_adapters/crypto/pass-keys';
import { createCheckPresentation } from '../_adapters/crypto/presentations';
import { createReceiptSigner } from '../_adapters/crypto/receipt-signer';
import { createSealing } from '../_adapters/crypto/sealing';
import { now, randomBytes, today } from '../_adapters/runtime/ambient';
import { required, requiredKey } from '../_adapters/runtime/environment';
import { log } from '../_adapters/runtime/log';
import { action, serve } from '../_adapters/runtime/serve';
import { answerAsk } from '../_core/asks/answer-ask';
import { applyAsPartner, askForPurposes, getPartner } from '../_core/partners/apply';
import { exportChecks, listChecks } from '../_core/partners/checks';
import { answerDeletionRequest, listDeletionRequests } from '../_core/partners/deletion-requests';
import { acceptInvitation, inviteStaff, readInvitation, withdrawInvitation } from '../_core/partners/invite';
import { closeShop, saveShop } from '../_core/partners/shops';
import { changeStaff, listStaff, removeStaff } from '../_core/partners/staff';
import { prepareOffline } from '../_core/pass/prepare-offline';
import { reconcilePasses } from '../_core/pass/reconcile-passes';
import { openCounter, readCounter } from '../_core/showing/counter';
import { describeTerminal } from '../_core/showing/describe-terminal';
import { redeemCode } from '../_core/showing/redeem-code';
import { reportLook } from '../_core/showing/report-look';

const sealing = createSealing(requiredKey('DATA_KEY'));
const index = createBlindIndex(requiredKey('INDEX_KEY'));

const issuer = required('ISSUER');

const events = createEvents(sealing);
const receiptKeys = readIssuerKeys(required('RECEIPT_KEYS'));
const publicKeys = readPublicIssuerKeys(required('ISSUER_PUBLIC_KEYS'));

const ports = {
  now,
  today,
  randomBytes,
  log,
  verifySignature,
  sha256,
  decoyKey: createDecoyKey(),
  ...createMembers(),
  ...createRegisteredPartners(),
  ...createPartnerChecks(),
  ...createIdentities(sealing),
  loadPartners,
  ...events,
  ...createActRecords(events),
  ...createCounterSessions(),
  ...createAsks(sealing),
  loadInstitution,
  loadUsedQuotas,
  checkPresentation: createCheckPresentation(issuer, publicKeys, now),
  ...createDeletionRequests(),
  ...createPasses(sealing),
  signReceipt: createReceiptSigner(issuer, receiptKeys, now),
  passKeys: createPassKeys(publicKeys, now),
};

/** What a merchant's staff may ask, and a holder's phone that hands a code in to an institution. */
export const main = serve('verifier', openUserCall(index), {
  openCounter: action(validators.OpenCounterRequest, (account, request) => openCounter(ports, account, request)),
  readCounter: action(validators.ReadCounterRequest, (account, request) => readCounter(ports, account, request)),
  redeemCode: action(validators.RedeemCodeRequest, (account, request) => redeemCode(ports, account, request)),
  answerAsk: action(validators.AnswerAskRequest, (account, request) => answerAsk(ports, account, request)),
  describeTerminal: action(validators.DescribeTerminalRequest, (account) => describeTerminal(ports, account)),
  prepareOffline: action(validators.PrepareOfflineRequest, (account) => prepareOffline(ports, account)),
  reconcilePasses: action(validators.ReconcilePassesRequest, (account, request) =>
    reconcilePasses(ports, account, request),
  ),
  reportLook: action(validators.ReportLookRequest, (account, request) => reportLook(ports, account, request)),
  applyAsPartner: action(validators.ApplyAsPartnerRequest, (account, request) =>
    applyAsPartner(ports, account, request),
  ),
  askForPurposes: action(validators.AskForPurposesRequest, (account, request) =>
    askForPurposes(ports, account, request),
  ),
  getPartner: action(validators.GetPartnerRequest, (account, request) => getPartner(ports, account, request)),
  saveShop: action(validators.SaveShopRequest, (account, request) => saveShop(ports, account, request)),
  closeShop: action(validators.CloseShopRequest, (account, request) => closeShop(ports, account, request)),
  inviteStaff: action(validators.InviteStaffRequest, (account, request) => inviteStaff(ports, account, request)),
  withdrawInvitation: action(validators.WithdrawInvitationRequest, (account, request) =>
    withdrawInvitation(ports, account, request),
  ),
  readInvitation: action(validators.ReadInvitationRequest, (account, request) =>
    readInvitation(ports, account, request),
  ),
  acceptInvitation: action(validators.AcceptInvitationRequest, (account, request) =>
    acceptInvitation(ports, account, request),
  ),
  listStaff: action(validators.ListStaffRequest, (account) => listStaff(ports, account)),
  changeStaff: action(validators.ChangeStaffRequest, (account, request) => changeStaff(ports, account, request)),
  removeStaff: action(validators.RemoveStaffRequest, (account, request) => removeStaff(ports, account, request)),
  listChecks: action(validators.ListChecksRequest, (account, request) => listChecks(ports, account, request)),
  listDeletionRequests: action(validators.ListDeletionRequestsRequest, (account, request) =>
    listDeletionRequests(ports, account, request),
  ),
  answerDeletionRequest: action(validators.AnswerDeletionRequest, (account, request) =>
    answerDeletionRequest(ports, account, request),
  ),
  exportChecks: action(validators.ExportChecksRequest, (account, request) => exportChecks(ports, account, request)),
});
