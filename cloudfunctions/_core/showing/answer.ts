import { base64Encode, purposeTable } from '../../../protocol';
import type { Instant, RedeemCodeReply, RedeemCodeRequest, SessionHandle, VerificationAnswer } from '../../../protocol';
import { REPEAT_MS, type BoundCounter, type Identity, type RedeemedShowing, type Showing } from '../card/identity';
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

/** Whether a showing of an identity was redeemed for a session. */
export const isRedeemedFor = ({ showing, lastShowing }: Identity, session: SessionHandle): boolean =>
  [showing, lastShowing].some((one) => one?.state === 'redeemed' && one.counter?.session === session);

/** As much of a redeemed showing as its answer is made of. */
type AnsweredShowing = Pick<
  RedeemedShowing,
  | ('eventId' | 'purpose' | 'tier' | 'stepUp' | 'claims' | 'matchMark' | 'receipt')
  | ('redeemedAt' | 'redeemedOn' | 'codeMadeAt')
> & { readonly counter: Pick<BoundCounter, 'isAsk'> | null };

/** How a showing is checked. */
export const modeOf = ({ counter }: Pick<AnsweredShowing, 'counter'>): VerificationAnswer['mode'] => {
  if (!counter) return 'shown';
  return counter.isAsk ? 'asked' : 'bound';
};

/** Whether somebody compares the portrait with the holder: nobody stands before a server that asks. */
const isLookedAt = (showing: AnsweredShowing): boolean =>
  purposeTable[showing.purpose].look && modeOf(showing) !== 'asked';

/** Answers from the redeemed showing alone, so that a repeated request hears the same again. */
export const answerOf = (identity: Pick<Identity, 'person'>, showing: AnsweredShowing): RedeemCodeReply => ({
  ok: true,
  answer: {
    eventId: showing.eventId,
    purpose: showing.purpose,
    mode: modeOf(showing),
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
    portrait: isLookedAt(showing) ? base64Encode(identity.person.portrait) : null,
    matchMark: showing.matchMark,
    receipt: showing.receipt,
  },
});
