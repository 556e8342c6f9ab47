import { hexId, receipt, type Typed } from './schema';
import { DisclosedClaims, VerificationAnswer } from './verification';

/** The rules by which a holder's identity was proofed: those of the resident identity card and of the register behind it. */
export const TRUST_FRAMEWORK = 'cn_resident_identity_card';

/** The same of test persons, whom nobody proofed: the sandbox tells of no others, and nobody else tells by it. */
export const SANDBOX_TRUST_FRAMEWORK = 'cn_resident_identity_card_sandbox';
export const trustFrameworks = [TRUST_FRAMEWORK, SANDBOX_TRUST_FRAMEWORK] as const;
export type TrustFramework = (typeof trustFrameworks)[number];

/** The tiers of cards, as `acr` spells them (OpenID Connect Core 1.0, section 2). */
export const tierNames = { light: 'urn:wechat-id:tier:light', full: 'urn:wechat-id:tier:full' } as const;

const { sex, address, ...sameNames } = DisclosedClaims.properties;

/** What was told of a holder, under OpenID Connect's own names where it has them (Core 1.0, section 5.1). */
export const ToldClaims = {
  type: 'object',
  additionalProperties: false,
  required: [],
  properties: {
    ...sameNames,
    gender: sex,
    address: {
      type: 'object',
      additionalProperties: false,
      required: ['formatted'],
      properties: { formatted: address },
    },
  },
} as const;
export type ToldClaims = Typed<typeof ToldClaims>;

/**
 * How the identity was checked, by OpenID's names (https://bitbucket.org/openid/ekyc-ida/wiki/identifiers): against the register's record,
 * by pictures of the card, by the card itself before an operator, and the person before the same.
 */
export const checkMethods = ['data', 'vri', 'vpip', 'pvp'] as const;
export type CheckMethod = (typeof checkMethods)[number];

const Evidence = {
  type: 'object',
  additionalProperties: false,
  required: ['type', 'document_details', 'check_details'],
  properties: {
    type: { const: 'document' },
    document_details: {
      type: 'object',
      additionalProperties: false,
      required: ['type', 'issuer'],
      properties: {
        type: { const: 'idcard' },
        issuer: {
          type: 'object',
          additionalProperties: false,
          required: ['country_code'],
          properties: { country_code: { const: 'CHN' } },
        },
      },
    },
    check_details: {
      type: 'array',
      minItems: 1,
      maxItems: 4,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['check_method'],
        properties: { check_method: { type: 'string', enum: checkMethods } },
      },
    },
  },
} as const;

/** What was told, and how it was verified (OpenID Identity Assurance Schema Definition 1.0, section 5). */
export const VerifiedClaims = {
  type: 'object',
  additionalProperties: false,
  required: ['verification', 'claims'],
  properties: {
    verification: {
      type: 'object',
      additionalProperties: false,
      required: ['trust_framework', 'assurance_level', 'time', 'verification_process', 'evidence'],
      properties: {
        trust_framework: { type: 'string', enum: trustFrameworks },
        /** The tier of the card. */
        assurance_level: VerificationAnswer.properties.tier,
        /** When the card was proofed, in UTC. */
        time: {
          type: 'string',
          pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$',
          maxLength: 20,
        },
        /** The check that the answer is; the receipt bears the same id. */
        verification_process: hexId,
        evidence: { type: 'array', minItems: 1, maxItems: 1, items: Evidence },
      },
    },
    claims: ToldClaims,
  },
} as const;
export type VerifiedClaims = Typed<typeof VerifiedClaims>;

const seconds = { type: 'integer', minimum: 0, maximum: 4102444800 } as const;

/** What an ID token says of an ask's answer, beside what every ID token says. */
export const AskAnswer = {
  type: 'object',
  additionalProperties: false,
  required: ['acr', 'amr', 'auth_time', 'verified_claims', 'receipt'],
  properties: {
    /** The tier of the card that was shown. */
    acr: { type: 'string', enum: [tierNames.light, tierNames.full] },
    /** What the holder proved when answering (RFC 8176, section 2): the phone's key, a fingerprint, a face. */
    amr: { type: 'array', minItems: 1, maxItems: 4, items: { type: 'string', enum: ['swk', 'fpt', 'face', 'mfa'] } },
    /** When the holder answered, in seconds since 1970. */
    auth_time: seconds,
    verified_claims: VerifiedClaims,
    /** Of the card, for this partner and no other: its status is asked for by it while the consent lasts; absent: it was given for this once. */
    card_reference: { type: 'string', pattern: '^[A-Za-z0-9_-]{86}$', maxLength: 86 },
    receipt,
    /** Until when the partner may ask after the card, in seconds since 1970; absent: this once. */
    consent_until: seconds,
    /** The credential with what was told and a key binding (RFC 9901), where a nonce for it was sent. */
    vp_token: { type: 'string', pattern: '^[A-Za-z0-9._~-]+$', maxLength: 16384 },
  },
} as const;
export type AskAnswer = Typed<typeof AskAnswer>;
