import type {
  AccountKey,
  Alias,
  CalendarDate,
  Card,
  CardReason,
  CaseId,
  CardId,
  EventId,
  IdentityKey,
  IdNumber,
  DisclosableClaim,
  EndReason,
  Instant,
  KillCodeKey,
  MatchMark,
  OfficeKey,
  PublicKey,
  PurposeId,
  SessionHandle,
  ShowingHandle,
  StepUp,
} from '../../../protocol';
import { endReasonTable, isGraver, maskName } from '../../../protocol';
import type { SealedEvent } from '../event';
import type { Place } from '../happening';
import type { SealedKey } from '../sealed-key';
import type { CredentialRecord } from '../status/credential-record';
import type { Untold } from '../status/untold';
import type { StepUpState } from '../step-up/step-up-state';

/** The person behind a card, as proofed: at rest only under the identity's own data key. */
export interface Person {
  readonly name: string;
  readonly number: IdNumber;
  readonly sex: 'male' | 'female';
  readonly ethnicity: string | null;
  readonly birthDate: string;
  readonly address: string;
  readonly issuingAuthority: string;
  readonly validFrom: string;
  /** Null: no end. */
  readonly validTo: string | null;
  /** JPEG, 96 wide and 128 high. */
  readonly portrait: Uint8Array;
}

/** The handle of the next showing; the holder's key has not signed yet. */
export interface PreparedShowing {
  readonly state: 'prepared';
  readonly handle: ShowingHandle;
  readonly preparedAt: Instant;
}

/** The counter that a bound showing is for: no other terminal can redeem it. */
export interface BoundCounter extends Place {
  readonly session: SessionHandle;
  /** The account at that terminal. */
  readonly verifier: AccountKey;
  /** What the holder consented to tell. */
  readonly claims: readonly DisclosableClaim[];
}

interface ShowingBase {
  readonly handle: ShowingHandle;
  /** The phone's fresh key, which signs this showing's codes and nothing else. */
  readonly key: PublicKey;
  readonly purpose: PurposeId;
  /** Null where the card is shown to any terminal. */
  readonly counter: BoundCounter | null;
  /** A number that stands for it, or null. */
  readonly alias: { readonly text: Alias; readonly madeAt: Instant } | null;
  /** What the holder proved anew when it was opened. */
  readonly stepUp: readonly StepUp[];
  /** Genuine codes of this showing that were not accepted: so many entries of the history it may make. */
  readonly refusals: number;
  readonly openedAt: Instant;
  readonly expiresAt: Instant;
  readonly matchMark: MatchMark;
}

export type OpenShowing = ShowingBase & { readonly state: 'open' };

export type RedeemedShowing = ShowingBase & {
  readonly state: 'redeemed';
  readonly redeemedAt: Instant;
  /** The day in China at that instant: what a claim depends on is answered by it, however late the answer is asked for again. */
  readonly redeemedOn: CalendarDate;
  /** Who redeemed it, as a keyed hash. */
  readonly verifier: AccountKey;
  readonly requestId: string;
  /** What was told, by name. */
  readonly claims: readonly DisclosableClaim[];
  readonly eventId: EventId;
  readonly codeMadeAt: Instant;
  readonly receipt: string;
};

export type Showing = PreparedShowing | OpenShowing | RedeemedShowing;

/** How long a showing lives, in milliseconds. */
export const SHOWING_LIFE_MS = 5 * 60 * 1000;
/** How long a prepared handle waits for the holder's signature, in milliseconds. */
export const PREPARED_LIFE_MS = 60 * 1000;
/** For how long a repeated request gets its answer again, in milliseconds. */
export const REPEAT_MS = 60 * 1000;

/** How many offline passes the card was given, and the nonce for the next. */
export interface PassAllowance {
  /** The day in China that `issued` is counted on. */
  readonly day: CalendarDate;
  readonly issued: number;
  readonly prepared: { readonly nonce: string; readonly at: Instant } | null;
}

/** Why a card was suspended or revoked, and when. */
export interface Ended {
  readonly reason: EndReason;
  readonly at: Instant;
}

/** One proofed identity, its one account and its one card, in one document: none of the three can be had twice. */
export interface Identity {
  readonly key: IdentityKey;
  readonly account: AccountKey;
  /** Grows with every write; each write names the revision that it follows. */
  readonly revision: number;
  /** How many events there are: the newest has this number, the first is 1. */
  readonly eventCount: number;
  /** Events that may not have been appended yet, oldest first. */
  readonly outbox: readonly SealedEvent[];
  /** The case that it was minted from. */
  readonly caseId: CaseId;
  readonly card: {
    readonly id: CardId;
    readonly status: 'valid' | 'suspended' | 'revoked';
    readonly tier: Card['tier'];
    readonly mintedAt: Instant;
    readonly validTo: CalendarDate;
    readonly holderKey: PublicKey;
    /** Why the service has stopped the card, whatever its holder wants; null where it has not. */
    readonly held: CardReason | null;
    /** Why and since when it is suspended or revoked; null while it is neither. */
    readonly ended: Ended | null;
    /** Until then it serves light tasks alone, since it came to another phone; null where it never did. */
    readonly limitedUntil: Instant | null;
    /** The credential that was last issued for it. */
    readonly credential: CredentialRecord;
  };
  /** The office that issued the document. */
  readonly office: OfficeKey;
  /** What the status lists do not tell yet; null where they tell all. */
  readonly untold: Untold | null;
  /** Seals the person and every event about this card. */
  readonly dataKey: SealedKey;
  readonly person: Person;
  readonly stepUp: StepUpState;
  readonly showing: Showing | null;
  /** The showing before this one, kept so that a verifier's repeated request still finds its answer. */
  readonly lastShowing: RedeemedShowing | null;
  /** Absent where no passes were ever asked for. */
  readonly passes?: PassAllowance;
  /** What stops the card without phone and login; null where there is none. */
  readonly killCode: { readonly key: KillCodeKey; readonly madeAt: Instant } | null;
  /** The order to delete everything, which the holder's key has not signed yet. */
  readonly deletion: { readonly challenge: string; readonly preparedAt: Instant } | null;
}

/** The card's status on a day: what holder or service set, or `expired` once its last day is over. */
export const statusOn = (card: Identity['card'], today: CalendarDate): Card['status'] =>
  card.status !== 'revoked' && card.validTo < today
    ? 'expired'
    : card.status === 'valid' && card.held !== null
      ? 'suspended'
      : card.status;

/** A card that is stopped for that reason; null where it is stopped for one as grave already. */
export const stopped = (card: Identity['card'], ended: Ended): Identity['card'] | null => {
  const { status } = endReasonTable[ended.reason];
  if (card.status === 'revoked' && status !== 'revoked') return null;
  return isGraver(ended.reason, card.ended?.reason ?? null) ? { ...card, status, ended } : null;
};

/** The identity without a showing that could still be redeemed; a verifier's repeated request still finds its answer. */
export const withoutShowing = ({ showing, lastShowing }: Identity): Pick<Identity, 'showing' | 'lastShowing'> => ({
  showing: null,
  lastShowing: showing?.state === 'redeemed' ? showing : lastShowing,
});

/** Whether a person has that age on a day, by the calendar: whoever was born on 29 February grows older on 1 March. */
export const isOfAge = (person: Pick<Person, 'birthDate'>, years: number, today: CalendarDate): boolean =>
  `${String(Number(person.birthDate.slice(0, 4)) + years)}${person.birthDate.slice(4)}` <= today;

/** The card as its holder's phone shows it. */
export const cardOf = ({ card, person, killCode }: Identity, today: CalendarDate): Card => ({
  id: card.id,
  status: statusOn(card, today),
  tier: card.tier,
  maskedName: maskName(person.name),
  mintedAt: card.mintedAt,
  validTo: card.validTo,
  ...(card.ended && { ended: { ...card.ended } }),
  ...(card.limitedUntil !== null && { limitedUntil: card.limitedUntil }),
  ...(killCode && { killCodeMadeAt: killCode.madeAt }),
});
