import * as steps from './services/enrolment';
import { mint } from './services/minting';

/** What the mini-program does on a phone, without its screens: the pages call these, and so does a headless phone. */
export const enrolment = { ...steps, mint };
export * as offlineCheck from './services/offline-check';
export * as offlineTerminal from './services/offline-terminal';
export { askedBy, prepareAnswer } from './services/ask';
export { openNumber } from './services/ask-number';
export * as passes from './services/passes';
export * as fingerprint from './services/fingerprint';
export { proveEntry } from './services/log-proof';
export { checkReceipt } from './services/receipts';
export * as guardian from './services/guardian';
export { applyAsPartner, getPartner } from './services/partner';
export * as showing from './services/showing';
export { deleteEverything } from './services/deletion';
export { heldCredential } from './services/credential';
export { leaveCard, loadCard as getCard } from './services/phone-card';
export {
  askDeletion,
  claimCounter,
  declineAsk,
  listConsents,
  listHistory,
  listWards,
  openEntry,
  openGuardianCall,
  prepareRenewal,
  renewFingerprint,
  reportPartner,
  resumeCard,
  suspendCard,
  withdrawAsGuardian,
  withdrawFaceTemplate,
  withdrawLastingConsent,
} from './services/holder';
export {
  answerDeletionRequest,
  describeTerminal,
  listDeletionRequests,
  newScan,
  redeem,
  redeemCode,
  reportLook,
} from './services/verifier';
export { guidance } from './presenters/guidance';
