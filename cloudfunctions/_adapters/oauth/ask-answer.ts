import { tierNames, TRUST_FRAMEWORK, type AskAnswer, type CheckMethod, type Tier } from '../../../protocol';
import type { HeldAnswer } from './held-answer';
import { toldClaims } from './told-claims';

/** Every card is held against the register and read from pictures; a full one was seen with its holder by an operator. */
const methodsOf: Readonly<Record<Tier, readonly CheckMethod[]>> = {
  light: ['data', 'vri'],
  full: ['data', 'vri', 'vpip', 'pvp'],
};

const methodNames = { fingerprint: 'fpt', face: 'face' } as const;

/** In UTC, to the second. */
const momentOf = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

/** What an ID token says of an answer: exactly what was told, how it was verified, and how the holder agreed. */
export const askAnswerOf = ({ release: { answer, presentation }, holder, at }: HeldAnswer): AskAnswer => {
  const { lasting, mintedAt } = holder;
  const { tier, stepUp, claims, eventId, receipt } = answer;
  const answeredAt = Math.floor(at / 1000);
  return {
    acr: tierNames[tier],
    amr: ['swk', ...stepUp.map((proof) => methodNames[proof]), ...(stepUp.length > 0 ? (['mfa'] as const) : [])],
    auth_time: answeredAt,
    verified_claims: {
      verification: {
        trust_framework: TRUST_FRAMEWORK,
        assurance_level: tier,
        time: momentOf(mintedAt),
        verification_process: eventId,
        evidence: [
          {
            type: 'document',
            document_details: { type: 'idcard', issuer: { country_code: 'CHN' } },
            check_details: methodsOf[tier].map((method) => ({ check_method: method })),
          },
        ],
      },
      claims: toldClaims(claims),
    },
    receipt,
    ...(lasting && { card_reference: lasting.reference, consent_until: lasting.until / 1000 }),
    ...(presentation !== null && { vp_token: presentation }),
  };
};
