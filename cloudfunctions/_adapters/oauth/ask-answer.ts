import { tierNames, type AskAnswer, type CheckMethod, type Tier, type TrustFramework } from '../../../protocol';
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

/** How the holder agreed. */
export const agreementOf = ({
  release: { answer },
  at,
}: Pick<HeldAnswer, 'release' | 'at'>): Pick<AskAnswer, 'acr' | 'amr' | 'auth_time'> => {
  const { tier, stepUp } = answer;
  return {
    acr: tierNames[tier],
    amr: ['swk', ...stepUp.map((proof) => methodNames[proof]), ...(stepUp.length > 0 ? (['mfa'] as const) : [])],
    auth_time: Math.floor(at / 1000),
  };
};

/**
 * What an ID token says of an answer: exactly what was told, how it was verified, and how the holder agreed.
 * @param trustFramework by whose rules it was verified
 */
export const askAnswerOf = (held: HeldAnswer, trustFramework: TrustFramework): AskAnswer => {
  const { lasting, verifiedAt } = held.holder;
  const { answer, presentation } = held.release;
  const { tier, claims, eventId, receipt } = answer;
  return {
    ...agreementOf(held),
    verified_claims: {
      verification: {
        trust_framework: trustFramework,
        assurance_level: tier,
        time: momentOf(verifiedAt),
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
