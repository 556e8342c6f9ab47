import type {
  AccountKey,
  Alias,
  CalendarDate,
  Card,
  CaseId,
  CardId,
  EventId,
  IdentityKey,
  IdNumber,
  DisclosableClaim,
  Instant,
  MatchMark,
  OfficeKey,
  PublicKey,
  PurposeId,
  SessionHandle,
  ShowingHandle,
  StepUp,
} from '../../../protocol';
import { maskName } from '../../../protocol';
import type { LastingConsent } from '../consents/consent';
import type { Unannounced } from '../consents/unannounced';
import type { SealedEvent } from '../event';
import type { Guardian } from '../guardian/guardian';
import type { Place } from '../happening';
import type { LookActs } from '../rights/look-acts';
import type { SealedKey } from '../sealed-key';
import type { CredentialRecord } from '../status/credential-record';
import type { Untold } from '../status/untold';
import type { StepUpState } from '../step-up/step-up-state';
import { presentCode, type KillCodes } from './kill-codes';
import { gravestOf, standingOf, type Stops } from './stops';

/** An order that waits for the signature of the card's key: the chat account alone gives none. */
export interface PreparedOrder {
  readonly challenge: string;
  readonly preparedAt: Instant;
}

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
  /** Whether a server asks, to which the phone hands the code in. */
  readonly isAsk: boolean;
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
  /** The card's tier as it was told: an answer that is heard again says the same. */
  readonly tier: Card['tier'];
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
    readonly tier: Card['tier'];
    readonly mintedAt: Instant;
    /** When an operator last saw person and document; absent where nobody did. */
    readonly raisedAt?: Instant;
    readonly validTo: CalendarDate;
    readonly holderKey: PublicKey;
    /** Why and since when it is suspended or revoked. */
    readonly stops: Stops;
    /** Until then it serves light tasks alone, since it came to another phone; null where it never did. */
    readonly limitedUntil: Instant | null;
    /** The credential that was last issued for it. */
    readonly credential: CredentialRecord;
  };
  /** The office that issued the document. */
  readonly office: OfficeKey;
  /** What the status lists do not tell yet; null where they tell all. */
  readonly untold: Untold | null;
  /** What institutions that may ask after the card were not told of yet; null where nothing. */
  readonly unannounced: Unannounced | null;
  /** Seals the person and every event about this card. */
  readonly dataKey: SealedKey;
  readonly person: Person;
  readonly stepUp: StepUpState;
  readonly showing: Showing | null;
  /** The showing before this one, kept so that a verifier's repeated request still finds its answer. */
  readonly lastShowing: RedeemedShowing | null;
  /** Absent where no passes were ever asked for. */
  readonly passes?: PassAllowance;
  /** What its holder did about looks at the card; absent where nothing. */
  readonly acts?: LookActs;
  /** Who may ask after the card for a while; absent where nobody may. */
  readonly consents?: readonly LastingConsent[];
  /** What stops the card without phone and login. */
  readonly killCodes: KillCodes;
  /** The order to delete everything, which the holder's key has not signed yet. */
  readonly deletion: PreparedOrder | null;
  /** The order to tell everything; it serves all pages while it lasts, under the signature of the holder's key. */
  readonly dataExport: PreparedOrder | null;
  /** Who consented for the holder, when the card was made for a child under 14; else null. */
  readonly guardian: Guardian | null;
}

/** The card's status on a day: what its stops make of it, or `expired` once its last day is over. */
export const statusOn = (
  { stops, validTo }: Pick<Identity['card'], 'stops' | 'validTo'>,
  today: CalendarDate,
): Card['status'] => {
  const standing = standingOf(stops);
  return standing !== 'revoked' && validTo < today ? 'expired' : standing;
};

/** Whether nothing brings the card back on a day: it was revoked, or its last day is over. */
export const hasEnded = (card: Identity['card'], today: CalendarDate): boolean =>
  ['revoked', 'expired'].includes(statusOn(card, today));

/** Whether the card serves light tasks alone, since it came to another phone less than a day ago. */
export const isLimited = (
  card: Identity['card'],
  at: Instant,
): card is Identity['card'] & { readonly limitedUntil: Instant } =>
  card.limitedUntil !== null && card.limitedUntil > at;

/** Whether a person has that age on a day, by the calendar: whoever was born on 29 February grows older on 1 March. */
export const isOfAge = (person: Pick<Person, 'birthDate'>, years: number, today: CalendarDate): boolean =>
  `${String(Number(person.birthDate.slice(0, 4)) + years)}${person.birthDate.slice(4)}` <= today;

/** How many years old a person is on a day, as `isOfAge` counts. */
export const ageOn = ({ birthDate }: Pick<Person, 'birthDate'>, today: CalendarDate): number => {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return Math.max(0, isOfAge({ birthDate }, years, today) ? years : years - 1);
};

/** The card as its holder's phone shows it; of all that stops it, the gravest is told. @param at the present moment, and `today` its day in China */
export const cardOf = (
  { card, person, stepUp, killCodes }: Identity,
  { today, at }: { readonly today: CalendarDate; readonly at: Instant },
): Card => {
  const gravest = gravestOf(card.stops);
  const killCode = presentCode(killCodes);
  return {
    id: card.id,
    status: statusOn(card, today),
    tier: card.tier,
    maskedName: maskName(person.name),
    mintedAt: card.mintedAt,
    validTo: card.validTo,
    ...(gravest && { ended: { ...gravest } }),
    ...(isLimited(card, at) && { limitedUntil: card.limitedUntil }),
    ...(stepUp.fingerprint && { fingerprint: 'bound' }),
    ...(killCode && { killCodeMadeAt: killCode.madeAt }),
  };
};
