import { base64Encode, purposeTable } from '../../../protocol';
import type { Instant, RedeemCodeReply, RedeemCodeRequest } from '../../../protocol';
import { REPEAT_MS, type Identity, type RedeemedShowing, type Showing } from '../card/identity';
import { disclose } from './disclose';
import type { Staff } from './staff';

/** What a terminal scanned, and what for. */
export type Scan = Omit<RedeemCodeRequest, 'action'>;

/** Who asks, and for what. */
export interface Order {
  readonly staff: Staff;
  readonly request: Scan;
}

/** The showing, where an order is the one that redeemed it, once more; null where it is another's, or too late. */
export const repeatedBy = (showing: Showing, { staff, request }: Order, now: Instant): RedeemedShowing | null => {
  if (showing.state !== 'redeemed' || showing.redeemedAt + REPEAT_MS <= now) return null;
  return showing.verifier === staff.key && showing.requestId === request.requestId ? showing : null;
};

/** Answers from the redeemed showing alone, so that a repeated request hears the same again. */
export const answerOf = (identity: Identity, showing: RedeemedShowing): RedeemCodeReply => ({
  ok: true,
  answer: {
    eventId: showing.eventId,
    purpose: showing.purpose,
    mode: showing.counter ? 'bound' : 'shown',
    tier: showing.tier,
    stepUp: [...showing.stepUp],
    facts: {
      signatureValidAt: showing.redeemedAt,
      codeMadeAt: showing.codeMadeAt,
      redeemedAt: showing.redeemedAt,
      status: 'valid',
      statusAsOf: showing.redeemedAt,
    },
    claims: disclose(identity.person, showing.claims, showing.redeemedOn),
    portrait: purposeTable[showing.purpose].look ? base64Encode(identity.person.portrait) : null,
    matchMark: showing.matchMark,
    receipt: showing.receipt,
  },
});
