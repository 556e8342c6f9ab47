/** The language that phones and service speak; the one way into this room. */
export * from './ids';
export type * from './crypto';
export * from './errors/error-table';
export { faultOfCreditCode, isCreditCode, type CreditCodeFault } from './partners/credit-code';
export { createInvitationCode, isInvitationToken, parseInvitationCode } from './partners/invitation-code';
export { isStated, statedLengths } from './partners/stated';
export { createEventToken, type TokenEvent } from './events/event-token';
export { securityEventToken, setErrors, type SetError } from './spec/rfc8417';
export { addressReach, ADDRESS_MAX, type AddressReach } from './institutions/address';
export * from './operators/reasons';
export * from './operators/roles';
export * from './partners/reasons';
export * from './partners/roles';
export * from './rights/reasons';
export * from './reminders/reminder-kinds';
export * from './purposes/claims';
export * from './purposes/purpose-table';
export * from './wire/alarms';
export * from './lifecycle/end-reasons';
export * from './lifecycle/ages';
export * from './lifecycle/limited-card';
export * from './wire/ask';
export * from './wire/ask-answer';
export * from './wire/card';
export * from './wire/claims-request';
export * from './wire/counter';
export * from './wire/enrolment';
export * from './wire/data-export';
export * from './wire/guardian';
export * from './wire/history';
export * from './wire/institution';
export * from './wire/entry';
export * from './wire/published';
export * from './wire/consents';
export * from './wire/rights';
export * from './wire/pass';
export * from './wire/operator-desk';
export * from './wire/operators';
export * from './wire/registration';
export * from './wire/keys';
export * from './wire/mass-acts';
export * from './wire/oversight';
export * from './wire/review';
export * from './wire/partner-checks';
export * from './wire/partner-staff';
export * from './wire/partners';
export * from './wire/lifecycle';
export * from './wire/refusal';
export * from './wire/reminders';
export * from './wire/step-up';
export * from './wire/terminal';
export * from './wire/verification';
export * from './wire/visit';
export type { Typed, WithoutAction } from './wire/schema';
export { validators, type ValidationError, type Validator } from './wire/validators';

export { concatBytes, equalBytes } from './bytes/bytes';
export { utf8Decode, utf8Encode } from './bytes/utf8';
export { base64Encode, base64urlDecode, base64urlEncode } from './bytes/base64';
export { publicKey, publicKeyFromBase64url, publicKeyToBase64url, type PublicKey } from './key/public-key';
export { jwkThumbprint, publicKeyFromJwk, publicKeyToJwk, readPublicJwk, type PublicJwk } from './key/jwk';

export { ALIAS_LIFE_S, allowsAlias, createAlias, isAlias, type Alias } from './alias/alias';
export { createCode, parseCode, verifyCode, type ParsedCode } from './code/code';
export { codeFaults, type CodeFault } from './code/code-fault';
export { CODE_FUTURE_TOLERANCE_S, CODE_LIFE_S, CODE_RENEWAL_S, type Freshness } from './code/freshness';
export { createCounterCode, parseCounterCode } from './counter/counter-code';
export {
  createKillCode,
  KILL_CODE_BYTES,
  KILL_CODE_GRACE_DAYS,
  KILL_PATH,
  parseKillCode,
  showKillCode,
  type KillCode,
} from './kill-code/kill-code';
export {
  createDeletionProof,
  destroyedParts,
  verifyDeletionProof,
  type DeletionProofContent,
} from './deletion/deletion-proof';
export { createOrderStatement, parseOrderStatement } from './statements/order-statement';
export { createGuardianStatement, parseGuardianStatement } from './statements/guardian-statement';
export { createKeyProof, verifyKeyProof, type KeyProofFault } from './statements/key-proof';
export {
  createShowingStatement,
  verifyShowingStatement,
  type ShowingStatementFault,
} from './statements/showing-statement';

export { createPass, passKeyName, type PassContent, type PassIssuer } from './pass/pass';
export { spellClaims, type Opening, type Openings } from './pass/pass-claims';
export { createPassKeys, verifyPassKeys, type PassKeysFault } from './pass/pass-keys';
export { createShownPass, looksLikePass, offlinePurposes, parseShownPass } from './pass/shown-pass';
export { verifyPass, type PassExpectation, type PassFault, type PassKey, type VerifiedPass } from './pass/verify-pass';
export {
  PASS_BATCH,
  PASS_CLOCK_TOLERANCE_S,
  PASS_LIFE_S,
  PASS_RENEWAL_S,
  PASS_SHOWN_LIFE_S,
  PASS_TIME_GRAIN_S,
} from './spec/pass';
export { enrolmentChallenge, guardianChallenge, renewalChallenge, stepUpChallenge } from './step-up/challenge';
export { stepUpFolder } from './step-up/evidence-folder';
export { parseSoterResult, type SoterResult } from './step-up/soter-result';
export { soter } from './spec/soter';

export { parseIdNumber, type IdNumberFault, type ParsedIdNumber } from './identity/id-number';
export { maskName, maskNumber } from './identity/mask';

export { showMatchMark, type ShownMatchMark } from './match-mark/match-mark';

export { createCredential, type CredentialContent, type IssuerTools } from './credential/create-credential';
export { parseCredential, type ParsedCredential } from './credential/parse-credential';
export {
  verifyCredential,
  type CredentialExpectation,
  type CredentialFault,
  type VerifiedCredential,
} from './credential/verify-credential';
export { credentialNames, presentableClaims } from './credential/presentable-claims';
export { createPresentation } from './credential/create-presentation';
export {
  MAX_PRESENTATION_LENGTH,
  PRESENTATION_LIFE_S,
  verifyPresentation,
  type PresentationExpectation,
  type PresentationFault,
} from './credential/verify-presentation';
export type { Disclosure } from './credential/disclosure';
export type { JsonObject, JsonValue } from './credential/json';

export {
  isPastSigning,
  isTrusted,
  keyStandingOf,
  keyStandings,
  signingKeyAt,
  trustedKeys,
  type IssuerKey,
  type KeyStanding,
  type KeyState,
} from './keys/issuer-key';
export { statusType, tokenStatusList } from './spec/status-list';
export { packStatuses, readStatus, type EntryBits, type StatusEntry } from './status/status-bits';
export { type StatusReference } from './status/status-reference';
export {
  createStatusListToken,
  verifyStatusListToken,
  type Deflate,
  type Inflate,
  type StatusList,
  type StatusListContent,
  type StatusListExpectation,
  type StatusListFault,
} from './status/status-list-token';
export { statusOf, type FetchedStatusList, type PublishedStatus, type StatusFault } from './status/status-of';
export { appendLeaves, emptyFrontier, rootOf, subtreeCount, type Frontier } from './log/frontier';
export {
  joinHashes,
  leafHash,
  merkleHashToBase64url,
  readMerkleHash,
  splitHashes,
  type MerkleHash,
} from './log/merkle-hash';
export { createProof, verifyConsistency, verifyInclusion, type TreeHead } from './log/proof';
export { growTiles, subtreeFromTiles, tilesFor, tilesToContinue, type Tile, type TilePosition } from './log/tile';
export { consistencyRanges, inclusionRanges, type LeafRange } from './log/tree-shape';
export {
  createCheckpoint,
  parseCheckpoint,
  verifyCheckpoint,
  type Checkpoint,
  type CheckpointFault,
} from './log/checkpoint';
export { createReceipt, RECEIPT_TYPE, verifyReceipt, type Receipt, type ReceiptFault } from './receipt/receipt';
export { tlogTiles } from './spec/tlog-tiles';
