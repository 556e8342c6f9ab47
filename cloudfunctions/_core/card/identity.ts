import type {
  AccountKey,
  CalendarDate,
  Card,
  CaseId,
  CardId,
  EventId,
  IdentityKey,
  IdNumber,
  Instant,
  MatchMark,
  PublicKey,
  PurposeId,
  ShowingHandle,
} from '../../../protocol';
import { maskName } from '../../../protocol';
import type { SealedKey } from '../sealed-key';
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

interface ShowingBase {
  readonly handle: ShowingHandle;
  /** The phone's fresh key, which signs this showing's codes and nothing else. */
  readonly key: PublicKey;
  readonly purpose: PurposeId;
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
  /** Who redeemed it, as a keyed hash, and where: the check's event can be written from this alone. */
  readonly verifier: AccountKey;
  readonly partner: string;
  readonly terminal: string;
  readonly requestId: string;
  readonly eventId: EventId;
  readonly codeMadeAt: Instant;
};

export type Showing = PreparedShowing | OpenShowing | RedeemedShowing;

/** How long a showing lives, in milliseconds. */
export const SHOWING_LIFE_MS = 5 * 60 * 1000;
/** How long a prepared handle waits for the holder's signature, in milliseconds. */
export const PREPARED_LIFE_MS = 60 * 1000;
/** For how long a repeated request gets its answer again, in milliseconds. */
export const REPEAT_MS = 60 * 1000;

/** A change of the card's status by its holder. */
export interface StatusChange {
  readonly eventId: EventId;
  readonly at: Instant;
  readonly to: 'valid' | 'suspended';
}

/** One proofed identity, its one account and its one card, in one document: none of the three can be had twice. */
export interface Identity {
  readonly key: IdentityKey;
  readonly account: AccountKey;
  /** The case that it was minted from. */
  readonly caseId: CaseId;
  readonly card: {
    readonly id: CardId;
    readonly status: 'valid' | 'suspended' | 'revoked';
    readonly tier: Card['tier'];
    readonly mintedAt: Instant;
    readonly validTo: CalendarDate;
    readonly holderKey: PublicKey;
    /** The holder's last change of the status; null while there was none. */
    readonly lastChange: StatusChange | null;
  };
  /** Seals the person and every event about this card. */
  readonly dataKey: SealedKey;
  readonly person: Person;
  readonly stepUp: StepUpState;
  readonly showing: Showing | null;
  /** The showing before this one, kept so that a verifier's repeated request still finds its answer. */
  readonly lastShowing: RedeemedShowing | null;
}

/** The card's status on a day: what was set, or `expired` once its last day is over. */
export const statusOn = (card: Identity['card'], today: CalendarDate): Card['status'] =>
  card.status === 'revoked' || card.validTo >= today ? card.status : 'expired';

/** Whether a person has that age on a day, by the calendar: whoever was born on 29 February grows older on 1 March. */
export const isOfAge = (person: Pick<Person, 'birthDate'>, years: number, today: CalendarDate): boolean =>
  `${String(Number(person.birthDate.slice(0, 4)) + years)}${person.birthDate.slice(4)}` <= today;

/** The card as its holder's phone shows it. */
export const cardOf = ({ card, person }: Identity, today: CalendarDate): Card => ({
  id: card.id,
  status: statusOn(card, today),
  tier: card.tier,
  maskedName: maskName(person.name),
  mintedAt: card.mintedAt,
  validTo: card.validTo,
});
