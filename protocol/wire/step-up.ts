import { fileId, hexId, instant, type Typed } from './schema';

/** What `wx.startSoterAuthentication` gave: the text that the phone's secure hardware signed, and the signature as base64. */
export const FingerprintAnswer = {
  type: 'object',
  additionalProperties: false,
  required: ['resultJson', 'signature'],
  properties: {
    resultJson: { type: 'string', pattern: '^\\{.*\\}$', maxLength: 2048 },
    signature: { type: 'string', pattern: '^[A-Za-z0-9+/]+={0,2}$', maxLength: 1024 },
  },
} as const;
export type FingerprintAnswer = Typed<typeof FingerprintAnswer>;

/** Binds the phone's fingerprint to the card that is being made; may be left out. Its challenge is `enrolmentChallenge`. */
export const BindFingerprintRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'caseId', 'answer'],
  properties: { action: { const: 'bindFingerprint' }, caseId: hexId, answer: FingerprintAnswer },
} as const;
export type BindFingerprintRequest = Typed<typeof BindFingerprintRequest>;

/** The fingerprint is bound. */
export const FingerprintBoundReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'fingerprint'],
  properties: { ok: { const: true }, fingerprint: { const: 'bound' } },
} as const;
export type FingerprintBoundReply = Typed<typeof FingerprintBoundReply>;

/** Asks to set the card's fingerprint anew, or for the first time: it takes a fresh selfie as well. */
export const PrepareRenewalRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: { action: { const: 'prepareRenewal' } },
} as const;
export type PrepareRenewalRequest = Typed<typeof PrepareRenewalRequest>;

export const PrepareRenewalReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'renewalId', 'evidenceFolder', 'expiresAt'],
  properties: {
    ok: { const: true },
    /** Of this renewal; the challenge is made of it (`renewalChallenge`). */
    renewalId: hexId,
    /** Folder of cloud storage that the selfie is uploaded to. */
    evidenceFolder: { type: 'string', pattern: '^evidence/[0-9a-f]{32}$', maxLength: 41 },
    expiresAt: instant,
  },
} as const;
export type PrepareRenewalReply = Typed<typeof PrepareRenewalReply>;

/** Sets the card's fingerprint anew, with a fresh selfie. The reply is `FingerprintBoundReply`. */
export const RenewFingerprintRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'selfie', 'answer'],
  properties: { action: { const: 'renewFingerprint' }, selfie: fileId, answer: FingerprintAnswer },
} as const;
export type RenewFingerprintRequest = Typed<typeof RenewFingerprintRequest>;

/** Withdraws the consent to keep a face template, which deletes it; again, it is harmless. */
export const WithdrawConsentRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'subject'],
  properties: { action: { const: 'withdrawConsent' }, subject: { const: 'faceTemplate' } },
} as const;
export type WithdrawConsentRequest = Typed<typeof WithdrawConsentRequest>;

export const WithdrawConsentReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'subject'],
  properties: { ok: { const: true }, subject: { const: 'faceTemplate' } },
} as const;
export type WithdrawConsentReply = Typed<typeof WithdrawConsentReply>;
