import {
  isTierEnough,
  LIMITED_MS,
  purposeTable,
  servesWhileLimited,
  type DisclosableClaim,
  type FetchPassesReply,
  type PurposeId,
  type RedeemCodeReply,
  type SessionHandle,
  type ShowingHandle,
  type StepUp,
} from '../../protocol';
import { CASE_LIFE_MS } from '../../cloudfunctions/_core/enrolment/case';
import type { KeyPair } from './key-pair';
import type { HeldPass } from './passes';

/** What a case has been shown so far. */
export type Proof = 'document' | 'face' | 'two operators' | 'two reviewers' | 'finger';

/** An enrolment as the model knows it: what the design says, and nothing of how the code does it. */
export interface ModelCase {
  readonly id: string;
  readonly account: number;
  readonly startedAt: number;
  readonly proofs: Set<Proof>;
  endsAt: number;
  state:
    | 'started'
    | 'documentRead'
    | 'inReview'
    | 'appealable'
    | 'faceMatched'
    | 'fingerprintBound'
    | 'minted'
    | 'refused'
    | 'expired'
    | 'gone';
  /** Which reviewers have accepted it and not refused it since, and which have refused it. */
  readonly accepted: Set<number>;
  readonly refused: Set<number>;
  person: number | null;
  documentTries: number;
  readAt: number;
  faceTries: number;
  fingerTries: number;
  key: KeyPair | null;
}

export interface ModelCard {
  readonly person: number;
  readonly account: number;
  /** How many cards were made before it, whoever's: its name in the model. */
  readonly serial: number;
  readonly id: string;
  readonly madeFrom: ModelCase;
  readonly key: KeyPair;
  readonly hasFinger: boolean;
  readonly stops: Set<'brake' | 'kill code' | 'revoked'>;
  killedAt: number;
  tier: 'light' | 'full';
  limitedUntil: number;
  showing: ModelShowing | null;
  redeemedBefore: ModelShowing | null;
  /** Newest first; `until` of those that were replaced. */
  killCodes: readonly { readonly code: string; readonly until: number | null }[];
  /** Checks and uses of passes that its holder's history must tell. */
  readonly told: { checks: number; passes: number };
}

export interface Redemption {
  readonly terminal: number;
  readonly request: number;
  readonly at: number;
  readonly reply: RedeemCodeReply;
}

export interface ModelShowing {
  readonly handle: ShowingHandle;
  readonly key: KeyPair;
  readonly preparedAt: number;
  readonly aliases: { readonly text: string; readonly madeAt: number }[];
  opened: {
    readonly purpose: PurposeId;
    readonly at: number;
    readonly session: ModelSession | null;
    readonly stepUp: readonly StepUp[];
  } | null;
  redeemed: Redemption | null;
}

export interface ModelSession {
  readonly handle: SessionHandle;
  readonly terminal: number;
  readonly purpose: PurposeId;
  readonly claims: readonly DisclosableClaim[];
  readonly openedAt: number;
  claimed: { readonly person: number; readonly at: number } | null;
}

/** A use of a pass that is kept: the same use again hears what it heard, whatever has become of the card since. */
export interface ModelUse {
  readonly wasGood: boolean;
  /** What its holder's history told then; null where there was nobody. */
  readonly told: ModelCard['told'] | null;
}

export interface ModelPass {
  readonly held: HeldPass;
  readonly card: ModelCard;
  readonly expiresAt: number;
  readonly claims: FetchPassesReply['claims'];
  /** By terminal and request, in the order in which they were first handed in. */
  readonly uses: Map<string, ModelUse>;
}

export interface ModelProposal {
  readonly id: string;
  readonly hash: string;
  readonly kind: 'vouch_for_case' | 'raise_tier' | 'revoke_card';
  readonly of: ModelCase | ModelCard;
  readonly by: string;
  readonly at: number;
  confirmed: { readonly by: string; readonly outcome: string } | null;
}

export interface Model {
  now: number;
  cards: number;
  readonly cases: ModelCase[];
  /** The card of each person who has one. */
  readonly cardOf: Map<number, ModelCard>;
  readonly showings: ModelShowing[];
  readonly sessions: ModelSession[];
  readonly passes: ModelPass[];
  readonly proposals: ModelProposal[];
  readonly killCodes: string[];
}

export const newModel = (now: number): Model => ({
  now,
  cards: 0,
  cases: [],
  cardOf: new Map(),
  showings: [],
  sessions: [],
  passes: [],
  proposals: [],
  killCodes: [],
});

/** The card of an account, or null. */
export const cardOfAccount = ({ cardOf }: Model, account: number): ModelCard | null =>
  [...cardOf.values()].find((card) => card.account === account) ?? null;

export const isPresent = ({ cardOf }: Model, card: ModelCard): boolean => cardOf.get(card.person) === card;

/** How a check hears of the card. */
export const statusOf = ({ stops }: ModelCard): 'valid' | 'suspended' | 'revoked' =>
  stops.has('revoked') ? 'revoked' : stops.size > 0 ? 'suspended' : 'valid';

export const isLive = ({ now }: Model, { endsAt }: ModelCase): boolean => now < endsAt;

export const isProofed = ({ state }: ModelCase): boolean => state === 'faceMatched' || state === 'fingerprintBound';

/** A call with pictures ends a case whose time is up. */
export const endTimedOut = (model: Model, found: ModelCase): void => {
  const isUndecided = found.state === 'started' || found.state === 'documentRead' || isProofed(found);
  if (isUndecided && !isLive(model, found)) found.state = 'expired';
};

export const newCase = (model: Model, id: string, account: number): ModelCase => ({
  id,
  account,
  startedAt: model.now,
  proofs: new Set(),
  endsAt: model.now + CASE_LIFE_MS,
  state: 'started',
  accepted: new Set(),
  refused: new Set(),
  person: null,
  documentTries: 0,
  readAt: 0,
  faceTries: 0,
  fingerTries: 0,
  key: null,
});

/** What keeps a card from serving a purpose, or null. */
export const hindranceOf = (model: Model, card: ModelCard, purpose: PurposeId): string | null => {
  if (statusOf(card) !== 'valid') return 'card_not_active';
  if (!isTierEnough(card.tier, purpose)) return 'tier_too_low';
  return card.limitedUntil > model.now && !servesWhileLimited(purpose) ? 'card_limited' : null;
};

/** What must be proved anew for a purpose and was not. */
export const missingSteps = (purpose: PurposeId, shown: readonly StepUp[]): readonly StepUp[] =>
  purposeTable[purpose].stepUp.filter((step) => !shown.includes(step));

/** The codes of a card that moves: whoever did not move it has a day to stop it. */
const forADay = (codes: ModelCard['killCodes'], now: number): ModelCard['killCodes'] =>
  codes
    .filter(({ until }) => until === null || until > now)
    .map(({ code, until }) => ({ code, until: Math.min(until ?? Infinity, now + LIMITED_MS) }));

/** What a minting comes to, for a case that is proofed and whose phone signed its nonce; the card that follows is put in place. */
export const mint = (
  model: Model,
  found: ModelCase,
  person: number,
  made: { readonly key: KeyPair; readonly id: () => string; readonly prior: KeyPair | null },
): string => {
  const present = model.cardOf.get(person);
  if (!present && cardOfAccount(model, found.account)) return 'account_has_card';
  if (present && present.account !== found.account) return 'identity_has_card';
  if (present?.stops.has('revoked')) return 'card_not_active';
  // The face is to be shown anew, and whoever has the phone may have found an enrolment on it.
  if (present?.stops.has('kill code') && present.killedAt > found.startedAt) return 'wrong_step';
  const isSamePhone = made.prior !== null && made.prior === present?.key && !present.stops.has('kill code');
  model.cards += 1;
  model.cardOf.set(person, {
    person,
    account: found.account,
    serial: model.cards,
    id: made.id(),
    madeFrom: found,
    key: made.key,
    hasFinger: found.proofs.has('finger'),
    stops: new Set(),
    killedAt: 0,
    tier: 'light',
    limitedUntil: !present ? 0 : isSamePhone ? present.limitedUntil : model.now + LIMITED_MS,
    showing: null,
    redeemedBefore: null,
    killCodes: isSamePhone ? present.killCodes : forADay(present?.killCodes ?? [], model.now),
    told: present?.told ?? { checks: 0, passes: 0 },
  });
  found.state = 'minted';
  found.key = made.key;
  return 'ok';
};
