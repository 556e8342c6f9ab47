import type {
  CalendarDate,
  DisclosableClaim,
  EventId,
  Instant,
  PurposeId,
  VerificationAnswer,
} from '../../../protocol';
import { purposeTable } from '../../../protocol';
import type { Place } from '../happening';
import { answerOf, modeOf } from '../showing/answer';
import type { SignReceipt } from '../showing/redeem-code';
import type { TestPerson } from './test-persons';

/** What is told of a test person, to whom and for what. */
export interface SandboxTold {
  readonly id: EventId;
  readonly person: TestPerson;
  readonly place: Place;
  readonly purpose: PurposeId;
  readonly claims: readonly DisclosableClaim[];
  /** How it was met: by a code for any terminal, by one for a counter, or by an ask. */
  readonly counter: { readonly isAsk: boolean } | null;
  readonly at: Instant;
  readonly on: CalendarDate;
}

/** The answer about a test person, made as a holder's is; the receipt is the sandbox's own. */
export const tellTestPerson = (
  { signReceipt }: { readonly signReceipt: SignReceipt },
  { id, person, place, purpose, claims, counter, at, on }: SandboxTold,
): VerificationAnswer => {
  const { tier } = person.card;
  const second = Math.floor(at / 1000);
  const { partner, shop, terminal } = place;
  const receipt = signReceipt({
    ...{ partner, shop, terminal, purpose, tier, claims, mode: modeOf({ counter }) },
    ...{ eventId: id, issuedAt: second, codeMadeAt: second },
  });
  return answerOf(person, {
    ...{ eventId: id, purpose, counter, tier, claims, receipt },
    ...{ redeemedAt: at, redeemedOn: on, codeMadeAt: at },
    stepUp: purposeTable[purpose].stepUp,
    matchMark: { word: parseInt(id.slice(0, 2), 16), colour: parseInt(id.slice(2, 3), 16) % 8 },
  }).answer;
};
