import type { IdentityKey, Instant, NoticeId, NoticeLineKey, TokenEvent } from '../../../protocol';
import type { Identity } from '../card/identity';
import type { SealedKey } from '../sealed-key';

/** What became of a consent, or of the card that it was given for: how the card stands then, and never why. */
export type Happened = TokenEvent & { readonly at: Instant };

/**
 * What an identity's data key draws for one partner: of these, and of keys that the sender alone has, the partner's own names of holder
 * and card are made. It can be kept for a holder whose data key is destroyed.
 */
export interface DrawnNames {
  readonly identity: IdentityKey;
  /** The name from which the partner's own is made. */
  readonly holder: string;
  /** What makes the card's reference this holder's. */
  readonly reference: string;
}

export type DrawNames = (identity: Pick<Identity, 'key' | 'dataKey'>, partner: string) => DrawnNames;

/**
 * What an identity's data key draws for one line of notices: what lies there in clear can be compared within the line, and leads neither to the
 * identity, whose revision and numbers lie in clear too, nor to another line of the same holder.
 */
export interface LineMarks {
  /** What is added to each revision of the identity: a whole number below 2^48. */
  readonly orderOffset: number;
  /** The consent of that number, as 32 hexadecimal digits. */
  readonly consentName: (number: number) => string;
}

export type DrawLineMarks = (identity: Pick<Identity, 'dataKey'>, line: NoticeLineKey) => LineMarks;

/** What an institution's server is told. */
export interface Told {
  readonly partner: string;
  readonly names: DrawnNames;
  /** The end of the consent, which the card's reference bears. */
  readonly until: Instant;
  readonly happened: Happened;
}

/** One notice, as it waits: what it tells lies sealed under a key of its own. */
export interface Notice {
  /** The same at each try, by which whoever hears it twice knows it. */
  readonly id: NoticeId;
  readonly kind: Happened['kind'];
  /** The consent that it is of, by the name that its line has for it (`LineMarks`). */
  readonly consent: string;
  /** When it began to wait. */
  readonly queuedAt: Instant;
  /** From then on nobody is told any more. */
  readonly expiresAt: Instant;
  readonly dataKey: SealedKey;
  readonly sealed: string;
}

/** Seals what a notice tells, for that notice alone. */
export type SealNotice = (id: NoticeId, told: Told) => Pick<Notice, 'dataKey' | 'sealed'>;
/** @throws Error where it was sealed for another notice, or changed */
export type OpenNotice = (notice: Pick<Notice, 'id' | 'dataKey' | 'sealed'>) => Told;

/**
 * Signs what a server is told. All that it says follows from its arguments: at each try it says the same.
 * @param client whom it is for
 */
export type SignNotice = (client: string, notice: Pick<Notice, 'id' | 'queuedAt'>, told: Told) => string;

/**
 * All that waits to be told of one holder to one server, in one document, so that it keeps its order whoever writes: each write names the
 * revision before it.
 */
export interface NoticeLine {
  /** A keyed hash of server and holder. */
  readonly key: NoticeLineKey;
  readonly client: string;
  readonly revision: number;
  /** Grows with the revision of the identity whose change was queued last (`LineMarks`): of a change before it nothing is queued any more. */
  readonly order: number;
  /** First come, first told. */
  readonly waiting: readonly Notice[];
  /** When the first one is tried next; null where nothing waits. */
  readonly dueAt: Instant | null;
  /** How often the first one was tried. */
  readonly tries: number;
  /** Until then it remembers its order, also where nothing waits. */
  readonly keptUntil: Instant;
}

/** The keyed hash under which a line is found. @param holder the name that the identity's data key draws */
export type NoticeLineKeyOf = (client: string, holder: string) => NoticeLineKey;

export type LoadNoticeLine = (key: NoticeLineKey) => Promise<NoticeLine | null>;
/** Stores a new line. @returns false where there is one */
export type CreateNoticeLine = (created: NoticeLine) => Promise<boolean>;
/** Replaces a line in one conditional write that names the revision before. @returns false where somebody else was first */
export type ReplaceNoticeLine = (prior: NoticeLine, next: NoticeLine) => Promise<boolean>;
/** The first server after that one, by its client id, for which something is due. */
export type NextDueClient = (after: string, at: Instant) => Promise<string | null>;
/** A server's lines that are due, the longest due first. */
export type LoadDueLines = (client: string, at: Instant, limit: number) => Promise<readonly NoticeLine[]>;
/** Forgets lines that are kept no longer, and in which nothing waits. @returns how many there were */
export type ForgetNoticeLines = (before: Instant) => Promise<number>;
