/** What the mini-program does on a phone, without its screens: the pages call these, and so does a headless phone. */
export * as enrolment from './services/enrolment';
export * as fingerprint from './services/fingerprint';
export * as showing from './services/showing';
export { heldCredential, loadCard as getCard } from './services/credential';
export {
  listHistory,
  prepareRenewal,
  renewFingerprint,
  resumeCard,
  suspendCard,
  withdrawFaceTemplate,
} from './services/holder';
export { describeTerminal, newScan, redeem, redeemCode, reportLook } from './services/verifier';
export { guidance } from './presenters/guidance';
